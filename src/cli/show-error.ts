import { styleText } from 'node:util';
import { CodejuryError } from '../errors.ts';
import { visibleText } from '../util/visible-text.ts';

/**
 * Writes an error to stderr: message and hint for people, one JSON line for programs. A bug (any other Error) also
 * shows where it happened.
 */
export function showError(error: unknown, json: boolean): void {
  if (!(error instanceof CodejuryError)) {
    if (json) {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(
        `${JSON.stringify({ error: { code: 'internal', message, hint: 'please report this' } })}\n`,
      );
      return;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`codejury failed unexpectedly, please report this:\n${visibleText(detail)}\n`);
    return;
  }
  const { code, message, hint } = error;
  if (json) {
    process.stderr.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
    return;
  }
  const head = styleText(['red', 'bold'], 'error', { stream: process.stderr });
  process.stderr.write(`${head}: ${visibleText(message)}\n`);
  if (hint !== null) {
    process.stderr.write(`${styleText('cyan', 'hint', { stream: process.stderr })}: ${visibleText(hint)}\n`);
  }
}

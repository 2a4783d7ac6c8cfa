import { visibleText } from '../util/visible-text.ts';

/**
 * Prints what a command found: one JSON document for programs, else the report for people, in which nothing that a file, a model
 * or a candidate said reaches the terminal as a command. A report with colours of our own does that itself and is not printed here.
 */
export function printResult(json: boolean | undefined, document: unknown, report: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(document, null, 2) : visibleText(report())}\n`);
}

import type { ErrorCode } from '../../errors.ts';

const CODES: readonly ErrorCode[] = [
  'usage',
  'not-found',
  'model',
  'disk-full',
  'context-length',
  'capability',
  'engine',
];

/** The trainer's codes are ours; what it does not expect itself is a failure of the engine. */
export function codeOfFault(code: string): ErrorCode {
  return CODES.find((known) => known === code) ?? 'engine';
}

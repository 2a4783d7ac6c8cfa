import type { ErrorCode } from '../errors.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  'not-found': 2,
  'context-length': 2,
  capability: 2,
  model: 1,
  'digest-mismatch': 1,
  download: 1,
  'disk-full': 1,
  engine: 1,
  server: 1,
  sandbox: 1,
  gate: 3,
  aborted: 130,
};

/** The process's exit status for an expected fault. */
export function exitStatus(code: ErrorCode): number {
  return STATUS[code];
}

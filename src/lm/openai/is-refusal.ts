import { ServerFault } from './server-fault.ts';

/** Statuses that say something about the key, the load or a gateway, not about what was asked. */
const NOT_ABOUT_THE_REQUEST = new Set([401, 403, 408, 429, 502, 503, 504]);

/** True for a fault in which the server understood who asked for what, and declined: an answer for a probe. */
export function isRefusal(error: unknown): error is ServerFault {
  if (!(error instanceof ServerFault)) {
    return false;
  }
  const { status, missingModel } = error.details;
  return !missingModel && status !== null && !NOT_ABOUT_THE_REQUEST.has(status);
}

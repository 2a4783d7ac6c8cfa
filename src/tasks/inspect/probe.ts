/**
 * What a probe is for. `empty`, `dummy` and `extended` solve nothing and must not pass; `throwing` must compile and fail,
 * whatever the tests are. A passing `extended` probe is a warning: the paper's inspection does not know them.
 */
export type ProbeKind = 'empty' | 'dummy' | 'extended' | 'throwing';

/** A candidate that solves nothing, made to find out whether a task's tests notice. */
export interface Probe {
  readonly kind: ProbeKind;
  /** The function's body, for people; empty for a body without a statement. */
  readonly body: string;
  /** The whole function. */
  readonly code: string;
}

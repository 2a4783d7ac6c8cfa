import {
  type CHECKED_CALLS,
  DENIED_CALLS,
  FAMILIES,
  NEW_NAMESPACES,
  PERSONALITY_QUERY,
  TERMINAL_REQUESTS,
} from '../seccomp-syscalls.ts';

interface Condition {
  readonly index: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_NE' | 'SCMP_CMP_GE' | 'SCMP_CMP_MASKED_EQ';
  readonly value: number;
  /** For a masked comparison, what is left of the argument below the mask `value`. */
  readonly valueTwo?: number;
}

interface Rule {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ERRNO';
  readonly errnoRet: number;
  readonly args: readonly Condition[];
}

const EPERM = 1;
const ENOSYS = 38;
/** Arguments that are an int to the kernel: the other half of the register is not looked at. */
const INT_MASK = 0xffff_ffff;

/**
 * The system call filter of seccompFilter as container engines read it. It names calls, so that it is the same on every
 * processor; the engine adds that foreign ABIs are killed.
 */
export function seccompProfile(): string {
  const calls: Record<keyof typeof CHECKED_CALLS, Condition[]> = {
    clone: bitsOf(NEW_NAMESPACES).map((bit) => ({
      index: 0,
      op: 'SCMP_CMP_MASKED_EQ',
      value: bit,
      valueTwo: bit,
    })),
    clone3: [],
    socket: otherFamilies(),
    socketpair: otherFamilies(),
    ioctl: TERMINAL_REQUESTS.map((request) => ({
      index: 1,
      op: 'SCMP_CMP_MASKED_EQ',
      value: INT_MASK,
      valueTwo: request,
    })),
    personality: [{ index: 0, op: 'SCMP_CMP_NE', value: PERSONALITY_QUERY }],
    prlimit64: [ofAnother],
    sched_setparam: [ofAnother],
    sched_setscheduler: [ofAnother],
    sched_setaffinity: [ofAnother],
    sched_setattr: [ofAnother],
    setpriority: [0, 1].map((index) => ({ index, op: 'SCMP_CMP_NE', value: 0 })),
  };
  const syscalls = [
    deny(Object.keys(DENIED_CALLS)),
    { ...deny(['clone3']), errnoRet: ENOSYS },
    // Several conditions of one rule would all have to hold.
    ...Object.entries(calls).flatMap(([name, conditions]) =>
      conditions.map((condition) => deny([name], condition)),
    ),
  ];
  return JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW', syscalls });
}

/** Process 0 is the caller. */
const ofAnother: Condition = { index: 0, op: 'SCMP_CMP_NE', value: 0 };

function deny(names: readonly string[], condition?: Condition): Rule {
  return {
    names,
    action: 'SCMP_ACT_ERRNO',
    errnoRet: EPERM,
    args: condition === undefined ? [] : [condition],
  };
}

function bitsOf(flags: number): number[] {
  return Array.from({ length: 31 }, (_, bit) => 2 ** bit).filter((bit) => (flags & bit) !== 0);
}

/** One condition for each number between those allowed, one for all above. */
function otherFamilies(): Condition[] {
  const above = Math.max(...FAMILIES) + 1;
  const between = Array.from({ length: above }, (_, family) => family).filter(
    (family) => !FAMILIES.includes(family),
  );
  return [
    ...between.map((value): Condition => ({ index: 0, op: 'SCMP_CMP_EQ', value })),
    { index: 0, op: 'SCMP_CMP_GE', value: above },
  ];
}

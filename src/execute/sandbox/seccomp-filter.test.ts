import { describe, expect, it } from 'vitest';
import { seccompFilter } from './seccomp-filter.ts';
import {
  CHECKED_CALLS,
  DENIED_CALLS,
  type FilteredArch,
  OWNER_CALLS,
  type SyscallNumbers,
} from './seccomp-syscalls.ts';

const ARCHES: readonly { readonly arch: FilteredArch; readonly audit: number; readonly read: number }[] = [
  { arch: 'x64', audit: 0xc000003e, read: 0 },
  { arch: 'arm64', audit: 0xc00000b7, read: 63 },
];

const ALLOWED = 'allowed';
const EPERM = 'errno 1';

/** What the kernel would do with a call: an interpreter of the instructions that such filters consist of. */
function judge(filter: Buffer, audit: number, number: number, args: readonly number[] = []): string {
  const seen = Buffer.alloc(64);
  seen.writeUInt32LE(number, 0);
  seen.writeUInt32LE(audit, 4);
  for (const [index, value] of args.entries())
    seen.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), 16 + 8 * index);
  let accumulator = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const [code, operand] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)];
    const jump = (isTrue: boolean) => 8 * filter.readUInt8(at + (isTrue ? 2 : 3));
    if (code === 0x20) accumulator = seen.readUInt32LE(operand);
    else if (code === 0x15) at += jump(accumulator === operand);
    else if (code === 0x35) at += jump(accumulator >= operand);
    else if (code === 0x45) at += jump((accumulator & operand) !== 0);
    else if (code === 0x06) return answer(operand);
    else throw new Error(`unknown instruction ${code}`);
  }
  throw new Error('the filter ends without an answer');
}

function answer(value: number): string {
  if (value === 0x7fff0000) return ALLOWED;
  if (value === 0x80000000) return 'killed';
  return value >>> 16 === 5 ? `errno ${value & 0xffff}` : `unknown ${value}`;
}

describe.each(ARCHES)('seccompFilter on $arch', ({ arch, audit, read }) => {
  const filter = seccompFilter(arch, false) ?? Buffer.alloc(0);
  const call = (name: keyof typeof CHECKED_CALLS, ...args: number[]) =>
    judge(filter, audit, CHECKED_CALLS[name][arch], args);

  it('denies each call of the list', () => {
    for (const [name, numbers] of Object.entries(DENIED_CALLS)) {
      if (numbers[arch] !== null) expect(judge(filter, audit, numbers[arch]), name).toBe(EPERM);
    }
  });

  it('allows every other number', () => {
    const listed = [...Object.values(DENIED_CALLS), ...Object.values(CHECKED_CALLS)].map((one) => one[arch]);
    const denied = Array.from({ length: 1000 }, (_, number) => number)
      .filter((number) => !listed.includes(number))
      .filter((number) => judge(filter, audit, number) !== ALLOWED);
    expect(denied).toEqual([]);
    expect(listed).not.toContain(read);
  });

  it('denies the change of modes and owners to the owner of the devices alone', () => {
    const sealed = seccompFilter(arch, true) ?? Buffer.alloc(0);
    for (const [name, numbers] of Object.entries(OWNER_CALLS)) {
      if (numbers[arch] === null) continue;
      expect(judge(sealed, audit, numbers[arch]), name).toBe(EPERM);
      expect(judge(filter, audit, numbers[arch]), name).toBe(ALLOWED);
    }
    expect(judge(sealed, audit, read)).toBe(ALLOWED);
  });

  it('lists no number twice', () => {
    const listed = [DENIED_CALLS, CHECKED_CALLS, OWNER_CALLS]
      .flatMap((calls) => Object.values<SyscallNumbers>(calls))
      .map((one) => one[arch])
      .filter((number) => number !== null);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('lets processes and threads be made, but no namespace', () => {
    expect(call('clone', 17)).toBe(ALLOWED);
    expect(call('clone', 0x3d0f00)).toBe(ALLOWED);
    for (const flag of [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]) {
      expect(call('clone', flag + 17), flag.toString(16)).toBe(EPERM);
    }
    expect(call('clone3', 0, 88)).toBe('errno 38');
  });

  it('allows the families of sockets that a network namespace confines', () => {
    for (const name of ['socket', 'socketpair'] as const) {
      const allowed = Array.from({ length: 64 }, (_, family) => family).filter(
        (family) => call(name, family, 1, 0) === ALLOWED,
      );
      expect(allowed).toEqual([1, 2, 10, 16]);
      // The kernel reads an int: what is above it is not looked at.
      expect(call(name, 0x1_0000_0028)).toBe(EPERM);
      expect(call(name, 0x1_0000_0002)).toBe(ALLOWED);
    }
  });

  it('types on no terminal', () => {
    expect(call('ioctl', 0, 0x5401)).toBe(ALLOWED);
    expect(call('ioctl', 0, 0x5412)).toBe(EPERM);
    expect(call('ioctl', 0, 0x1_0000_5412)).toBe(EPERM);
    expect(call('ioctl', 0, 0x541c)).toBe(EPERM);
  });

  it('lets a process ask for its personality, not change it', () => {
    expect(call('personality', 0xffffffff)).toBe(ALLOWED);
    expect(call('personality', 0x0040000)).toBe(EPERM);
  });

  it('keeps a process from the limits and priorities of others', () => {
    for (const name of [
      'prlimit64',
      'sched_setparam',
      'sched_setscheduler',
      'sched_setaffinity',
      'sched_setattr',
    ] as const) {
      expect(call(name, 0, 7), name).toBe(ALLOWED);
      expect(call(name, 1, 7), name).toBe(EPERM);
    }
    expect(call('setpriority', 0, 0, 5)).toBe(ALLOWED);
    for (const [which, who] of [
      [0, 1],
      [1, 0],
      [2, 0],
      [-1, 0],
    ] as const) {
      expect(call('setpriority', which, who, 5)).toBe(EPERM);
    }
  });

  it('kills foreign processors, and denies another numbering of its own', () => {
    for (const { audit: other } of ARCHES.filter((one) => one.arch !== arch)) {
      expect(judge(filter, other, read)).toBe('killed');
    }
    expect(judge(filter, 0x40000003, 20)).toBe('killed');
    expect(judge(filter, audit, 0x40000000 + 101)).toBe(EPERM);
    expect(judge(filter, audit, 0xffffffff)).toBe(EPERM);
  });
});

it('there is no filter for a processor it does not know', () => {
  expect(seccompFilter('riscv64', false)).toBeNull();
});

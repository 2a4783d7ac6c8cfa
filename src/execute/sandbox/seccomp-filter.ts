import {
  CHECKED_CALLS,
  DENIED_CALLS,
  FAMILIES,
  type FilteredArch,
  NEW_NAMESPACES,
  OWNER_CALLS,
  PERSONALITY_QUERY,
  TERMINAL_REQUESTS,
} from './seccomp-syscalls.ts';

/** One instruction of the kernel's classic BPF: what to do, how far to jump if true and if false, an operand. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

/** AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64. */
const AUDIT_ARCH: Readonly<Record<FilteredArch, number>> = { x64: 0xc000_003e, arm64: 0xc000_00b7 };

const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_AT_LEAST = 0x35;
const JUMP_IF_ANY_BIT = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff_0000;
const KILL_PROCESS = 0x8000_0000;
const ERRNO = 0x0005_0000;
const EPERM = 1;
const ENOSYS = 38;

/** Offsets in what the filter sees of a call. */
const NUMBER_OFFSET = 0;
const ARCH_OFFSET = 4;
const argumentOffset = (index: number) => 16 + 8 * index;

/** Calls of the x32 ABI have this bit: another numbering of the same calls, which nothing here uses. */
const X32_BIT = 0x4000_0000;

/**
 * The sandbox's system call filter, as the bytes that `bwrap --seccomp` reads: a list of calls that fail with EPERM, since a
 * list of what all languages' runtimes need would be a longer and a moving one. Foreign ABIs are killed or denied.
 *
 * @param ownsDevices true = runs have the user id that owns the devices, so that the change of modes and owners is denied too
 * @returns null where the filter does not know the processor's calls
 */
export function seccompFilter(arch: string, ownsDevices: boolean): Buffer | null {
  if (arch !== 'x64' && arch !== 'arm64') return null;
  const instructions = program(arch, ownsDevices);
  const bytes = Buffer.alloc(8 * instructions.length);
  for (const [index, [code, ifTrue, ifFalse, operand]] of instructions.entries()) {
    bytes.writeUInt16LE(code, 8 * index);
    bytes.writeUInt8(ifTrue, 8 * index + 2);
    bytes.writeUInt8(ifFalse, 8 * index + 3);
    bytes.writeUInt32LE(operand, 8 * index + 4);
  }
  return bytes;
}

function program(arch: FilteredArch, ownsDevices: boolean): Instruction[] {
  const denied = Object.values({ ...DENIED_CALLS, ...(ownsDevices ? OWNER_CALLS : {}) }).flatMap(
    (numbers) => numbers[arch] ?? [],
  );
  return [
    [LOAD_WORD, 0, 0, ARCH_OFFSET],
    [JUMP_IF_EQUAL, 1, 0, AUDIT_ARCH[arch]],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD_WORD, 0, 0, NUMBER_OFFSET],
    [JUMP_IF_AT_LEAST, 0, 1, X32_BIT],
    [RETURN, 0, 0, ERRNO | EPERM],
    // Jumps reach 255 instructions: all of these together, as long as the list is shorter.
    ...denied.map((number, index): Instruction => [JUMP_IF_EQUAL, denied.length - index, 0, number]),
    [JUMP_IF_EQUAL, 1, 2, CHECKED_CALLS.clone3[arch]],
    [RETURN, 0, 0, ERRNO | EPERM],
    // As if the kernel were older: libraries then use clone, whose flags can be seen.
    [RETURN, 0, 0, ERRNO | ENOSYS],
    ...argumentChecks(arch),
    [RETURN, 0, 0, ALLOW],
  ];
}

/** Of numbers that are an int to the kernel, the low half alone counts. */
function argumentChecks(arch: FilteredArch): Instruction[] {
  const calls = CHECKED_CALLS;
  const ofNobodyElse = [
    calls.prlimit64,
    calls.sched_setparam,
    calls.sched_setscheduler,
    calls.sched_setaffinity,
    calls.sched_setattr,
  ];
  return [
    ...check(calls.clone[arch], [[0, JUMP_IF_ANY_BIT, NEW_NAMESPACES]], 'deny'),
    ...[calls.socket, calls.socketpair].flatMap((call) =>
      check(
        call[arch],
        FAMILIES.map((family) => [0, JUMP_IF_EQUAL, family]),
        'allow',
      ),
    ),
    ...check(
      calls.ioctl[arch],
      TERMINAL_REQUESTS.map((request) => [1, JUMP_IF_EQUAL, request]),
      'deny',
    ),
    ...check(calls.personality[arch], [[0, JUMP_IF_EQUAL, PERSONALITY_QUERY]], 'allow'),
    // Process 0 is the caller: with another's number it could slow or cripple the process that serves the next candidate.
    ...ofNobodyElse.flatMap((call) => check(call[arch], [[0, JUMP_IF_EQUAL, 0]], 'allow')),
    // PRIO_PROCESS is 0, and only with 0 it is the caller; the user's processes are everybody in the sandbox.
    ...check(
      calls.setpriority[arch],
      [
        [0, JUMP_IF_AT_LEAST, 1],
        [1, JUMP_IF_AT_LEAST, 1],
      ],
      'deny',
    ),
  ];
}

/** For one call: `then` if any of the tests (argument, comparison, operand) holds, and the opposite if none does. */
function check(
  number: number,
  tests: readonly (readonly [argument: number, comparison: number, operand: number])[],
  then: 'allow' | 'deny',
): Instruction[] {
  const answers = { allow: ALLOW, deny: ERRNO | EPERM };
  const size = 2 * tests.length + 2;
  return [
    [JUMP_IF_EQUAL, 0, size, number],
    ...tests.flatMap(([argument, comparison, operand], index): Instruction[] => [
      [LOAD_WORD, 0, 0, argumentOffset(argument)],
      [comparison, 2 * (tests.length - index) - 1, 0, operand],
    ]),
    [RETURN, 0, 0, answers[then === 'allow' ? 'deny' : 'allow']],
    [RETURN, 0, 0, answers[then]],
  ];
}

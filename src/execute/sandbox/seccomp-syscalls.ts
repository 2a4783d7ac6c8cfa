/** Processors the filter is written for. Both store the low half of a number first. */
export type FilteredArch = 'x64' | 'arm64';

/** A system call's number on each processor; null = that processor has no such call. */
export type SyscallNumbers = Readonly<Record<FilteredArch, number | null>>;

/** Calls that generated code has no use for, and that an attack on the kernel or on the process beside it would begin with. */
export const DENIED_CALLS: Readonly<Record<string, SyscallNumbers>> = {
  // Other processes: reading, writing and stopping them.
  ptrace: { x64: 101, arm64: 117 },
  process_vm_readv: { x64: 310, arm64: 270 },
  process_vm_writev: { x64: 311, arm64: 271 },
  process_madvise: { x64: 440, arm64: 440 },
  process_mrelease: { x64: 448, arm64: 448 },
  pidfd_getfd: { x64: 438, arm64: 438 },
  kcmp: { x64: 312, arm64: 272 },
  move_pages: { x64: 279, arm64: 239 },
  migrate_pages: { x64: 256, arm64: 238 },
  ioprio_set: { x64: 251, arm64: 30 },
  // What outlives a process: keys, System V and POSIX queues, memory and semaphores.
  add_key: { x64: 248, arm64: 217 },
  request_key: { x64: 249, arm64: 218 },
  keyctl: { x64: 250, arm64: 219 },
  shmget: { x64: 29, arm64: 194 },
  msgget: { x64: 68, arm64: 186 },
  semget: { x64: 64, arm64: 190 },
  mq_open: { x64: 240, arm64: 180 },
  // Mounts and namespaces.
  mount: { x64: 165, arm64: 40 },
  umount2: { x64: 166, arm64: 39 },
  pivot_root: { x64: 155, arm64: 41 },
  chroot: { x64: 161, arm64: 51 },
  move_mount: { x64: 429, arm64: 429 },
  open_tree: { x64: 428, arm64: 428 },
  fsopen: { x64: 430, arm64: 430 },
  fsconfig: { x64: 431, arm64: 431 },
  fsmount: { x64: 432, arm64: 432 },
  fspick: { x64: 433, arm64: 433 },
  mount_setattr: { x64: 442, arm64: 442 },
  unshare: { x64: 272, arm64: 97 },
  setns: { x64: 308, arm64: 268 },
  sethostname: { x64: 170, arm64: 161 },
  setdomainname: { x64: 171, arm64: 162 },
  // Files around the paths that the sandbox shows.
  open_by_handle_at: { x64: 304, arm64: 265 },
  name_to_handle_at: { x64: 303, arm64: 264 },
  fanotify_init: { x64: 300, arm64: 262 },
  // Parts of the kernel with a long record of holes.
  bpf: { x64: 321, arm64: 280 },
  perf_event_open: { x64: 298, arm64: 241 },
  userfaultfd: { x64: 323, arm64: 282 },
  io_uring_setup: { x64: 425, arm64: 425 },
  io_uring_enter: { x64: 426, arm64: 426 },
  io_uring_register: { x64: 427, arm64: 427 },
  memfd_secret: { x64: 447, arm64: 447 },
  modify_ldt: { x64: 154, arm64: null },
  lookup_dcookie: { x64: 212, arm64: 18 },
  // The machine itself.
  init_module: { x64: 175, arm64: 105 },
  finit_module: { x64: 313, arm64: 273 },
  delete_module: { x64: 176, arm64: 106 },
  kexec_load: { x64: 246, arm64: 104 },
  kexec_file_load: { x64: 320, arm64: 294 },
  reboot: { x64: 169, arm64: 142 },
  swapon: { x64: 167, arm64: 224 },
  swapoff: { x64: 168, arm64: 225 },
  quotactl: { x64: 179, arm64: 60 },
  quotactl_fd: { x64: 443, arm64: 443 },
  acct: { x64: 163, arm64: 89 },
  syslog: { x64: 103, arm64: 116 },
  vhangup: { x64: 153, arm64: 58 },
  iopl: { x64: 172, arm64: null },
  ioperm: { x64: 173, arm64: null },
  settimeofday: { x64: 164, arm64: 170 },
  clock_settime: { x64: 227, arm64: 112 },
  clock_adjtime: { x64: 305, arm64: 266 },
  adjtimex: { x64: 159, arm64: 171 },
};

/**
 * Calls that change who may use a file. They are denied besides where runs keep root's user id, and with it the devices: those
 * inside are the host's own, and a `/dev/null` that nobody may open any more stops a machine.
 */
export const OWNER_CALLS: Readonly<Record<string, SyscallNumbers>> = {
  chmod: { x64: 90, arm64: null },
  fchmod: { x64: 91, arm64: 52 },
  fchmodat: { x64: 268, arm64: 53 },
  fchmodat2: { x64: 452, arm64: 452 },
  chown: { x64: 92, arm64: null },
  fchown: { x64: 93, arm64: 55 },
  lchown: { x64: 94, arm64: null },
  fchownat: { x64: 260, arm64: 54 },
  setxattr: { x64: 188, arm64: 5 },
  lsetxattr: { x64: 189, arm64: 6 },
  fsetxattr: { x64: 190, arm64: 7 },
  setxattrat: { x64: 463, arm64: 463 },
};

/** Calls that are allowed or not by what they are given. */
export const CHECKED_CALLS = {
  clone: { x64: 56, arm64: 220 },
  clone3: { x64: 435, arm64: 435 },
  socket: { x64: 41, arm64: 198 },
  socketpair: { x64: 53, arm64: 199 },
  ioctl: { x64: 16, arm64: 29 },
  personality: { x64: 135, arm64: 92 },
  prlimit64: { x64: 302, arm64: 261 },
  setpriority: { x64: 141, arm64: 140 },
  sched_setparam: { x64: 142, arm64: 118 },
  sched_setscheduler: { x64: 144, arm64: 119 },
  sched_setaffinity: { x64: 203, arm64: 122 },
  sched_setattr: { x64: 314, arm64: 274 },
} as const satisfies Readonly<Record<string, SyscallNumbers>>;

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
export const NEW_NAMESPACES = 0x7e02_0000;
/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: others (AF_VSOCK above all) are not confined by a network namespace. */
export const FAMILIES = [1, 2, 10, 16];
/** TIOCSTI and TIOCLINUX type on a terminal. */
export const TERMINAL_REQUESTS = [0x5412, 0x541c];
export const PERSONALITY_QUERY = 0xffff_ffff;

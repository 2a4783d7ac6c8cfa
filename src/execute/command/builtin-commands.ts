import type { z } from 'zod';
import { type CommandRunnerConfig, commandRunnerSchema } from '../../contracts/command-runner.ts';
import type { CommandLanguage } from './open-command-runner.ts';

const MiB = 1024 ** 2;

function runner(config: z.input<typeof commandRunnerSchema>): CommandRunnerConfig {
  return commandRunnerSchema.parse(config);
}

const cpp = runner({
  prelude: '#include <bits/stdc++.h>\nusing namespace std;\n',
  // The linker puts __wrap_main before main, so that the token is printed when main has returned, and only then.
  compile: ['g++', '-std=c++17', '-w', '-pipe', '-Wl,--wrap=main', '-o', 'program', '{{file}}'],
  check: ['g++', '-std=c++17', '-w', '-fsyntax-only', '{{file}}'],
  run: ['./program'],
  finished: `#include <cstdio>
extern "C" int __real_main(int, char **);
extern "C" int __wrap_main(int count, char **values) {
  int status = __real_main(count, values);
  if (status == 0) std::puts("{{token}}");
  return status;
}`,
  errors: {
    compile: [
      '^program\\.cpp:(?<line>\\d+):(?:\\d+:)? (?<kind>(?:fatal )?error): (?<message>.*)$',
      '(?<kind>undefined reference|multiple definition) (?:to|of) (?<message>.*)$',
    ],
    runtime: [
      "^terminate called after throwing an instance of '(?<kind>[^']+)'$",
      '^ {2}what\\(\\): +(?<message>.*)$',
    ],
    assertion: [
      '^\\S+: program\\.cpp:(?<line>\\d+): .*: Assertion .(?<input>.+) == \\((?<expected>.*)\\). failed\\.$',
      '^\\S+: program\\.cpp:(?<line>\\d+): .*: Assertion .(?<input>.+) == (?<expected>.+). failed\\.$',
      '^\\S+: program\\.cpp:(?<line>\\d+): .*: Assertion .(?<message>.*). failed\\.$',
    ],
    memory: ["instance of 'std::bad_alloc'"],
  },
  limits: { scratchBytes: 64 * MiB, fileBytes: 32 * MiB },
  selfTest: 'int main() {}',
});

const rust = runner({
  compile: [
    'rustc',
    '--edition=2021',
    '-Awarnings',
    // Not cc, which on Debian is a link into /etc.
    '-Clinker=gcc',
    '-Clink-arg=-Wl,--wrap=main',
    '-o',
    'program',
    '{{file}}',
  ],
  check: ['rustc', '--edition=2021', '-Awarnings', '--crate-type=lib', '--emit=metadata', '{{file}}'],
  run: ['./program'],
  // As in C++. The main that the compiler makes around Rust's returns 101 after a panic.
  finished: `extern "C" { fn __real_main(count: i32, values: *const *const u8) -> i32; }
#[no_mangle]
pub extern "C" fn __wrap_main(count: i32, values: *const *const u8) -> i32 {
    let status = unsafe { __real_main(count, values) };
    if status == 0 { println!("{{token}}"); }
    status
}`,
  errors: {
    compile: ['^(?<kind>error(?:\\[E\\d+\\])?): (?<message>.*)$', '^ *--> program\\.rs:(?<line>\\d+):\\d+$'],
    runtime: [
      // Since 1.73 the message has a line of its own.
      "^thread '[^']*' (?:\\(\\d+\\) )?(?<kind>panicked) at \\S*program\\.rs:(?<line>\\d+):\\d+:\\n(?<message>.*)$",
      "^thread '[^']*' (?<kind>panicked) at '(?<message>.*)', .*?(?:program\\.rs:(?<line>\\d+):\\d+)?$",
      "^thread '[^']*' (?:\\(\\d+\\) )?(?<kind>panicked) at .*\\n(?<message>.*)$",
      '(?<kind>stack overflow)',
    ],
    assertion: [
      "^thread '[^']*' panicked at 'assertion failed: `\\(left == right\\)`\\n {2}left: `(?<actual>.*)`,\\n right: `(?<expected>.*)`', \\S*program\\.rs:(?<line>\\d+):\\d+$",
      "^thread '[^']*' (?:\\(\\d+\\) )?panicked at \\S*program\\.rs:(?<line>\\d+):\\d+:\\nassertion `left == right` failed.*\\n {2}left: (?<actual>.*)\\n right: (?<expected>.*)$",
      "^thread '[^']*' panicked at 'assertion failed: (?<message>.*)', \\S*program\\.rs:(?<line>\\d+):\\d+$",
      "^thread '[^']*' (?:\\(\\d+\\) )?panicked at \\S*program\\.rs:(?<line>\\d+):\\d+:\\nassertion failed: (?<message>.*)$",
    ],
    memory: ['^memory allocation of \\d+ bytes failed$'],
    testLine: '^\\s*assert(?:_eq)?!\\((?<input>.+\\)), .*\\);$',
  },
  proc: true,
  limitAddressSpace: false,
  limits: { scratchBytes: 128 * MiB, fileBytes: 64 * MiB },
  selfTest: 'fn main() {}',
});

const go = runner({
  fileName: 'program_test.go',
  compile: ['go', 'test', '-c', '-vet=off', '-o', 'program', '{{file}}'],
  run: ['./program', '-test.paniconexit0'],
  // println needs no import. Without os.Exit the testing package ends the process with what Run returned.
  finished: 'func TestMain(m *testing.M) { if m.Run() == 0 { println("{{token}}") } }',
  env: { GO111MODULE: 'off', CGO_ENABLED: '0', GOFLAGS: '-p=2', GOPATH: '/usr/share/gocode' },
  errors: {
    compile: ['^(?:\\./)?program(?:_test)?\\.go:(?<line>\\d+):(?:\\d+:)? (?<message>.*)$'],
    runtime: [
      '(?:^|\\))(?<kind>panic|fatal error): (?<message>.*?)(?: \\[recovered\\])?$',
      '^\\t\\S*program(?:_test)?\\.go:(?<line>\\d+)(?: \\+0x\\w+)?$',
    ],
    assertion: [
      "program_test\\.go:(?<line>\\d+): expected '%!s\\(\\S+=(?<expected>.*)\\)', got '%!s\\(\\S+=(?<actual>.*)\\)'",
      "program_test\\.go:(?<line>\\d+): expected '(?<expected>.*)', got '(?<actual>.*)'",
      'program_test\\.go:(?<line>\\d+): (?<message>.*)$',
    ],
    memory: ['^fatal error: runtime: out of memory'],
  },
  limitAddressSpace: false,
  limits: { processes: 256, scratchBytes: 256 * MiB, fileBytes: 64 * MiB },
  selfTest: 'package main\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n',
});

/** Programs with a main instead of tests: MBXP's. */
const goMain = runner({
  ...go,
  fileName: 'program.go',
  prelude: 'package main\n',
  compile: ['go', 'build', '-o', 'program', '{{file}}'],
  run: ['./program'],
  finished: null,
  selfTest: null,
});

const lua = runner({
  compile: ['luac5.4', '-p', '{{file}}'],
  run: ['lua5.4', '-'],
  programOn: 'stdin',
  finished: 'print("{{token}}")',
  showActual: 'print("{{token}}" .. tostring({{input}}))',
  errors: {
    compile: ['^\\S*luac5\\.4: program\\.lua:(?<line>\\d+): (?<message>.*)$'],
    runtime: ['^\\S*lua5\\.4: (?:stdin:(?<line>\\d+): )?(?<message>.*)$', '^\\tstdin:(?<line>\\d+): in '],
    assertion: [
      '^\\S*lua5\\.4: (?:stdin:(?<line>\\d+): )?(?<message>assertion failed!.*)$',
      '^\\tstdin:(?<line>\\d+): in ',
    ],
    memory: ['^\\S*lua5\\.4: not enough memory'],
    testLine: '^\\s*assert\\((?<input>.+) == (?<expected>.+)\\)\\s*;?$',
  },
  selfTest: 'local x = 1',
});

const ruby = runner({
  compile: ['ruby', '-W0', '--disable-gems', '-c', '{{file}}'],
  run: ['ruby', '-W0', '--disable-gems', '-'],
  programOn: 'stdin',
  finished: 'puts "{{token}}"',
  errors: {
    compile: ['^program\\.rb:(?<line>\\d+): (?<kind>syntax error), (?<message>.*)$'],
    runtime: [
      "^-:(?<line>\\d+):in `[^']*': (?<message>.*) \\((?<kind>[\\w:]+)\\)$",
      '^\\tfrom -:(?<line>\\d+):in ',
    ],
    memory: ['\\(NoMemoryError\\)$'],
    assertion: [],
  },
  selfTest: 'x = 1',
});

/** Languages that are run by commands without any configuration, if their programs are installed. */
export const builtinCommands: readonly CommandLanguage[] = [
  {
    id: 'go',
    extension: '.go',
    forms: [
      { when: /^func main\(\)/m, runner: goMain },
      { when: null, runner: go },
    ],
    versionArguments: ['version'],
    debianPackage: 'golang-go',
  },
  {
    id: 'rust',
    extension: '.rs',
    forms: [{ when: null, runner: rust }],
    versionArguments: ['--version'],
    debianPackage: 'rustc',
  },
  {
    id: 'cpp',
    extension: '.cpp',
    forms: [{ when: null, runner: cpp }],
    versionArguments: ['-dumpfullversion'],
    debianPackage: 'g++',
  },
  {
    id: 'lua',
    extension: '.lua',
    forms: [{ when: null, runner: lua }],
    versionArguments: ['-v'],
    debianPackage: 'lua5.4',
  },
  {
    id: 'ruby',
    extension: '.rb',
    forms: [{ when: null, runner: ruby }],
    versionArguments: ['--version'],
    debianPackage: 'ruby',
  },
];

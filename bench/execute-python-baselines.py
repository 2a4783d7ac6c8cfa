"""Runs Python programs the two ways that benchmarks run them, without a sandbox, and says what that cost.

Argument: `process` (a fresh interpreter a program), `manager` (as human-eval: a forked process a program, and one more for the
list that its result is put into) or `fork` (as EvalPlus: a forked process a program). stdin: a JSON list of programs.
stdout: JSON {passed: [true, …], wallMs, cpuMs}; the start of this program itself is not counted.
"""

import contextlib
import faulthandler
import io
import os
import shutil
import signal
import sys
import tempfile

SECONDS = 3.0


class TimedOut(Exception):
    pass


class NoInput(io.StringIO):
    def read(self, *arguments, **options):
        raise OSError

    readline = readlines = read


@contextlib.contextmanager
def time_limit(seconds):
    def stop(signum, frame):
        raise TimedOut

    signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.signal(signal.SIGALRM, stop)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def swallowed():
    silent, no_input, before = io.StringIO(), NoInput(), sys.stdin
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        sys.stdin = no_input
        try:
            yield
        finally:
            sys.stdin = before


def guard():
    """What harnesses take from a program that it should not use."""
    faulthandler.disable()
    os.environ["OMP_NUM_THREADS"] = "1"
    for name in ("kill", "system", "putenv", "remove", "removedirs", "rmdir", "fchdir", "setuid", "fork", "forkpty", "killpg"):
        setattr(os, name, None)
    for name in ("rename", "renames", "truncate", "replace", "unlink", "fchmod", "fchown", "chmod", "chown", "chroot"):
        setattr(os, name, None)
    shutil.rmtree = shutil.move = shutil.chown = None
    import subprocess

    subprocess.Popen = None


def has_passed(program):
    """In a process of its own: it does not survive this intact."""
    rmtree, rmdir, chdir, back = shutil.rmtree, os.rmdir, os.chdir, os.getcwd()
    folder = tempfile.mkdtemp()
    kept = {name: getattr(os, name) for name in ("unlink", "rmdir", "remove", "open", "close")}
    try:
        os.chdir(folder)
        guard()
        with swallowed(), time_limit(SECONDS):
            exec(program, {"__name__": "__main__"})
        return True
    except BaseException:
        return False
    finally:
        for name, function in kept.items():
            setattr(os, name, function)
        chdir(back)
        rmtree(folder, ignore_errors=True)


def main(way):
    import json
    import multiprocessing
    import resource
    import subprocess
    import time
    import typing  # loaded, as in any harness of this size

    def by_process(program):
        try:
            result = subprocess.run(
                [sys.executable, __file__, "one"], input=program.encode(), stdout=subprocess.PIPE, timeout=SECONDS + 1
            )
        except subprocess.TimeoutExpired:
            return False
        return result.stdout == b"passed"

    def by_manager(program):
        with multiprocessing.Manager() as manager:
            results = manager.list()
            wait_for(multiprocessing.Process(target=lambda: results.append(has_passed(program))))
            return list(results) == [True]

    def by_fork(program):
        status = multiprocessing.Value("i", 0)
        wait_for(multiprocessing.Process(target=lambda: setattr(status, "value", int(has_passed(program)))))
        return status.value == 1

    def wait_for(process):
        process.start()
        process.join(SECONDS + 1)
        if process.is_alive():
            process.kill()
            process.join()

    def cpu_seconds():
        usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    multiprocessing.set_start_method("fork")
    programs = json.load(sys.stdin)
    run = {"process": by_process, "manager": by_manager, "fork": by_fork}[way]
    started, cpu = time.perf_counter(), cpu_seconds()
    passed = [run(program) for program in programs]
    wall_ms = 1000 * (time.perf_counter() - started)
    print(json.dumps({"passed": passed, "wallMs": wall_ms, "cpuMs": 1000 * (cpu_seconds() - cpu)}))


if sys.argv[1] == "one":
    os.write(1, b"passed" if has_passed(sys.stdin.buffer.read().decode()) else b"failed")
    os._exit(0)
main(sys.argv[1])

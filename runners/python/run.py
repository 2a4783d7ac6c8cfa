"""Runs one candidate with its tests and tells the host what happened.

Two processes: the parent talks to the host and never runs foreign code; the child it forks has no descriptor of the
host, compiles and runs `before`, the candidate and `after` in one module `__main__`, and ends as Python programs end.
"Passed" means that the child said it reached the end of the tests and then exited with 0. The tests share a process
with the candidate, so code written against this runner can lie about itself; it cannot speak for another candidate,
and it cannot reach the host's channel by accident: the host's nonce is read after the fork.

stdin: netstring(fields), netstring(nonce). stdout: netstring("ready"), netstring(fields). Fields are netstrings too.
Needs Python 3.9 and nothing but built-in modules, since imports would cost more than the rest.
"""

import builtins
import os
import sys
from time import monotonic_ns

# The working folder is the candidate's: nothing may be imported from it.
sys.path = [folder for folder in sys.path if folder]

# Functions below keep this copy, so that a candidate that patches builtins does not patch the runner.
__builtins__ = dict(vars(builtins))

CANDIDATE, TESTS, BEFORE, PROGRAM = "<candidate>", "<tests>", "<before>", "<program>"
# A report is one write of at most PIPE_BUF bytes: whole or not at all, and it never blocks.
REPORT_BYTES = 4096
PIPE_BYTES = 65536


def netstring(data):
    return b"%d:%b," % (len(data), data)


def encode(fields):
    return netstring(
        b"".join(
            netstring(b"-" if field is None else b"+" + str(field).encode("utf-8", "backslashreplace"))
            for field in fields
        )
    )


def split(data):
    """The netstrings in `data`; ValueError when it is anything else."""
    parts, start = [], 0
    while start < len(data):
        colon = data.index(b":", start)
        end = colon + 1 + int(data[start:colon])
        if data[end : end + 1] != b",":
            raise ValueError("not a netstring")
        parts.append(data[colon + 1 : end])
        start = end + 1
    return parts


def read_exactly(descriptor, count):
    data = b""
    while len(data) < count:
        chunk = os.read(descriptor, count - len(data))
        if not chunk:
            raise EOFError("the request ended early")
        data += chunk
    return data


def read_netstring(descriptor):
    """Reads one netstring and not a byte more: what follows is not for this process to have seen yet."""
    digits = b""
    while not digits.endswith(b":"):
        digits += read_exactly(descriptor, 1)
    return read_exactly(descriptor, int(digits[:-1]) + 1)[:-1]


def write_all(descriptor, data):
    while data:
        data = data[os.write(descriptor, data) :]


def main():
    mode, before, candidate, after, feedback = (part.decode() for part in split(read_netstring(0)))
    write_all(1, netstring(b"ready"))
    token = os.urandom(16)
    reader, writer = os.pipe()
    started = monotonic_ns()
    child = os.fork()
    if child == 0:
        os.close(reader)
        detach(writer)
        return run_child(mode, (before, candidate, after), feedback, make_report(writer, token))
    os.close(writer)
    nonce = read_netstring(0).decode()
    _, status, usage = os.wait4(child, 0)
    duration_us = (monotonic_ns() - started) // 1000
    verdict = classify(read_reports(reader, token), status, usage.ru_utime + usage.ru_stime)
    write_all(1, encode((nonce, duration_us, *verdict)))
    # Anything the candidate left behind dies with the sandbox.
    os._exit(0)


def read_reports(reader, token):
    """What the child wrote, without waiting: grandchildren may hold the pipe open, or have filled it with garbage."""
    os.set_blocking(reader, False)
    try:
        data = os.read(reader, PIPE_BYTES)
    except BlockingIOError:
        return []
    reports = []
    for piece in data.split(token)[1:]:
        try:
            colon = piece.index(b":")
            fields = split(piece[colon + 1 : colon + 1 + int(piece[:colon])])
            report = [None if field == b"-" else field[1:].decode() for field in fields]
        except ValueError:
            continue
        if len(report) == 7:
            reports.append(report)
    return reports


def classify(reports, status, cpu_seconds):
    """(outcome, kind, line, message, input, expected, actual)"""
    code = os.waitstatus_to_exitcode(status)
    if reports and (reports[0][0] != "passed" or code == 0):
        # The first report decides; a later one may only say more about the same.
        return reports[-1] if reports[-1][0] == reports[0][0] else reports[0]
    when = "after the tests had ended" if reports else "before the tests had ended"
    if code < 0:
        import resource  # these two are not worth their time on the ordinary path
        import signal

        name = next((known.name for known in signal.Signals if known == -code), "signal %d" % -code)
        limit = resource.getrlimit(resource.RLIMIT_CPU)[0]
        if name == "SIGXCPU" or (name == "SIGKILL" and 0 < limit <= cpu_seconds):
            return verdict_of("timeout", "cpu-time", "used more than %d s of CPU time" % limit)
        return verdict_of("runtime-error", name, "ended by %s %s" % (name, when))
    if code == 0:
        return verdict_of("exited-early", "exit", "exited with code 0 %s" % when)
    return verdict_of("runtime-error", "exit", "exited with code %d %s" % (code, when))


def verdict_of(outcome, kind, message):
    return (outcome, kind, None, message, None, None, None)


def detach(writer):
    """Leaves the child nothing of the host: no input, no output, only the pipe to its parent."""
    null = os.open("/dev/null", os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    # A pipe that the candidate filled must not hold up the report.
    os.set_blocking(writer, False)


def make_report(writer, token):
    """The function that reports; it has all it needs before foreign code can replace anything."""
    write, getpid, own = os.write, os.getpid, os.getpid()

    def report(outcome, kind=None, line=None, message=None, input=None, expected=None, actual=None):
        # A process forked by the candidate runs through here too and has no say.
        if getpid() != own:
            return
        for length in (400, 200, 80):
            texts = [clip(text, length) for text in (message, input, expected, actual)]
            data = token + encode((outcome, kind, line, *texts))
            if len(data) <= REPORT_BYTES:
                break
        try:
            write(writer, data)
        except OSError:
            # Closed or filled by the candidate: without a report its exit status is what counts.
            return

    return report


def clip(text, length):
    return text if text is None or len(text) <= length else text[: length - 1] + "\u2026"


def run_child(mode, pieces, feedback, report):
    exit_now, exc_info, settrace, setprofile = os._exit, sys.exc_info, sys.settrace, sys.setprofile
    try:
        program, sources = compile_program(*pieces)
    except BaseException as error:
        report("compile-error", type(error).__name__, *describe_syntax(error, pieces))
        exit_now(1)
    if mode == "compile":
        report("passed")
        exit_now(0)
    names = prepare_main()
    try:
        for code in program:
            exec(code, names)
    except BaseException:
        settrace(None)
        setprofile(None)
        _, error, trace = exc_info()
        try:
            report_exception(error, trace, sources, pieces, feedback, report)
        finally:
            exit_now(1)
    settrace(None)
    setprofile(None)
    report("passed")


def compile_program(before, candidate, after):
    """(code objects to run in turn, the text of each file but the candidate's).

    Tests that stand alone are compiled alone: a candidate cannot swallow them with an open string or bracket. So is a
    candidate that stands alone; one that continues `before` (a method of a class) is joined to it. Everything is joined
    only where the tests themselves need that.
    """
    try:
        tail = compile_part(after, TESTS)
    except (SyntaxError, ValueError):
        joined = before + candidate + "\n" + after
        return [compile_part(joined, PROGRAM)], {PROGRAM: joined}
    try:
        head = [compile_part(before, BEFORE), compile_part(candidate, CANDIDATE)]
        return [*head, tail], {TESTS: after}
    except (SyntaxError, ValueError):
        if not before.strip():
            raise
    joined = before + candidate + "\n"
    return [compile_part(joined, PROGRAM), tail], {PROGRAM: joined, TESTS: after}


def compile_part(text, name):
    return compile(text, name, "exec", 0, True)


def describe_syntax(error, pieces):
    """(line in the candidate, message) of whatever kept the program from compiling."""
    line = getattr(error, "lineno", None)
    if line is not None and error.filename == PROGRAM:
        line = candidate_line(PROGRAM, line, pieces)
    return line or None, str(getattr(error, "msg", None) or error)


def candidate_line(name, line, pieces):
    """The candidate's own line (from 1) for a place in a file; None for any other place."""
    if name == CANDIDATE:
        return line
    if name != PROGRAM:
        return None
    own = line - line_ends(pieces[0])
    return own if 1 <= own <= line_ends(pieces[1]) + 1 else None


def line_ends(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def prepare_main():
    """The names of a fresh `__main__`, which takes the place of this file's."""
    module = type(sys)("__main__")
    # -S leaves these two out, and programs use them.
    builtins.exit = builtins.quit = leave
    module.__builtins__ = builtins
    sys.modules["__main__"] = module
    sys.argv = ["main.py"]
    # As many frames for the candidate as a program of its own would have.
    sys.setrecursionlimit(sys.getrecursionlimit() + 4)
    return vars(module)


def leave(code=None):
    raise SystemExit(code)


def report_exception(error, trace, sources, pieces, feedback, report):
    kind, name = type(error), None
    if issubclass(kind, SystemExit):
        early = error.code is None or (type(error.code) is int and error.code == 0)
        outcome = "exited-early" if early else "runtime-error"
        name = "exit"
    elif issubclass(kind, AssertionError):
        outcome = "failed"
    else:
        outcome = "out-of-memory" if issubclass(kind, MemoryError) else "runtime-error"
    name = name or type.__getattribute__(kind, "__name__")
    # Said at once: looking closer runs code of the candidate again, and that may never return.
    report(outcome, name)
    helpers = {"__builtins__": __builtins__, "CANDIDATE": (CANDIDATE, PROGRAM)}
    exec(feedback, helpers)
    helpers["explain"](
        error,
        trace,
        outcome,
        sources,
        lambda file, line: candidate_line(file, line, pieces),
        lambda *details: report(outcome, name, *details),
    )


main()

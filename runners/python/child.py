"""The process that runs one candidate and ends with it.

It has no descriptor of the host; it compiles and runs `before`, the candidate and `after` in one module `__main__`, and ends
as Python programs end. The tests share the process with the candidate, so code written against this runner can lie about
itself; it cannot speak for another candidate, and it cannot reach the host's channel.
"""

import atexit
import gc
import random

CANDIDATE, TESTS, BEFORE, PROGRAM = "<candidate>", "<tests>", "<before>", "<program>"
# Of the runner's own, below those of the program; exec was one more until its recursion was counted apart.
FRAMES = 4 if sys.version_info >= (3, 12) else 5


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


def run_child(mode, pieces, resources, report):
    """Does not return."""
    exit_now, exc_info, settrace, setprofile = os._exit, sys.exc_info, sys.settrace, sys.setprofile
    try:
        program, sources = compile_program(*pieces)
    except BaseException as error:
        report("compile-error", type(error).__name__, *describe_syntax(error, pieces))
        exit_now(1)
    if mode == "compile":
        report("passed")
        exit_now(0)
    names = prepare_main(resources)
    # What a program leaves to chance follows the seed of the run, as the order of its sets does.
    random.seed(int(os.environ.get("PYTHONHASHSEED", "0")))
    try:
        for code in program:
            exec(code, names)
    except BaseException:
        settrace(None)
        setprofile(None)
        _, error, trace = exc_info()
        try:
            report_exception(error, trace, sources, pieces, report)
        finally:
            exit_now(1)
    settrace(None)
    setprofile(None)
    report("passed")
    status = 0
    try:
        status = finish(names)
    finally:
        exit_now(status)


def finish(names):
    """Ends the program as the interpreter would: threads, exit handlers, streams, the program's own objects.

    Not the rest of the interpreter: to take it down costs more than most candidates. Returns the exit status.
    """
    status = 0
    for step in (wait_for_threads, atexit._run_exitfuncs):
        try:
            step()
        except BaseException:
            continue  # printed where it matters, never the status
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not getattr(stream, "closed", False):
                stream.flush()
        except BaseException:
            status = 120
    for is_private in (True, False):
        for name in list(names):
            if (name[:1] == "_" and name[1:2] != "_") == is_private and name != "__builtins__":
                names[name] = None
    gc.collect()
    return status


def wait_for_threads():
    threading = sys.modules.get("threading")
    if threading is not None:
        threading._shutdown()


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
        head = [compile_part(before, BEFORE)] if before else []
        return [*head, compile_part(candidate, CANDIDATE), tail], {TESTS: after}
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


def prepare_main(resources):
    """The names of a fresh `__main__`, which takes the place of this file's."""
    if resources:
        # The task's own modules, as beside a program of its own; also where the server has loaded others of the same name.
        sys.path.insert(0, os.getcwd())
        for path in resources:
            name = path.decode().split("/")[0].split(".")[0]
            if name in PRELOADED:
                sys.modules.pop(name, None)
    module = type(sys)("__main__")
    # -S leaves these two out, and programs use them.
    builtins.exit = builtins.quit = leave
    module.__builtins__ = builtins
    sys.modules["__main__"] = module
    sys.argv = ["main.py"]
    # As many frames for the candidate as a program of its own would have.
    sys.setrecursionlimit(sys.getrecursionlimit() + FRAMES)
    return vars(module)


def leave(code=None):
    raise SystemExit(code)


def report_exception(error, trace, sources, pieces, report):
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
    explain(error, trace, outcome, sources, pieces, lambda *details: report(outcome, name, *details))

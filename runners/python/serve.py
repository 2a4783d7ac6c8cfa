"""Forks a child for each candidate and tells the host what happened. Never runs foreign code itself.

"Passed" means that the child said it reached the end of the tests and then exited with 0. One child, one verdict: the host's
nonce is never in a child.

stdin: netstring(netstring("hello")), then requests: one netstring of the fields mode, CPU seconds, before, candidate, after,
resources (netstrings: path, content, path, …) and nonce. stdout: netstring("ready"), then a netstring of fields for each
request; the last field says whether another candidate can follow.

As process 1 of its own namespace it ends what a child left running, and serves on as long as everything is as it was: no
file, no mode, no packet. Elsewhere it serves one candidate.
"""

import resource

# What nearly all programs import costs more to import than to fork.
PRELOADED = ("typing", "collections", "re", "functools", "itertools", "operator", "math", "string", "copy", "heapq", "bisect", "random")

# The nonce is the last field and always this long, with its length and comma.
NONCE_BYTES = 36
CPU_KILL_DELAY_SECONDS = 2
# More than this is not worth being cleaned up: a new sandbox is.
SWEPT_ENTRIES, SWEPT_DEPTH = 500, 20
PR_SET_DUMPABLE = 4
# Where a container shows how many of its processes were killed for want of memory; elsewhere the host counts them.
MEMORY_EVENTS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")
AF_NETLINK, SOCK_RAW, RTM_NEWSTATS, RTM_GETSTATS = 16, 3, 92, 94


def main():
    keeper = open_keeper() if os.getpid() == 1 else None
    gc.collect()
    gc.freeze()
    read_exactly(0, read_length(0) + 1)
    child = Child(keeper)
    write_all(1, netstring(b"ready"))
    while True:
        answer = serve(child)
        write_all(1, encode((*answer, "end" if keeper is None else "more")))
        # While the host reads the answer. If it sends another candidate before it learns that nothing may follow, that one gets no
        # answer and goes elsewhere.
        if keeper is None or not keeper.restore():
            # Whatever is left dies with the sandbox.
            os._exit(0)
        child = Child(keeper)


class Child:
    """A process that waits for its candidate: forked ahead, while the host is busy with the one before."""

    def __init__(self, keeper):
        self.token = os.urandom(16)
        self.reader, writer = os.pipe()
        request, self.request = os.pipe()
        self.number = os.fork()
        if self.number == 0:
            os.close(self.reader)
            os.close(self.request)
            if keeper is not None:
                keeper.leave()
            detach(writer)
            run_request(request, make_report(writer, self.token))
        os.close(writer)
        os.close(request)

    def send(self, data):
        write_all(self.request, data)
        os.close(self.request)


def run_request(descriptor, report):
    """In the child; does not return."""
    body = read_exactly(descriptor, read_length(descriptor))
    os.close(descriptor)
    mode, cpu_seconds, before, candidate, after, resources = split(body)
    limit_cpu_time(int(cpu_seconds))
    pieces = tuple(part.decode() for part in (before, candidate, after))
    run_child(mode.decode(), pieces, split(resources)[::2], report)


def serve(child):
    """(nonce, microseconds, then the verdict)"""
    body = read_exactly(0, read_length(0) - NONCE_BYTES)
    _, cpu_seconds, _, _, _, resources = split(body)
    try:
        write_resources(split(resources))
    except OSError as error:
        return read_nonce(), 0, *verdict_of("sandbox-error", "resources", "cannot write the task's files: %s" % error)
    killed_before = memory_kills()
    started = monotonic_ns()
    child.send(b"%d:%b" % (len(body), body))
    nonce = read_nonce()
    _, status, usage = os.wait4(child.number, 0)
    duration_us = (monotonic_ns() - started) // 1000
    reports = read_reports(child.reader, child.token)
    os.close(child.reader)
    if status == _signal.SIGKILL and not reports and memory_kills() > killed_before:
        return nonce, duration_us, *verdict_of("out-of-memory", "memory", "used more memory than it may")
    return nonce, duration_us, *classify(reports, status, usage.ru_utime + usage.ru_stime, int(cpu_seconds))


def memory_kills():
    for path in MEMORY_EVENTS:
        if os.path.exists(path):
            with open(path) as file:
                return sum(int(line.split()[1]) for line in file if line.startswith("oom_kill "))
    return 0


def read_nonce():
    return split(read_exactly(0, NONCE_BYTES + 1)[:-1])[0].decode()


def write_resources(resources):
    for path, content in zip(resources[::2], resources[1::2]):
        folder = os.path.dirname(path)
        if folder:
            os.makedirs(folder, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            write_all(descriptor, content)
        finally:
            os.close(descriptor)


def limit_cpu_time(seconds):
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft, kill = (value if hard < 0 else min(value, hard) for value in (seconds, seconds + CPU_KILL_DELAY_SECONDS))
    resource.setrlimit(resource.RLIMIT_CPU, (soft, kill))


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
        # What the machinery does wrong is not for a child to say.
        if len(report) == 7 and report[0] != "sandbox-error":
            reports.append(report)
    return reports


def classify(reports, status, used_seconds, limit_seconds):
    """(outcome, kind, line, message, input, expected, actual)"""
    code = os.waitstatus_to_exitcode(status)
    if reports and (reports[0][0] != "passed" or code == 0):
        # The first report decides; a later one may only say more about the same.
        return reports[-1] if reports[-1][0] == reports[0][0] else reports[0]
    when = "after the tests had ended" if reports else "before the tests had ended"
    if code < 0:
        import signal  # for its names, which are not worth their time on the ordinary path

        name = next((known.name for known in signal.Signals if known == -code), "signal %d" % -code)
        if name == "SIGXCPU" or (name == "SIGKILL" and limit_seconds <= used_seconds):
            return verdict_of("timeout", "cpu-time", "used more than %d s of CPU time" % limit_seconds)
        return verdict_of("runtime-error", name, "ended by %s %s" % (name, when))
    if code == 0:
        return verdict_of("exited-early", "exit", "exited with code 0 %s" % when)
    return verdict_of("runtime-error", "exit", "exited with code %d %s" % (code, when))


def verdict_of(outcome, kind, message):
    return (outcome, kind, None, message, None, None, None)


def open_keeper():
    """None where a sandbox cannot be watched, and therefore not be used again."""
    for name in PRELOADED:
        __import__(name)
    try:
        return Keeper()
    except (ImportError, AttributeError, OSError):
        return None


class Keeper:
    """Keeps a sandbox as it was at the start, as its process 1."""

    def __init__(self):
        import _socket
        import ctypes

        # Ignored by process 1 when nobody handles it; Python would turn it into an exception.
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
        # The filter of system calls keeps others out of this process's memory; this does too.
        if ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise OSError("prctl")
        self.folder = os.getcwd().encode()
        # Also inside, and also the user's own: terminals.
        self.places = [self.folder, *(place for place in (b"/dev/pts", b"/dev/pts/ptmx") if os.path.exists(place))]
        self.mode = os.stat(self.folder).st_mode & 0o7777
        self.link = _socket.socket(AF_NETLINK, SOCK_RAW, 0)
        self.at_start = self.state()
        if self.at_start is None:
            raise OSError("state")

    def leave(self):
        """In the child."""
        self.link.close()
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)

    def restore(self):
        """Ends every other process and empties the working folder. True when nothing is left of what a child did."""
        try:
            os.kill(-1, _signal.SIGKILL)
            while True:
                os.wait()
        except (ProcessLookupError, ChildProcessError):
            pass  # nobody else is here
        if self.state() == self.at_start:
            return True
        try:
            # Of its own, where it may; another's folder no candidate can have changed.
            if os.stat(self.folder).st_mode & 0o7777 != self.mode:
                os.chmod(self.folder, self.mode)
            self.sweep(self.folder, 0, 0)
        except OSError:
            return False
        return self.state() == self.at_start

    def state(self):
        """What a child may have changed; None when it cannot be read."""
        try:
            modes = [(stat.st_mode, stat.st_uid, stat.st_gid) for stat in map(os.stat, self.places)]
            return modes, os.listdir(self.folder), os.listxattr(self.folder), self.packets()
        except OSError:
            return None

    def sweep(self, folder, depth, seen):
        """Removes what is in a folder, and returns how much; stops at what is too much."""
        if depth > SWEPT_DEPTH:
            raise OSError("too deep")
        for name in os.listdir(folder):
            seen += 1
            if seen > SWEPT_ENTRIES:
                raise OSError("too much")
            path = folder + b"/" + name
            try:
                os.unlink(path)
            except IsADirectoryError:
                os.chmod(path, 0o700)
                seen = self.sweep(path, depth + 1, seen)
                os.rmdir(path)
        return seen

    def packets(self):
        """The counters of the loopback device, as the kernel gives them: a connection may keep a port after its process."""
        number = lambda value, size: value.to_bytes(size, sys.byteorder)
        header = number(28, 4) + number(RTM_GETSTATS, 2) + number(1, 2) + number(0, 8)
        # No family; device 1; IFLA_STATS_LINK_64.
        self.link.send(header + number(0, 4) + number(1, 4) + number(1, 4))
        answer = self.link.recv(PIPE_BYTES)
        if answer[4:6] != number(RTM_NEWSTATS, 2):
            raise OSError("no counters")
        return answer


main()

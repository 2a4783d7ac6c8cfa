"""What host, server and child say to each other: netstrings, so that no content can be taken for structure.

wire.py, feedback.py, child.py and serve.py make one program: the host joins them. It needs Python 3.9.
"""

import builtins
import os
import sys
from time import monotonic_ns

# The working folder is the candidate's: nothing may be imported from it.
sys.path = [folder for folder in sys.path if folder]

# Functions below keep this copy, so that a candidate that patches builtins does not patch the runner.
__builtins__ = dict(vars(builtins))

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
            # The host is gone.
            os._exit(0)
        data += chunk
    return data


def read_length(descriptor):
    """The length before a netstring's colon, and not a byte more: what follows is not for this process to have seen yet."""
    digits = b""
    while not digits.endswith(b":"):
        digits += read_exactly(descriptor, 1)
    return int(digits[:-1])


def write_all(descriptor, data):
    while data:
        data = data[os.write(descriptor, data) :]

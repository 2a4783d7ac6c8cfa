"""What a failing test called, expected and got; a part of the program that wire.py describes.

Works on the syntax tree that the compiler gives (no import of `ast`, which costs more than running the candidate).
"""

import _ast
import _signal

ONLY_TREE = 0x400
SECONDS = 1.0
REPR_LENGTH = 400
OPERATORS = {
    "Eq": "==",
    "NotEq": "!=",
    "Lt": "<",
    "LtE": "<=",
    "Gt": ">",
    "GtE": ">=",
    "Is": "is",
    "IsNot": "is not",
    "In": "in",
    "NotIn": "not in",
}


def explain(error, trace, outcome, sources, pieces, say):
    """Says what is known, and more each time: line; message; (input, expected, actual), each None where unknown.

    Runs code of the candidate: its exception's text, the tested expression once more. If that takes longer than SECONDS,
    SIGALRM ends the process, and what was said last counts.
    """
    _signal.signal(_signal.SIGALRM, _signal.SIG_DFL)
    _signal.setitimer(_signal.ITIMER_REAL, SECONDS)
    line, place = None, None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        own = candidate_line(name, trace.tb_lineno, pieces)
        if own is not None:
            line = own
        elif name in sources:
            place = (trace.tb_frame, trace.tb_lineno, sources[name], trace.tb_next is None)
        trace = trace.tb_next
    say(line)
    message = message_of(error)
    say(line, message)
    values = None if place is None else tested_values(*place, outcome == "failed")
    if values is not None:
        say(line, message, *values)


def message_of(error):
    if isinstance(error, SystemExit):
        code = 0 if error.code is None else error.code
        return "exited with code %s before the tests had ended" % text_of(code)
    return text_of(error)


def text_of(value):
    """The value as text, or nothing where its own code for that fails."""
    try:
        return str.__str__(str(value))
    except BaseException:
        return ""


def tested_values(frame, line, source, raised_here, failed):
    """(input, expected, actual) of the statement that failed; None when it calls nothing of the candidate."""
    statement, source = find_statement(source, line)
    if statement is None:
        return None
    look = Look(frame, source)
    if failed and raised_here and type(statement).__name__ == "Assert":
        return explain_assert(statement.test, look)
    call = look.candidate_call(statement)
    return None if call is None else (look.render(call), None, None)


def explain_assert(test, look):
    kind = type(test).__name__
    if kind == "Compare" and len(test.ops) == 1:
        operator = type(test.ops[0]).__name__
        subject, other = test.left, test.comparators[0]
        if operator in ("Eq", "Is") and look.is_tested(other) and not look.is_tested(subject):
            subject, other = other, subject
        expected = look.value(other)
        if expected is not None and operator not in ("Eq", "Is"):
            expected = OPERATORS[operator] + " " + expected
        return look.render(subject), expected, look.value(subject)
    if kind == "UnaryOp" and type(test.op).__name__ == "Not":
        return look.render(test.operand), "a false value", look.value(test.operand)
    if kind == "BoolOp":
        return look.source_of(test), None, None
    return look.render(test), "a true value", look.value(test)


def find_statement(source, line):
    """The innermost statement that covers the line, and the text that its places are in.

    An assertion that stands on one line is compiled alone: the tests of a task are long, and most of them look like that.
    """
    alone = source.split("\n", line)[line - 1].strip()
    if alone.startswith("assert "):
        try:
            return compile(alone, "<line>", "exec", ONLY_TREE).body[0], alone
        except (SyntaxError, ValueError):
            alone = None
    best, pending = None, [compile(source, "<tests>", "exec", ONLY_TREE)]
    while pending:
        node = pending.pop()
        for child in children(node):
            if covers(child, line):
                pending.append(child)
                if isinstance(child, _ast.stmt):
                    best = child
    return best, source


def children(node):
    for name in node._fields:
        value = getattr(node, name, None)
        for item in value if isinstance(value, list) else (value,):
            if hasattr(item, "_fields"):
                yield item


def covers(node, line):
    first = getattr(node, "lineno", None)
    # Nodes without a place (arguments, handlers' lists) may hold nodes that have one.
    return first is None or first <= line <= node.end_lineno


class Look:
    """Reads and evaluates pieces of the failing statement where it failed."""

    def __init__(self, frame, source):
        # One mapping, since a comprehension inside eval does not see separate locals.
        self.names = {**frame.f_globals, **frame.f_locals}
        self.lines = source.encode().splitlines(True)

    def source_of(self, node):
        lines = self.lines[node.lineno - 1 : node.end_lineno]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"".join(lines).decode("utf-8", "replace")

    def evaluate(self, node):
        return eval(compile(_ast.Expression(node), "<again>", "eval"), self.names)

    def value(self, node):
        """The value's repr, clipped; None when evaluating or describing it fails."""
        try:
            return repr(self.evaluate(node))[:REPR_LENGTH]
        except BaseException:
            return None

    def candidate_call(self, node):
        """The first call of a function that the candidate defines."""
        pending = [node]
        while pending:
            node = pending.pop(0)
            if type(node).__name__ == "Call" and type(node.func).__name__ in ("Name", "Attribute"):
                try:
                    function = self.evaluate(node.func)
                    if function.__code__.co_filename in (CANDIDATE, PROGRAM):
                        return node
                except BaseException:
                    function = None
            pending.extend(children(node))
        return None

    def is_tested(self, node):
        return self.candidate_call(node) is not None

    def render(self, node):
        """The expression's text; a call is shown with the values of the variables it is given."""
        if type(node).__name__ != "Call":
            return self.source_of(node)
        arguments = []
        for argument in node.args:
            starred = type(argument).__name__ == "Starred"
            arguments.append(("*" if starred else "") + self.argument(argument.value if starred else argument))
        for keyword in node.keywords:
            name = "**" if keyword.arg is None else keyword.arg + "="
            arguments.append(name + self.argument(keyword.value))
        return self.source_of(node.func) + "(" + ", ".join(arguments) + ")"

    def argument(self, node):
        if type(node).__name__ in ("Name", "Attribute", "Subscript"):
            shown = self.value(node)
            if shown is not None:
                return shown
        return self.source_of(node)

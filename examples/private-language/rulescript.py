"""RuleScript, see language.md.

    python3 rulescript.py FILE            runs a program; "-" is standard input
    python3 rulescript.py --check FILE    only says whether it can be read

Exit status: 0 = it ran to its end, or `halt`; 1 = a check failed, or a fault; 2 = it cannot be read.
"""
import operator
import re
import sys

MAX_NUMBER, MAX_CALLS = 10**15, 200

TOKEN = re.compile(
    r'(?P<blank>[ \t\r]+|--[^\n]*)|(?P<newline>\n)|(?P<number>\d{1,15})|(?P<text>"(?:[^"\\\n]|\\[n"\\])*")'
    r"|(?P<word>[A-Za-z_]\w*)|(?P<mark><=|>=|[-+*/&<>()\[\],])",
    re.ASCII,
)
RESERVED = set(
    "rule done let be when otherwhen otherwise each in while give say fail halt check is and or not mod "
    "yes no nothing end".split()
)
# What binds tighter has the larger number.
BINDING = {"or": 1, "and": 2, "is": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4}
BINDING.update({"&": 5, "+": 6, "-": 6, "*": 7, "/": 7, "mod": 7})
NOT, SUM, MINUS = 3, 5, 8
ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv, "mod": operator.mod}
ARITHMETIC.update({"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge})


class Stop(Exception):
    """The end of the program, with its exit status and what there is to say."""

    def __init__(self, status, text=""):
        super().__init__(text)
        self.status, self.text = status, text


class Fault(Exception):
    """What went wrong in a run, and in which line."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind, self.line = kind, None


def stop(problem):
    raise problem


# Values are int, str, bool, tuple (a list) and None (nothing).
NAMES = {int: "a number", str: "a text", bool: "yes or no", tuple: "a list"}


def show(value):
    if type(value) is str:
        return '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    if type(value) is tuple:
        return "[%s]" % ", ".join(map(show, value))
    return str(value) if type(value) is int else {True: "yes", False: "no", None: "nothing"}[value]


def need(value, *types):
    if type(value) in types:
        return value
    expected = " or ".join(NAMES[kind] for kind in types)
    raise Fault("wrong-kind", "expected %s, received %s" % (expected, show(value)))


def same(a, b):
    # To Python 1 and True are equal, also within tuples.
    return a == b and show(a) == show(b)


def combine(sign, a, b):
    if sign in ("is", "is not"):
        return same(a, b) == (sign == "is")
    if sign == "in":
        return need(a, str) in b if type(b) is str else any(same(a, item) for item in need(b, tuple))
    if sign == "&":
        return a + need(b, type(need(a, str, tuple)))
    try:
        result = ARITHMETIC[sign](need(a, int), need(b, int))
    except ZeroDivisionError:
        raise Fault("division-by-zero", "%d divided by 0" % a)
    return result if abs(result) < MAX_NUMBER else stop(Fault("too-large", "numbers have at most 15 digits"))


def item_of(value, place):
    if 1 <= need(place, int) <= len(need(value, tuple, str)):
        return value[place - 1]
    raise Fault("out-of-range", "there is no place %d in %s" % (place, show(value)))


# Number of parameters, and what it does.
BUILT_IN = {
    "size": (1, lambda value: len(need(value, str, tuple))),
    "sorted": (1, lambda items: tuple(sorted(need(item, int) for item in need(items, tuple)))),
    "numbers": (2, lambda first, last: tuple(range(need(first, int), need(last, int) + 1))),
    "split": (2, lambda text, mark: tuple(need(text, str).split(mark) if need(mark, str) else text)),
    "join": (2, lambda items, mark: need(mark, str).join(need(item, str) for item in need(items, tuple))),
    "text": (1, lambda value: value if type(value) is str else show(value)),
}


class Program:
    """Reads a text into steps: functions of the variables that return None or, after `give`, a tuple with the value."""

    def __init__(self, source):
        self.source, self.at, self.tokens = source, 0, []
        # Rules are pairs of parameters and steps; `variables` are those that can have a value where the reader is.
        self.rules, self.calls, self.variables, self.in_rule, self.depth = {}, [], set(), False, 0
        self.split(source)
        self.steps = self.block("end")
        for line, name, count in self.calls:
            if name not in BUILT_IN and name not in self.rules:
                raise unreadable(line, "there is no rule %s" % name)
            wanted = BUILT_IN[name][0] if name in BUILT_IN else len(self.rules[name][0])
            if count != wanted:
                raise unreadable(line, "%s takes %d values, received %d" % (name, wanted, count))

    def split(self, source):
        at, line, brackets = 0, 1, 0
        while at < len(source):
            match = TOKEN.match(source, at) or stop(unreadable(line, "cannot read %s" % show(source[at])))
            kind, text = match.lastgroup, match.group()
            # Within brackets a line may be broken.
            brackets += {"(": 1, "[": 1, ")": -1, "]": -1}.get(text, 0)
            if kind not in ("blank", "newline") or (kind == "newline" and brackets <= 0):
                self.tokens.append((kind, text, line, at))
            line += kind == "newline"
            at = match.end()
        self.tokens += [("newline", "the end", line, at), ("word", "end", line, at)]

    def error(self, expected):
        _, text, line, _ = self.tokens[self.at]
        raise unreadable(line, "expected %s, received %s" % (expected, "a new line" if text == "\n" else text))

    def take(self, *texts):
        kind, text = self.tokens[self.at][:2]
        found = kind in ("word", "mark") and text in texts
        self.at += found
        return text if found else None

    def expect(self, text):
        return self.take(text) or self.error(text)

    def name(self, wanted="a name"):
        kind, text = self.tokens[self.at][:2]
        if kind != "word" or text in RESERVED:
            self.error(wanted)
        self.at += 1
        return text

    def block(self, *ends):
        steps = []
        while True:
            while self.tokens[self.at][0] == "newline":
                self.at += 1
            kind, word, line, _ = self.tokens[self.at]
            if self.take(*ends):
                self.at -= ends != ("done",)
                return steps
            read = getattr(self, "read_" + word, None) if kind == "word" else None
            self.at += 1 if read else self.error(ends[-1] if word == "end" else "a statement")
            steps.append((line, read()))
            if self.tokens[self.at][0] != "newline":
                self.error("a new line")

    def read_rule(self):
        line, name, outside = self.tokens[self.at][2], self.name(), self.variables
        if self.in_rule or name in self.rules or name in BUILT_IN:
            raise unreadable(line, "a rule within a rule" if self.in_rule else "there is a rule %s already" % name)
        parameters = self.expect("(") and self.several(")", self.name)
        self.variables, self.in_rule = set(parameters), True
        self.rules[name] = (parameters, self.block("done"))
        self.variables, self.in_rule = outside, False
        return lambda values: None

    def read_let(self):
        name, _, value = self.name(), self.expect("be"), self.expression()
        self.variables.add(name)
        return lambda values: values.__setitem__(name, value(values))

    def read_when(self):
        branches = []
        while not branches or self.take("otherwhen"):
            branches.append((self.expression(), self.block("otherwhen", "otherwise", "done")))
        if self.take("otherwise"):
            branches.append((lambda values: True, self.block("done")))
        else:
            self.expect("done")

        def step(values):
            for condition, steps in branches:
                if need(condition(values), bool):
                    return run(steps, values)

        return step

    def read_each(self):
        name, _, items = self.name(), self.expect("in"), self.expression()
        self.variables.add(name)

        def turns(values):
            for item in need(items(values), tuple, str):
                yield values.__setitem__(name, item)

        return loop(turns, self.block("done"))

    def read_while(self):
        condition = self.expression()
        return loop(lambda values: iter(lambda: need(condition(values), bool), False), self.block("done"))

    def read_give(self):
        value = self.expression() if self.in_rule else self.error("a rule around give")
        return lambda values: (value(values),)

    def read_say(self):
        value = self.expression()
        return lambda values: print(BUILT_IN["text"][1](value(values)))

    def read_fail(self):
        value = self.expression()
        return lambda values: stop(Fault("failed", need(value(values), str)))

    def read_halt(self):
        return lambda values: stop(Stop(0))

    def read_check(self):
        _, _, line, start = self.tokens[self.at]
        actual = self.expression(SUM)
        said = " ".join(self.source[start : self.tokens[self.at][3]].split())
        _, expected = self.expect("is"), self.expression(SUM)

        def step(values):
            received, wanted = actual(values), expected(values)
            if not same(received, wanted):
                text = "check failed at line %d: %s\n  expected %s\n  received %s\n"
                raise Stop(1, text % (line, said, show(wanted), show(received)))

        return step

    def expression(self, binding=1):
        if self.take("not"):
            operand = self.expression(NOT)
            left = lambda values: not need(operand(values), bool)
        elif self.take("-"):
            operand = self.expression(MINUS)
            left = lambda values: -need(operand(values), int)
        else:
            left = self.operand()
        while BINDING.get(self.tokens[self.at][1], 0) >= binding:
            sign = self.take(*BINDING)
            name = "is not" if sign == "is" and self.take("not") else sign
            left = binary(name, left, self.expression(BINDING[sign] + 1))
        return left

    def operand(self):
        value = self.value()
        while self.take("["):
            value = (lambda whole, place: lambda values: item_of(whole(values), place(values)))(value, self.expression())
            self.expect("]")
        return value

    def several(self, end, read):
        items = []
        while not self.take(end):
            items and self.expect(",")
            items.append(read())
        return items

    def value(self):
        kind, text, line, _ = self.tokens[self.at]
        if kind in ("number", "text") or text in ("yes", "no", "nothing"):
            self.at += 1
            return lambda values, constant=constant_of(kind, text): constant
        if self.take("("):
            inner, _ = self.expression(), self.expect(")")
            return inner
        if self.take("["):
            items = self.several("]", self.expression)
            return lambda values: tuple(item(values) for item in items)
        name = self.name("a value")
        if self.take("("):
            arguments = self.several(")", self.expression)
            self.calls.append((line, name, len(arguments)))
            return lambda values: self.call(name, [argument(values) for argument in arguments])
        if name not in self.variables:
            raise unreadable(line, "nothing is called %s here" % name)
        return lambda values: values[name] if name in values else stop(Fault("unset", "%s has no value yet" % name))

    def call(self, name, arguments):
        if name in BUILT_IN:
            return BUILT_IN[name][1](*arguments)
        parameters, steps = self.rules[name]
        self.depth += 1
        try:
            if self.depth > MAX_CALLS:
                raise Fault("too-deep", "more than %d calls within each other" % MAX_CALLS)
            given = run(steps, dict(zip(parameters, arguments)))
            return given and given[0]
        finally:
            self.depth -= 1


def unreadable(line, message):
    return Stop(2, "line %d: %s\n" % (line, message))


def constant_of(kind, text):
    if kind == "text":
        return re.sub(r"\\(.)", lambda escape: {"n": "\n"}.get(escape[1], escape[1]), text[1:-1])
    return int(text) if kind == "number" else {"yes": True, "no": False, "nothing": None}[text]


def binary(sign, a, b):
    if sign in ("and", "or"):
        # What comes second is only looked at when it decides.
        return lambda values: need(b(values), bool) if need(a(values), bool) == (sign == "and") else sign == "or"
    return lambda values: combine(sign, a(values), b(values))


def loop(turns, steps):
    def step(values):
        for _ in turns(values):
            given = run(steps, values)
            if given is not None:
                return given

    return step


def run(steps, values):
    for line, step in steps:
        try:
            given = step(values)
        except Fault as fault:
            fault.line = fault.line or line
            raise
        if given is not None:
            return given


def main(arguments):
    path = arguments[-1]
    try:
        with open(0 if path == "-" else path, encoding="utf-8", errors="replace") as file:
            program = Program(file.read())
        return Stop(0) if "--check" in arguments else Stop(0, run(program.steps, {}) or "")
    except Stop as end:
        return end
    except Fault as fault:
        return Stop(1, "fault[%s] at line %d: %s\n" % (fault.kind, fault.line, fault))
    except RecursionError:
        return Stop(2, "nested too deep\n")
    except MemoryError:
        return Stop(1, "out of memory\n")


if __name__ == "__main__":
    sys.setrecursionlimit(5000)
    end = main(sys.argv[1:])
    sys.stdout.write(end.text)
    sys.exit(end.status)

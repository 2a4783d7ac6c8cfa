import { pythonText } from './python-value.ts';

/** What the tests of an EvalPlus task are made of. */
export interface EvalplusTests {
  readonly dataset: 'humaneval' | 'mbpp';
  readonly entryPoint: string;
  /** A whole program that defines the reference solution. */
  readonly reference: string;
  /** Each the literal of a tuple of arguments. */
  readonly inputs: readonly string[];
  /** Absolute tolerance for floats; 0 = 1e-6 where the expected value is made of floats, else none. */
  readonly tolerance: number;
}

/** Tasks whose answer is compared as a set. */
const AS_SETS = new Set([
  'similar_elements',
  'find_char_long',
  'common_in_nested_lists',
  'extract_singly',
  'larg_nnum',
  'intersection_array',
  'find_dissimilar',
  'Diff',
]);
/** Tasks that answer with a match object or a truth: only whether there is an answer counts. */
const AS_PRESENCE = new Set(['check_str', 'text_match_three', 'text_starta_endb']);

/**
 * A self-contained program (without numpy) that compares the function with the reference on every input, each on a copy of its
 * own, so that a function which changes its arguments harms only itself. The oracle is EvalPlus's: equal; else close within
 * the tolerance and of the same type and length; and its exceptions for tasks with several right answers: a zero of a polynomial
 * (HumanEval/32), eight tasks of MBPP compared as sets, three by whether there is an answer at all, and Mbpp/164, 295, 558 and
 * 581, whose words allow another reading.
 */
export function evalplusTests({ dataset, entryPoint, reference, inputs, tolerance }: EvalplusTests): string {
  return `def _codejury_tests():
    # The candidate may have functions of these names.
    from builtins import abs, all, bool, complex, dict, enumerate, exec, float, int, isinstance, iter, len, list
    from builtins import Exception, repr, round, set, str, sum, tuple, type, zip

    names = {"__name__": "_codejury_reference"}
    exec(${pythonText(reference)}, names)
    reference = names[${pythonText(entryPoint)}]

    def fresh(value):
        kind = type(value)
        if kind in (list, tuple, set):
            return kind([fresh(item) for item in value])
        if kind is dict:
            return {key: fresh(item) for key, item in value.items()}
        return value

    class Arguments:
        def __init__(self, values):
            self.values = values

        def __iter__(self):
            return iter(fresh(self.values))

        def __repr__(self):
            return repr(self.values)

    def all_floats(value):
        if type(value) in (list, tuple):
            return len(value) > 0 and all(isinstance(item, float) for item in value)
        return isinstance(value, float)

    def close(actual, expected, tolerance):
        if isinstance(expected, (list, tuple)):
            return (
                isinstance(actual, (list, tuple))
                and len(actual) == len(expected)
                and all(close(a, e, tolerance) for a, e in zip(actual, expected))
            )
        if not isinstance(actual, (int, float, complex)) or not isinstance(expected, (int, float, complex)):
            return False
        return actual == expected or abs(actual - expected) <= tolerance + 1e-07 * abs(expected) < float("inf")

    def equal_or_close(actual, expected):
        if actual == expected:
            return True
        tolerance = ${tolerance === 0 ? '1e-06 if all_floats(expected) else 0' : tolerance}
        return tolerance != 0 and type(actual) == type(expected) and close(actual, expected, tolerance)

    def right(actual, expected, values):
${indented(oracle(dataset, entryPoint, tolerance), 8)}

    class Expected:
        def __init__(self, value, values):
            self.value = value
            self.values = values

        def __eq__(self, actual):
            try:
                return bool(right(actual, self.value, self.values))
            except Exception:
                return False

        def __repr__(self):
            return repr(self.value)

    for values in [
${inputs.map((input) => `        ${input},\n`).join('')}    ]:
        arguments = Arguments(values)
        expected = Expected(reference(*arguments), values)
        assert expected == ${entryPoint}(*arguments)


_codejury_tests()
`;
}

function oracle(dataset: EvalplusTests['dataset'], entryPoint: string, tolerance: number): string {
  if (dataset === 'humaneval' && entryPoint === 'find_zero') {
    return `(coefficients,) = values
return abs(sum(factor * actual**power for power, factor in enumerate(coefficients))) <= ${tolerance}`;
  }
  if (dataset === 'humaneval') {
    return 'return equal_or_close(actual, expected)';
  }
  if (AS_SETS.has(entryPoint)) {
    return 'return set(actual) == set(expected) or equal_or_close(actual, expected)';
  }
  if (AS_PRESENCE.has(entryPoint)) {
    return 'return (expected is not None) == (actual if isinstance(actual, bool) else actual is not None)';
  }
  switch (entryPoint) {
    case 'are_equivalent':
      return 'return True';
    case 'sum_div':
      return 'return actual == 0 or equal_or_close(actual, expected)';
    case 'surface_Area':
      return `edge, height = values
slant = ((edge / 2) ** 2 + height**2) ** 0.5
upright = round(edge**2 + 2 * edge * slant)
return abs(actual - upright) <= ${tolerance} or equal_or_close(actual, expected)`;
    case 'digit_distance_nums':
      return `a, b = (str(value) for value in values)
width = max(len(a), len(b))
padded = sum(abs(int(x) - int(y)) for x, y in zip(a.zfill(width), b.zfill(width)))
return actual == padded or equal_or_close(actual, expected)`;
    default:
      return 'return equal_or_close(actual, expected)';
  }
}

function indented(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => ' '.repeat(width) + line)
    .join('\n');
}

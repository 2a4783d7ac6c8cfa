import { describe, expect, it } from 'vitest';
import { findLanguage } from '../lang/find-language.ts';
import { type CleanedText, cleanText } from './clean-text.ts';

interface Answer {
  readonly language: string;
  readonly signature: string;
  readonly text: string;
  readonly prompt?: string;
  readonly form?: 'chat' | 'completion';
}

async function clean({ language, signature, text, prompt, form = 'chat' }: Answer): Promise<CleanedText> {
  const task = { id: 't', signature, entryPoint: null, prompt: prompt ?? null, language };
  return cleanText({ task, language: findLanguage(language), text, form });
}

/** The accepted code, after checking that cleaning it again changes nothing. */
async function accepted(answer: Answer): Promise<string> {
  const cleaned = await clean(answer);
  expect(cleaned.rejected).toBeNull();
  expect(await clean({ ...answer, form: 'chat', text: cleaned.code })).toEqual(cleaned);
  return cleaned.code;
}

const python = (text: string): Answer => ({ language: 'python', signature: 'def fib(n: int) -> int:', text });

describe('Python answers', () => {
  it('unpacks an indented block, drops reasoning, main, asserts and what is not used', async () => {
    const text = `<think>
Maybe def fib(n): return 1?
</think>
Here's how:

1. First:

   \`\`\`python
   from functools import lru_cache
   from typing import List, Optional
   import sys

   sys.setrecursionlimit(10_000)
   UNUSED = {}

   @lru_cache(maxsize=None)
   def fib(n: int) -> int:
       """Fib."""
       return n if n < 2 else fib(n - 1) + fib(n - 2)

   if __name__ == "__main__":
       print(fib(10))
   assert fib(3) == 2
   \`\`\`

Hope that helps!`;
    expect(await accepted(python(text))).toBe(`from functools import lru_cache
import sys

sys.setrecursionlimit(10_000)

@lru_cache(maxsize=None)
def fib(n: int) -> int:
    """Fib."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)`);
  });

  it('keeps helpers, classes, constants and imports that are used, in order, and no example data', async () => {
    const text = `\`\`\`python
import math
from typing import Dict, Iterator

memo: Dict[int, int] = {}
memo[0] = 0
n = 12
LIMIT = math.inf

class Step:
    def __init__(self, a): self.a = a

def helper(k):
    return Step(k).a

def fib(n):
    if n in memo: return memo[n]
    return helper(n)

result = fib(n)
def test_fib(): assert fib(1) == 1
\`\`\``;
    expect(await accepted(python(text))).toBe(`from typing import Dict, Iterator

memo: Dict[int, int] = {}
memo[0] = 0

class Step:
    def __init__(self, a): self.a = a

def helper(k):
    return Step(k).a

def fib(n):
    if n in memo: return memo[n]
    return helper(n)`);
  });

  it.each([
    [
      'prose around bare code',
      "Here's a function that's good:\n\ndef fib(n):\n    return n\n\nIsn't that it?",
    ],
    ['a fence the prompt had opened', "def fib(n):\n    return n\n```\nThis doesn't do much."],
    ['~~~', '~~~\ndef fib(n):\n    return n\n~~~'],
    ['an unclosed last fence', 'Sure:\n```py\ndef fib(n):\n    return n'],
    ['a fence closed on the last line of code', '```python\ndef fib(n):\n    return n```'],
    [
      'a block in another language first',
      '```bash\npip install x\n```\n```python\ndef fib(n):\n    return n\n```',
    ],
    ['a markdown block around it', '```markdown\n# Answer\n```python\ndef fib(n):\n    return n\n```\n```'],
    [
      'colours and a leaked end token',
      '\u001b[32mdef fib(n):\u001b[0m\n    return n<|im_end|>\nuser: thanks',
    ],
    ['windows line ends', '```python\r\ndef fib(n):\r\n    return n\r\n```'],
    [
      'reasoning that the prompt had opened',
      'I could write def fib(n): 1\n</think>\ndef fib(n):\n    return n',
    ],
    ['a stub before the real one', 'def fib(n):\n    pass\n\ndef fib(n):\n    return n'],
    ['another function before it', 'def main():\n    print(fib(3))\n\ndef fib(n):\n    return n'],
    ['another number of parameters before it', 'def fib(a, b):\n    return a\n\ndef fib(n):\n    return n'],
  ])('finds the function with %s', async (_what, text) => {
    expect(await accepted(python(text))).toBe('def fib(n):\n    return n');
  });

  it('keeps a docstring that shows a fence, and every line of a string', async () => {
    const code = 'def fib(n):\n    """Example:\n```\nfib(1)\n```\n    """\n    return n';
    expect(await accepted(python(code))).toBe(code);
    const inClass = 'class A:\n    def fib(self, n):\n        return """a\n  b"""';
    const signature = 'def fib(self, n):';
    expect(await accepted({ ...python(inClass), signature })).toBe(
      'def fib(self, n):\n    return """a\n  b"""',
    );
  });

  it('takes helpers from other blocks, and versions from the same block', async () => {
    const text =
      '```python\ndef h(n):\n    return n\n```\nThen:\n```python\ndef fib(n):\n    return h(n)\n```';
    expect(await accepted(python(text))).toBe('def h(n):\n    return n\n\ndef fib(n):\n    return h(n)');
  });

  it('takes the next best function when none has the name, and gives it that name', async () => {
    const text =
      '```python\ndef main():\n    fibonacci(3)\n\ndef pair(a, b):\n    return a\n\ndef fibonacci(n):\n    return n\n```';
    expect((await clean(python(text))).code).toBe('def fib(n):\n    return n');
  });
});

describe('Python completions', () => {
  const prompt =
    'from typing import List\n\n\ndef fib(n: int) -> List[int]:\n    """ Fibonacci\n    numbers. """\n';
  const head =
    'from typing import List\n\ndef fib(n: int) -> List[int]:\n    """ Fibonacci\n    numbers. """\n';

  it.each([
    ['the body', '    return [n]\n\n# Test\nprint(fib(3))\n'],
    ['the body, its first indentation lost', 'return [n]'],
    ['the body and then rubbish', '    return [n]\n\nif x == (\n'],
    ['the end of the prompt again', ' Fibonacci\n    numbers. """\n    return [n]\n'],
  ])('joins the prompt and %s', async (_what, text) => {
    const answer: Answer = { ...python(text), prompt, form: 'completion' };
    expect(await accepted(answer)).toBe(`${head}    return [n]`);
  });

  it('keeps a helper that follows', async () => {
    const text = '    return h(n)\n\ndef h(n):\n    return [n]\n\nfib(3)\n';
    expect(await accepted({ ...python(text), prompt, form: 'completion' })).toBe(
      `${head}    return h(n)\n\ndef h(n):\n    return [n]`,
    );
  });

  it.each([
    ['repeats the function', 'def fib(n):\n    return [n]\n'],
    ['repeats it indented', '    def fib(n):\n        return [n]\n'],
    ['answers in a fence', "Here's the code:\n```python\ndef fib(n):\n    return [n]\n```\n"],
  ])('takes what the model wrote when it %s', async (_what, text) => {
    const answer: Answer = { ...python(text), prompt, form: 'completion' };
    expect(await accepted(answer)).toBe('def fib(n):\n    return [n]');
  });

  it('continues the signature when there is no prompt', async () => {
    expect(await accepted({ ...python('    return n'), form: 'completion' })).toBe(
      'def fib(n: int) -> int:\n    return n',
    );
  });
});

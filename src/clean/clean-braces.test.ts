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

const java = (text: string): Answer => ({
  language: 'java',
  signature: 'public static int f(int n) {',
  text,
});

describe('Java and C#', () => {
  it('takes a method out of its class with the members, classes and imports it needs', async () => {
    const text = `\`\`\`java
package demo;

import java.util.*;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

public class Solution {
    private static final Map<Integer, Integer> memo = new HashMap<>();
    static int unused;

    /** Sums. */
    @Deprecated
    public static int f(int n) {
        return memo.computeIfAbsent(n, k -> sum(new Node(k)));
    }

    private static int sum(Node node) { return IntStream.rangeClosed(1, node.v).sum(); }

    public static void main(String[] args) {
        System.out.println(f(3));
    }
}

class Node { int v; Node(int v) { this.v = v; } }
\`\`\``;
    expect(await accepted(java(text))).toBe(`import java.util.*;
import java.util.stream.IntStream;

private static final Map<Integer, Integer> memo = new HashMap<>();

/** Sums. */
@Deprecated
public static int f(int n) {
    return memo.computeIfAbsent(n, k -> sum(new Node(k)));
}

private static int sum(Node node) { return IntStream.rangeClosed(1, node.v).sum(); }

static class Node { int v; Node(int v) { this.v = v; } }`);
  });

  it('leaves out imports that the prompt has', async () => {
    const text =
      'import java.util.List;\nimport java.util.stream.Collectors;\nint f(List<Integer> n) {\n  return n.size();\n}';
    const prompt = 'import java.util.*;\n\nclass A {\n    int f(List<Integer> n) {\n';
    expect(await accepted({ ...java(text), prompt })).toBe('int f(List<Integer> n) {\n  return n.size();\n}');
  });

  it('joins a completion with the class that the prompt opened', async () => {
    const prompt = 'import java.util.*;\n\nclass A {\n    // Doubles.\n    public static int f(int n) {\n';
    for (const end of [
      '    }\n}',
      '    }\n',
      '    }\n\n    public static void main(String[] a) {\n        f(',
    ]) {
      const answer: Answer = { ...java(`        return 2 * n;\n${end}`), prompt, form: 'completion' };
      expect(await accepted(answer)).toBe('public static int f(int n) {\n    return 2 * n;\n}');
    }
  });

  it('keeps overloads that the method calls', async () => {
    const code = 'int f(int n) {\n  return f(n, 1);\n}\n\nint f(int n, int k) {\n  return n * k;\n}';
    expect(await accepted(java(`It isn't hard:\n\n${code}\n\nThat's all (see f).`))).toBe(code);
  });

  it('takes a C# method out of namespace and class', async () => {
    const text =
      '```csharp\nusing System;\n\nnamespace Demo\n{\n    public class Program\n    {\n        private static int One => 1;\n\n        /// <summary>Adds</summary>\n        [Pure]\n        public static int F(int n) => n + One;\n\n        static void Main() { Console.WriteLine(F(3)); }\n    }\n}\n```';
    expect(await accepted({ language: 'csharp', signature: 'public static int F(int n)', text })).toBe(
      'using System;\n\nprivate static int One => 1;\n\n/// <summary>Adds</summary>\n[Pure]\npublic static int F(int n) => n + One;',
    );
  });
});

describe('other languages', () => {
  it.each<[string, string, string, string]>([
    [
      'javascript',
      'function add(a, b) {',
      'const top = 10;\n\n/** Adds. */\nexport function add(a, b) {\n  return clamp(a + b);\n}\nconst clamp = (x) => Math.min(x, top);\nconst result = add(1, 2);\nconsole.log(result);\nmodule.exports = { add };',
      'const top = 10;\n\n/** Adds. */\nfunction add(a, b) {\n  return clamp(a + b);\n}\n\nconst clamp = (x) => Math.min(x, top);',
    ],
    [
      'javascript',
      'const add = (a, b) => {',
      "const add = (a, b) => a + b;\nadd('`', 1)",
      'const add = (a, b) => a + b;',
    ],
    [
      'typescript',
      'function pick<T>(xs: T[], f: Test<T>): T | null {',
      'interface Unused { a: number }\ntype Test<T> = (x: T) => boolean;\nexport function pick<T>(xs: T[], f: Test<T>): T | null {\n  return xs.find(f) ?? null;\n}\nconsole.log(pick([1], (x) => x > 0));',
      'type Test<T> = (x: T) => boolean;\n\nfunction pick<T>(xs: T[], f: Test<T>): T | null {\n  return xs.find(f) ?? null;\n}',
    ],
    [
      'go',
      'func Max(xs []int) int {',
      'package main\n\nimport (\n\t"fmt"\n\t"sort"\n)\n\ntype byValue []int\n\nfunc (b byValue) Len() int { return len(b) }\n\n// Max returns it.\nfunc Max(xs []int) int {\n\tsort.Sort(byValue(xs))\n\treturn xs[0]\n}\n\nfunc main() {\n\tfmt.Println(Max([]int{1}))\n}',
      'import "sort"\n\ntype byValue []int\n\nfunc (b byValue) Len() int { return len(b) }\n\n// Max returns it.\nfunc Max(xs []int) int {\n\tsort.Sort(byValue(xs))\n\treturn xs[0]\n}',
    ],
    [
      'rust',
      'fn count(p: &P) -> i32 {',
      'use std::fmt;\n\n#[derive(Debug)]\nstruct P { x: i32 }\n\nimpl P { fn get(&self) -> i32 { self.x } }\n\nstruct Unused;\n\n/// Counts.\n#[inline]\npub fn count(p: &P) -> i32 {\n    p.get()\n}\n\nfn main() { println!("{}", count(&P { x: 1 })); }\n\n#[cfg(test)]\nmod tests { #[test] fn t() {} }',
      'use std::fmt;\n\n#[derive(Debug)]\nstruct P { x: i32 }\n\nimpl P { fn get(&self) -> i32 { self.x } }\n\n/// Counts.\n#[inline]\npub fn count(p: &P) -> i32 {\n    p.get()\n}',
    ],
    [
      'cpp',
      'int sum(int n, std::map<int, int> m) {',
      '#include <map>\nusing namespace std;\n\nstruct Acc { int v = 0; };\n\ntemplate <typename T>\nT twice(T x) { return x + x; }\n\nint sum(int n, map<int, int> m = {}) {\n    Acc a;\n    return twice(a.v);\n}\n\nint main() {\n    cout << sum(3);\n}',
      '#include <map>\nusing namespace std;\n\nstruct Acc { int v = 0; };\n\ntemplate <typename T>\nT twice(T x) { return x + x; }\n\nint sum(int n, map<int, int> m = {}) {\n    Acc a;\n    return twice(a.v);\n}',
    ],
  ])('%s: %s', async (language, signature, text, code) => {
    const fence = findLanguage(language).fences[0];
    expect(
      await accepted({ language, signature, text: `Sure!\n\`\`\`${fence}\n${text}\n\`\`\`\nIt's done.` }),
    ).toBe(code);
    expect(await accepted({ language, signature, text })).toBe(code);
  });
});

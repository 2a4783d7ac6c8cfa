import { describe, expect, it } from 'vitest';
import { chatGeneratorPrompt, completionGeneratorPrompt } from './generator.ts';
import { zeroShotJudgePrompt } from './zero-shot-judge.ts';

const python = { displayName: 'Python', fence: 'python', lineComment: '#' };
const none = { documents: [], examples: [] };
// Text that a careless template would interpret.
const tricky = {
  description: 'Costs $& and $1 {signature}.',
  signature: 'def f(x: dict) -> str:',
  prompt: null,
};

describe('zeroShotJudgePrompt', () => {
  it('has instruction, description, signature and candidate in this order and ends with the cue', () => {
    const { shared, own } = zeroShotJudgePrompt(tricky, 'def f(x):\n    return x\n\n');
    expect(shared + own).toMatch(
      /^Decide [\s\S]*\n# Description:\nCosts \$& and \$1 \{signature\}\.\n\n# Signature:\ndef f\(x: dict\) -> str:\n\n# Candidate:\ndef f\(x\):\n {4}return x\n\n# Output:\n[\s\S]*0 or 1\?$/,
    );
  });

  it('shares everything before the candidate between candidates of a task', () => {
    const a = zeroShotJudgePrompt(tricky, 'a');
    const b = zeroShotJudgePrompt(tricky, 'b');
    expect(a.shared).toBe(b.shared);
    expect(a.shared.endsWith('# Candidate:\n')).toBe(true);
  });
});

describe('chatGeneratorPrompt', () => {
  it('asks in one user message, taking the texts as they are', () => {
    const prompt = chatGeneratorPrompt(tricky, python, none);
    expect(prompt).toEqual({
      kind: 'chat',
      messages: [
        {
          role: 'user',
          content:
            'Write a Python function with the signature `def f(x: dict) -> str:` that does the following: Costs $& and $1 {signature}.',
        },
      ],
    });
  });

  it('does not speak of a signature where there is none', () => {
    const prompt = chatGeneratorPrompt({ ...tricky, signature: '' }, python, none);
    expect(prompt).toMatchObject({
      messages: [
        { content: expect.stringMatching(/^Write a Python function that does the following: Costs/) },
      ],
    });
  });

  it('puts documentation into the system message and examples into earlier turns', () => {
    const prompt = chatGeneratorPrompt(tricky, python, {
      documents: [{ name: 'a.md', text: 'All about it.' }],
      examples: [
        {
          task: { description: 'Add.', signature: 'def add(a, b):' },
          solution: 'def add(a, b):\n    return a + b\n',
        },
      ],
    });
    const messages = prompt.kind === 'chat' ? prompt.messages : [];
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages[0]?.content).toBe('Documentation of Python:\n\nAll about it.');
    expect(messages[2]?.content).toBe('```python\ndef add(a, b):\n    return a + b\n```');
  });
});

describe('completionGeneratorPrompt', () => {
  it('ends with what the model continues: the benchmark’s own prompt, or comment and signature', () => {
    const own = completionGeneratorPrompt({ ...tricky, prompt: 'def f(x):\n    """Doc."""\n' }, python, none);
    expect(own).toEqual({ kind: 'text', text: 'def f(x):\n    """Doc."""\n' });
    const derived = completionGeneratorPrompt(tricky, python, {
      documents: [{ name: 'a.md', text: 'Two\nlines' }],
      examples: [],
    });
    expect(derived).toEqual({
      kind: 'text',
      text: '# Two\n# lines\n\n# Costs $& and $1 {signature}.\ndef f(x: dict) -> str:\n',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { createExampleIndex, type Example } from './example-index.ts';
import { retrieveExamples } from './retrieve-examples.ts';

function example(taskId: string, id: string, label: 0 | 1, text: string): Example {
  return { taskId, id, label, tokens: text.split(' ') };
}

function retrieve(examples: readonly Example[], text: string, taskId = 'query') {
  const index = createExampleIndex(examples, { trivialCount: 0 });
  const { correct, incorrect } = retrieveExamples({ taskId, tokens: text.split(' ') }, index);
  return { correct: correct.example.id, incorrect: incorrect.example.id };
}

const far = example('other', 'far', 1, 'x y z');

describe('retrieveExamples', () => {
  it('takes the most similar one of another task, and its most similar opposite in that task', () => {
    const examples = [
      far,
      example('query', 'own', 0, 'a b c d e'),
      example('near', 'best', 1, 'a b c d'),
      example('near', 'unlike', 0, 'x y'),
      example('near', 'like', 0, 'a b c'),
      example('third', 'closer opposite', 0, 'a b c d x'),
    ];
    expect(retrieve(examples, 'a b c d e')).toEqual({ correct: 'best', incorrect: 'like' });
  });

  it('starts from an incorrect one when that is the most similar', () => {
    const examples = [far, example('near', 'right', 1, 'x'), example('near', 'wrong', 0, 'a b c d')];
    expect(retrieve(examples, 'a b c d')).toEqual({ correct: 'right', incorrect: 'wrong' });
  });

  it('without an opposite in the task takes the most similar one anywhere else, never of the own task', () => {
    const examples = [
      far,
      example('near', 'best', 1, 'a b c d'),
      example('query', 'own', 0, 'a b c d'),
      example('third', 'other opposite', 0, 'a b x'),
      example('fourth', 'worse opposite', 0, 'x y z'),
    ];
    expect(retrieve(examples, 'a b c d')).toEqual({ correct: 'best', incorrect: 'other opposite' });
  });

  it('gives a pair even when nothing is similar', () => {
    const examples = [example('b', '1', 0, 'x'), example('a', '2', 1, 'y'), example('a', '3', 0, 'z')];
    expect(retrieve(examples, 'q')).toEqual({ correct: '2', incorrect: '3' });
  });

  it('says what is missing', () => {
    expect(() => retrieve([example('query', '1', 1, 'a')], 'a')).toThrow('no example of a task other');
    expect(() => retrieve([example('t', '1', 1, 'a'), example('query', '2', 0, 'a')], 'a')).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'all examples of tasks other than query are correct',
      }),
    );
    expect(() => retrieve([example('t', '1', 0, 'a')], 'a')).toThrow('are incorrect');
  });
});

import { describe, expect, it } from 'vitest';
import { customLanguageSchema } from '../contracts/custom-language.ts';

const smallest = {
  id: 'rules',
  extension: '.rules',
  blockStyle: 'braces',
  functionPattern: '^\\s*rule\\s+(?<name>\\w+)',
};

function messagesOf(input: unknown): string {
  return JSON.stringify(customLanguageSchema.safeParse(input).error?.issues ?? null);
}

describe('customLanguageSchema', () => {
  it('fills in what was left out', () => {
    expect(customLanguageSchema.parse(smallest)).toEqual({
      ...smallest,
      lineComment: null,
      blockComment: null,
      strings: ['"', "'"],
      endKeyword: null,
      blockKeywords: [],
      importPattern: null,
      runner: null,
    });
  });

  it('wants endKeyword with blockStyle keyword, and only then', () => {
    expect(messagesOf({ ...smallest, blockStyle: 'keyword' })).toContain('endKeyword');
    expect(messagesOf({ ...smallest, endKeyword: 'end' })).toContain('endKeyword');
    expect(
      customLanguageSchema.safeParse({ ...smallest, blockStyle: 'keyword', endKeyword: 'end' }).success,
    ).toBe(true);
  });

  it('wants a group named name, a valid pattern and no unknown key', () => {
    expect(messagesOf({ ...smallest, functionPattern: '^rule (\\w+)' })).toContain('(?<name>');
    expect(messagesOf({ ...smallest, functionPattern: '^rule (?<name>' })).toContain('regular expression');
    expect(messagesOf({ ...smallest, commentt: '#' })).toContain('commentt');
  });
});

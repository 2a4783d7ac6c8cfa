import { describe, expect, it } from 'vitest';
import { findLanguage } from '../lang/find-language.ts';
import { cleanText } from './clean-text.ts';

async function clean(language: string, signature: string, text: string) {
  return cleanText({
    task: { id: 't', signature, entryPoint: null, prompt: null, language },
    language: findLanguage(language),
    text,
    form: 'chat',
  });
}

describe('languages that are built in without a grammar', () => {
  it('finds a Lua function with its helper, blocks counted', async () => {
    const helper = 'local function twice(x)\n  return 2 * x\nend';
    const code =
      'function f(list)\n  for _, x in ipairs(list) do\n    if x > 1 then\n      return twice(x)\n    end\n  end\nend';
    const cleaned = await clean(
      'lua',
      'function f(list)',
      `Here:\n\`\`\`lua\n${helper}\n\n${code}\nprint(f({1}))\n\`\`\``,
    );
    expect(cleaned).toMatchObject({ code: `${helper}\n\n${code}`, rejected: null });
    const cut = await clean('lua', 'function f(list)', code.replace(/\nend$/, ''));
    expect(cut.rejected?.reason).toBe('incomplete');
  });

  it('finds a Ruby method, though its modifiers look like blocks', async () => {
    const code =
      'def f(list)\n  return 0 if list.empty?\n  list.each do |x|\n    puts x # end\n  end\n  list.size\nend';
    const cleaned = await clean('rb', 'def f(list)', `\`\`\`ruby\n${code}\nf([])\n\`\`\``);
    expect(cleaned).toMatchObject({ code, rejected: null });
  });
});

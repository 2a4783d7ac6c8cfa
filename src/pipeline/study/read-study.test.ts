import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { faultOf } from '../../../test/support/fault-of.ts';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { studyConfigSchema } from '../../contracts/study-config.ts';
import { readStudy } from './read-study.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const fileOf = (text: string) => {
  writeFileSync(folder.path('study.yaml'), text);
  return folder.path('study.yaml');
};

describe('a study file', () => {
  const page = readFileSync(new URL('../../../docs/studies.md', import.meta.url), 'utf8');
  const documented = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';

  it('is documented with every field, and as it is read', async () => {
    expect(Object.keys(parse(documented))).toEqual(Object.keys(studyConfigSchema.shape));
    const { config } = await readStudy(fileOf(documented));
    const least = { name: config.name, tasks: config.tasks, generators: config.generators };
    const { largeModels: _large, judges: _judges, prices: _prices, costs, ...rest } = config;
    const defaults = studyConfigSchema.parse(least);
    expect(defaults).toMatchObject(rest);
    expect(defaults.costs).toEqual({ ...costs, models: {}, seconds: [] });
  });

  it.each([
    ['two judges of one name', { judges: [judge('a'), judge('A')] }, 'judges: A is there twice'],
    ['a larger model that is called like a generator', { largeModels: [judge('writer')] }, 'is there twice'],
    ['an order of judges that there are not', { teams: { order: ['b'] } }, 'there is no judge b'],
    ['a writer without model and pool', { generators: [{ name: 'x' }] }, 'expected "model", or "pool"'],
  ])('is refused for %s', async (_what, fields, message) => {
    const config = { name: 'x', tasks: ['t'], generators: [judge('writer')], ...fields };
    expect((await faultOf(readStudy(fileOf(JSON.stringify(config))))).message).toContain(message);
  });
});

function judge(name: string) {
  return { name, model: 'smollm2-135m' };
}

import { packExplorer } from '../../src/report/explorer/pack-explorer.ts';
import { explorerTasks } from './explorer-tasks.ts';

/** The example as a page has it. */
export const { data: explorerData, texts: explorerTexts } = packExplorer({
  tasks: explorerTasks(),
  judges: ['A', 'B'],
  study: { name: 'an example', digest: 'd1' },
});

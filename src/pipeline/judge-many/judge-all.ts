import type { Verdict } from '../../contracts/verdict.ts';
import { throwIfAborted } from '../../errors.ts';
import type { JudgementTable } from '../../store/judgement-table.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { type AskOptions, askJudge } from '../ask-judge.ts';
import type { OpenJudge } from '../open-judge.ts';

export interface JudgeAllOptions extends AskOptions {
  readonly table: JudgementTable;
  readonly tasks: TaskIndex;
  readonly onVerdict: (judge: number, verdict: Pick<Verdict, 'label' | 'latencyMs'>) => void;
}

/**
 * Asks one judge about all candidates of the table, task by task, so that it reads what they share once. As many at once as its
 * engine has use for.
 */
export async function judgeAll(judge: OpenJudge, number: number, options: JudgeAllOptions): Promise<void> {
  const { table, tasks, signal, onVerdict } = options;
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (const { candidateId, taskId, code } of table.pending()) {
    throwIfAborted(signal);
    if (failures.length > 0) break;
    const task = tasks.get(taskId);
    if (task === null) throw new Error(`no task ${taskId}`);
    const asking = askJudge(judge, task, { id: candidateId, code }, options)
      .then((verdict) => {
        table.setVerdict(candidateId, number, JSON.stringify(verdict));
        onVerdict(number, verdict);
      })
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(asking));
    underWay.add(asking);
    if (underWay.size >= judge.model.concurrency) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

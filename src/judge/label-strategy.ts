import { CodejuryError } from '../errors.ts';
import { judgePrompt } from '../prompts/judge-layout.ts';
import { type JudgeTemplate, judgeTemplateHash, labelsOf, layoutOf } from '../prompts/judge-template.ts';
import { askForLabel } from './ask-for-label.ts';
import type { JudgeStrategy } from './judge-strategy.ts';

/**
 * Zero-shot and trained judges: one question, the answer is one of the labels.
 *
 * @throws {CodejuryError} `usage` for a method whose labels nobody named.
 */
export function createLabelStrategy(template: JudgeTemplate): JudgeStrategy {
  const { method, promptKind } = template;
  const labels = labelsOf(template);
  const layout = layoutOf(template);
  if (labels === null || layout === null) {
    throw new CodejuryError('usage', `a judge of the method "${method}" needs its labels`, {
      hint: 'name them in its profile, as `codejury train` does',
    });
  }
  return {
    method,
    templateHash: judgeTemplateHash(template),
    dataDigest: null,
    labels,
    ask: (question) => {
      const { task, code } = question;
      return askForLabel(question, judgePrompt({ layout, task, code }), promptKind, labels);
    },
  };
}

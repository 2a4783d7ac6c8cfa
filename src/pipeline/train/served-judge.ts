import type { LoadedProbe } from '../../judge/probe-strategy.ts';
import type { JudgeTemplate } from '../../prompts/judge-template.ts';
import type { MeasuredJudge } from './measure-trained.ts';

/** What a trained judge is when it is served: how it is asked, and what it earned on validation that way. */
export interface ServedJudge extends MeasuredJudge {
  readonly template: JudgeTemplate;
  readonly templateHash: string;
  /** Of a judge that reads inner states; null for one that answers. */
  readonly probe: LoadedProbe | null;
  /** What was chosen on validation, for the profile's settings. */
  readonly chosen: Readonly<Record<string, string | number>>;
}

import type { Sample } from '../contracts/sample.ts';
import type { Verdict } from '../contracts/verdict.ts';

/** What happens while a team works, for whoever shows progress. */
export type SolveEvent =
  | { readonly kind: 'sample'; readonly sample: Sample; readonly requested: number }
  | { readonly kind: 'candidate'; readonly id: string; readonly rejected: string | null }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'escalating'; readonly model: string }
  | { readonly kind: 'notice'; readonly text: string };

export type OnSolveEvent = (event: SolveEvent) => void;

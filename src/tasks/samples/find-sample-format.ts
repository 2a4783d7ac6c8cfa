import {
  candidateFormat,
  coderEvalSamplesFormat,
  completionFormat,
  generationFormat,
  multiplECompletionsFormat,
  multiplEResultsFormat,
  solutionFormat,
} from './benchmark-samples.ts';
import { codeFormat, datasetCandidateFormat, executedFormat, textFormat } from './own-samples.ts';
import type { SampleFormat } from './sample-format.ts';
import { writtenSolutionsSamples } from './written-solutions-samples.ts';

/** The first whose fields a record has is its format. */
const FORMATS: readonly SampleFormat[] = [
  writtenSolutionsSamples,
  datasetCandidateFormat,
  executedFormat,
  codeFormat,
  textFormat,
  multiplEResultsFormat,
  multiplECompletionsFormat,
  coderEvalSamplesFormat,
  solutionFormat,
  completionFormat,
  generationFormat,
  candidateFormat,
];

/** The format of samples that a record has, told by its fields; null when it has none. */
export function findSampleFormat(record: Readonly<Record<string, unknown>>): SampleFormat | null {
  return FORMATS.find(({ fields }) => fields.every((field) => field in record)) ?? null;
}

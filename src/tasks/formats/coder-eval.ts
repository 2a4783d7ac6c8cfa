import { z } from 'zod';
import type { TestProgram } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { entryPointOf } from '../entry-point-of.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { findJavaProject } from './java-project.ts';
import type { TaskFormat } from './task-format.ts';

const lineNumber = z.union([
  z.int().positive(),
  z.string().regex(/^\d+$/, 'expected a line number').transform(Number),
]);

const recordSchema = z.looseObject({
  _id: z.string().min(1),
  name: z.string(),
  code: z.string().min(1),
  human_label: z.string(),
  file_content: z.string(),
  lineno: lineNumber,
  end_lineno: lineNumber,
  class_name: z.string().nullish(),
  package: z.string().nullish(),
  file_name: z.string().nullish(),
  project: z.string().nullish(),
  level: z.string().nullish(),
});
type CoderEvalRecord = z.infer<typeof recordSchema>;

/**
 * CoderEval Java (`RECORDS[]`): the description is the human label, the signature the first line of the code. Its tests live in
 * projects that the file does not hold. With a checkout the candidate takes the place of the original lines of its file, and
 * `metadata.javaProject` tells the runner what to compile it with and which main decides; without one, or where the checkout
 * lacks the task's project, the task has no tests.
 */
export const coderEvalFormat: TaskFormat = {
  name: 'CoderEval',
  fields: ['_id', 'code', 'human_label', 'file_content', 'lineno', 'end_lineno'],
  toTask: async ({ value }, { place, projectFolder, filesBelow }) => {
    const record = parseStrict(recordSchema, value, place);
    const [first = ''] = record.code.trimStart().split('\n');
    const signature = first.replace(/\s*\{\s*$/, '').trim();
    const program = injection(record, place);
    const javaProject =
      projectFolder === null ? null : await findJavaProject(record, projectFolder, filesBelow, place);
    return benchmarkTask({
      benchmark: 'codereval',
      language: 'java',
      local: record._id,
      sourceId: record._id,
      problem: `codereval/${record._id}`,
      description: record.human_label,
      signature,
      entryPoint: entryPointOf('java', signature) ?? record.name,
      prompt: null,
      before: javaProject === null ? '' : program.before,
      after: javaProject === null ? null : program.after,
      frame: null,
      canonical: record.code,
      licence: null,
      metadata: {
        project: record.project ?? null,
        level: record.level ?? null,
        ...(javaProject === null ? {} : { javaProject }),
      },
    });
  },
};

/**
 * The file around the lines of the method.
 *
 * @throws {CodejuryError} `usage` when these lines are not `code`: the candidate would replace something else.
 */
function injection(record: CoderEvalRecord, place: string): TestProgram {
  const { file_content, lineno, end_lineno, code } = record;
  const lines = file_content.split('\n');
  const span = lines.slice(lineno - 1, end_lineno).join('\n');
  if (withoutBlanks(span) !== withoutBlanks(code)) {
    throw new CodejuryError(
      'usage',
      `${place}: lineno: expected lines ${lineno} to ${end_lineno} of file_content to be code, received ${JSON.stringify(span.trim()).slice(0, 80)}`,
    );
  }
  return {
    before: lines
      .slice(0, lineno - 1)
      .map((line) => `${line}\n`)
      .join(''),
    after: lines.slice(end_lineno).join('\n'),
  };
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { nameInHeader } from './header-of-pattern.ts';
import { FIRST_FUNCTION } from './language-answers.ts';
import { quoteYaml } from './quote-yaml.ts';
import type { ProjectFile } from './write-project.ts';

/** A function of two numbers a and b. */
interface Problem {
  readonly name: string;
  readonly description: string;
  /** In words. */
  readonly tests: string;
}

const TASKS: readonly Problem[] = [
  {
    name: FIRST_FUNCTION,
    description: 'Give the larger of two numbers.',
    tests: '1 and 2 give 2; 5 and 3 give 5; -4 and -9 give -4; 7 and 7 give 7',
  },
  {
    name: 'distance',
    description: 'Give how far apart two numbers are, which is never less than 0.',
    tests: '1 and 4 give 3; 4 and 1 give 3; -2 and 2 give 4; 5 and 5 give 0',
  },
];

const EXAMPLE_FUNCTION = 'half_sum';

/** The tasks and the solved example of a language's project, whose code its owner has to write. */
export function taskFiles(language: CustomLanguage, header: string): ProjectFile[] {
  const { id, displayName = id } = language;
  const start = ({ name, description }: Pick<Problem, 'name' | 'description'>) =>
    `language: ${quoteYaml(id)}
description: >-
  ${description}
signature: ${quoteYaml(renamed(header, name, language.functionPattern))}
`;
  const tasks = TASKS.map((problem) => ({
    path: `tasks/${problem.name}.yaml`,
    content: `id: ${quoteYaml(`${id}/${problem.name}`)}
${start(problem)}entryPoint: ${problem.name}

# FILL IN, below the | and indented: ${displayName} that calls the function and ends with an exit status other than 0 when what it
# gives is wrong. ${problem.tests}.
tests: |

# FILL IN, below the | and indented: the whole function, as it should be.
canonical: |
`,
  }));
  const example = {
    path: 'example.yaml',
    content: `# A solved example for the generator's context. It is no task: what a model was shown must not be asked.
${start({ name: EXAMPLE_FUNCTION, description: 'Give half the sum of two numbers, rounded down.' })}
# FILL IN, below the | and indented: the whole function.
canonical: |
`,
  };
  return [...tasks, example];
}

/** The header with another name of the function, where the pattern finds it. */
function renamed(header: string, name: string, pattern: string): string {
  const found = nameInHeader(pattern, header);
  return found === null ? header : header.slice(0, found.start) + name + header.slice(found.end);
}

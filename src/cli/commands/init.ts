import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';

interface InitFlags {
  readonly yes?: boolean;
  readonly languageId?: string;
  readonly displayName?: string;
  readonly extension?: string;
  readonly lineComment?: string;
  readonly blockStyle?: string;
  readonly endKeyword?: string;
  readonly functionPattern?: string;
  readonly header?: string;
  readonly compile?: string;
  readonly run?: string;
  readonly finished?: string;
  readonly json?: boolean;
}

/** `codejury init`: a project for a language that nobody else has. */
export function addInit(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('make a project for a language of your own: its description, runner, tasks, team')
    .argument('[folder]', 'the folder to make', 'my-language')
    .option('--yes', 'ask nothing: what no flag says has its default')
    .option('--language-id <id>', 'what tasks call it (default: rulescript, an example that works at once)')
    .option('--display-name <name>', 'what people and models call it')
    .option('--extension <.ext>', 'of its files')
    .option('--line-comment <text>', 'what starts a comment, or none')
    .option('--block-style <style>', 'braces, indentation, or keyword (a word ends blocks)')
    .option('--end-keyword <word>', 'the word, for --block-style keyword')
    .option('--function-pattern <regex>', "of a function's first line, the name in (?<name>…)")
    .option('--header <line>', 'the first line of a function larger with the parameters a and b')
    .option('--compile <command>', 'compiles or checks {{file}}, or none')
    .option('--run <command>', 'runs {{file}}, or ./program if that was compiled')
    .option('--finished <statement>', 'prints {{token}}: proof that the tests ran to their end, or none')
    .option('--json', 'print one JSON document')
    .action(async (folder: string, { yes, json, ...given }: InitFlags) => {
      const [{ initProject }, { initReport }, { openConversation }, { CodejuryError }] = await Promise.all([
        import('../../pipeline/init/init-project.ts'),
        import('../render/init-report.ts'),
        import('../ask-on-terminal.ts'),
        import('../../errors.ts'),
      ]);
      if (yes !== true && !process.stdin.isTTY) {
        throw new CodejuryError('usage', 'there is no terminal to ask on', {
          hint: '--yes takes the defaults for what no flag says',
        });
      }
      const conversation =
        yes === true ? null : openConversation(process.stdin, process.stderr, context.signal);
      try {
        if (conversation !== null) process.stderr.write('Enter takes what is in brackets.\n\n');
        const result = await initProject({ folder, given, ask: conversation?.ask ?? null });
        printResult(json, result, () => initReport(result));
      } finally {
        conversation?.close();
      }
    });
}

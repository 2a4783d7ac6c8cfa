import type { Command } from 'commander';

/** The long names of the flags that stand on the command line, e.g. `--epochs`; those at their default are not among them. */
export function givenFlags(command: Command): ReadonlySet<string> {
  return new Set(
    command.options
      .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
      .map(({ long, flags }) => long ?? flags),
  );
}

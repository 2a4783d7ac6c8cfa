import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { trainerFolder } from '../../src/pipeline/train/trainer-environment.ts';
import { trainerPython } from './ask-torch.ts';

const { python, reason } = await trainerPython(process.env);

it.skipIf(python === null)(`the trainer’s own tests pass${reason === null ? '' : ` (${reason})`}`, () => {
  const { status, stderr } = spawnSync(
    String(python),
    ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
    {
      cwd: trainerFolder(),
      encoding: 'utf8',
    },
  );
  expect(stderr).toMatch(/Ran \d\d tests/);
  expect(status, stderr).toBe(0);
});

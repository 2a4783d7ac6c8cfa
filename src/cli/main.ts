#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';

/** Older versions lack what the program is built on, e.g. SQLite without a warning. */
const OLDEST_NODE = [24, 15] as const;

// Not there in versions that this file only runs on to say so.
nodeModule.enableCompileCache?.();

// Answered without loading anything: scripts and editors ask for the version on every start.
const [flag, ...rest] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  process.stderr.write(
    `codejury needs Node ${OLDEST_NODE.join('.')} or later, this is ${process.versions.node}\n`,
  );
  process.exitCode = 2;
} else if ((flag === '--version' || flag === '-V') && rest.length === 0) {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  process.stdout.write(`${version}\n`);
} else {
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv);
}

/** Compiles src to dist, joins the browser's scripts and makes the command executable. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { joinModules } from '../src/io/join-modules.ts';

rmSync('dist', { recursive: true, force: true });
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
mkdirSync('dist/web');
for (const name of ['explorer', 'report']) {
  writeFileSync(`dist/web/${name}.js`, joinModules(`src/web/${name}.ts`));
  copyFileSync(`src/web/${name}.css`, `dist/web/${name}.css`);
}
chmodSync('dist/cli/main.js', 0o755);

/** Compiles src to dist, joins the browser's scripts and makes the command executable. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { joinModules } from '../src/io/join-modules.ts';

rmSync('dist', { recursive: true, force: true });
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
mkdirSync('dist/web');
writeFileSync('dist/web/explorer.js', joinModules('src/web/explorer.ts'));
copyFileSync('src/web/explorer.css', 'dist/web/explorer.css');
chmodSync('dist/cli/main.js', 0o755);

/** `npm run bench -- <name>`: runs both sides of a comparison on this machine and prints the ratio. */
const benches: Readonly<Record<string, () => Promise<{ run: () => Promise<void> }>>> = {
  judge: () => import('./judge.ts'),
  'judge-throughput': () => import('./judge-throughput.ts'),
  sampling: () => import('./sampling.ts'),
  'early-stop': () => import('./early-stop.ts'),
  overhead: () => import('./overhead.ts'),
  startup: () => import('./startup.ts'),
  'execute-java': () => import('./execute-java.ts'),
  'execute-python': () => import('./execute-python.ts'),
  'execute-scale': () => import('./execute-scale.ts'),
  'dataset-scale': () => import('./dataset-scale.ts'),
  retrieval: () => import('./retrieval.ts'),
  train: () => import('./train.ts'),
  evaluate: () => import('./evaluate.ts'),
  report: () => import('./report.ts'),
};

const [name = ''] = process.argv.slice(2);
const load = benches[name];
if (load === undefined) {
  console.error(`expected the name of a benchmark: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else {
  await (await load()).run();
}

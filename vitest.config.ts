import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Two forks: the model and the sandbox tests want a core each, more only thrash a small machine.
    maxWorkers: 2,
  },
});

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Far longer than anything takes: it only decides how long a hang takes to be noticed. */
const hangMilliseconds = 600_000

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/patience.ts'],
    // TensorFlow may be loaded once per process, and wants both cores to itself.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: hangMilliseconds,
    hookTimeout: hangMilliseconds,
    teardownTimeout: hangMilliseconds,
    expect: { poll: { timeout: 120_000 } },
  },
})

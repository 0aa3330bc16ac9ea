import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { startedFiles } from './test/support/started-files.ts'

/** Far longer than anything takes: it only decides how long a hang takes to be noticed. */
const hangMilliseconds = 600_000

/** Their files leave nothing behind in a process, so that one process can run many: that halves their processor time. */
const together = [
  'figures',
  'files',
  'main/host/exports/writers',
  'main/host/imports/readers',
  'main/shell',
  'main/store',
  'renderer',
  'shared',
]
/** What replaces a module needs a process in which that module has not been loaded, and would leave its own to others. */
const replacesModules = (file: string) => /\bvi\.(mock|resetModules)\(/.test(readFileSync(file, 'utf8'))
const ofReadings = 'test/readings/{*,!(analyses)/**/*}.test.ts'
const sharing = globSync([...together.map((folder) => `test/${folder}/**/*.test.ts`), ofReadings]).filter(
  (file) => !replacesModules(file),
)

/** Minutes of kills at random times, and of package builds: `npm run test:kills`, `npm run test:packages`. */
const kills = ['test/main/{trainer,host}/kill.test.ts']
const packages = ['test/setup/published.test.ts']

export default defineConfig({
  plugins: [vue(), ...(process.argv.some((arg) => arg.startsWith('--changed')) ? [startedFiles()] : [])],
  test: {
    // By its whole path, for it is no part of the copies that mutants are tried in.
    globalSetup: [fileURLToPath(new URL('test/support/memory-folder.ts', import.meta.url))],
    setupFiles: ['test/support/patience.ts'],
    // TensorFlow may be loaded once per process. Of two cores, two workers leave half idle: tests wait for hosts and browsers.
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: hangMilliseconds,
    hookTimeout: hangMilliseconds,
    teardownTimeout: hangMilliseconds,
    expect: { poll: { timeout: 120_000 } },
    projects: [
      { extends: true, test: { name: 'one process for many files', include: sharing, isolate: false } },
      {
        extends: true,
        test: {
          name: 'one process for each file',
          include: ['test/**/*.test.ts'],
          exclude: [...sharing, ...kills, ...packages],
        },
      },
      { extends: true, test: { name: 'kills', include: kills } },
      { extends: true, test: { name: 'packages', include: packages } },
    ],
  },
})

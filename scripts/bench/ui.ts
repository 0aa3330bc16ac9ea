/**
 * `npm run bench:ui`: how quick the window is in a real browser, on 10,000 made-up runs, on 50 of 10,000 epochs, and comparing 9,
 * 2,100 and the 60 series of a sweep of them. One JSON line a measurement: the median of its rounds in milliseconds, what it should stay below, each
 * round, and the load of the machine. `--folder` keeps the workspaces it is measured on (a gigabyte) between calls.
 */
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { builtPage } from '../../src/main/host/web/site.ts'
import { openBrowser } from './ui-browser.ts'
import { measureCompare, measureSeeds, measureSweep } from './ui-comparisons.ts'
import { type Bench, measureRuns, measureStart } from './ui-measures.ts'
import { fillLongRuns, fillManyRuns, fillManySeeds, fillSweep } from './ui-store.ts'

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'exitlab-bench-ui') },
    rounds: { type: 'string', default: '7' },
    browser: { type: 'string' },
    page: { type: 'string', default: builtPage },
    only: { type: 'string' },
  },
})

const measures: Record<string, (bench: Bench) => Promise<void>> = {
  start: measureStart,
  runs: async (bench) => measureRuns(bench, await fillManyRuns(resolve(options.folder))),
  compare: async (bench) => measureCompare(bench, await fillLongRuns(resolve(options.folder))),
  seeds: async (bench) => measureSeeds(bench, await fillManySeeds(resolve(options.folder))),
  sweep: async (bench) => measureSweep(bench, await fillSweep(resolve(options.folder))),
}

function report(measure: string, targetMs: number | null, rounds: readonly number[]): void {
  const ms = rounds.toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)]!
  const shown = (value: number) => Number(value.toFixed(1))
  console.log(
    JSON.stringify({
      measure,
      ms: shown(ms),
      targetMs,
      met: targetMs === null || ms <= targetMs,
      rounds: rounds.map(shown),
      load: shown(loadavg()[0]!),
    }),
  )
}

const chosen = options.only === undefined ? Object.keys(measures) : options.only.split(',')
const unknown = chosen.find((name) => !Object.hasOwn(measures, name))
if (unknown !== undefined) throw new Error(`--only takes ${Object.keys(measures).join(', ')}, not ${unknown}`)
const browser = await openBrowser(options.browser)
try {
  for (const name of chosen)
    await measures[name]!({ browser, rounds: Number(options.rounds), page: options.page, report })
} finally {
  await browser.close()
}

/**
 * `npm run bench:ui`: how quick the window is in a real browser, on 10,000 made-up runs, on 50 of 10,000 epochs, and comparing 9,
 * 2,100 and the 60 series of a sweep of them. One JSON line a measurement: the median of its rounds in milliseconds, what it should stay below, each
 * round, and the load of the machine. `--folder` keeps the workspaces it is measured on (a gigabyte) between calls.
 */
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { scriptArguments } from '../arguments.ts'
import { builtPage } from '../../src/main/host/api/web/site.ts'
import { launchChromium, withoutChromium } from '../../test/e2e/support/chromium.ts'
import { median, report } from './measure.ts'
import { measureCompare, measureSeeds, measureSweep } from './ui-comparisons.ts'
import { type Bench, measureRuns, measureStart } from './ui-measures.ts'
import { fillLongRuns, fillManyRuns, fillManySeeds, fillSweep } from './ui-store.ts'

const { values: options } = scriptArguments({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'exitlab-bench-ui') },
    rounds: { type: 'string', default: '7' },
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

function reportRounds(measure: string, targetMs: number | null, rounds: readonly number[]): void {
  const [ms, shown] = [median(rounds), (value: number) => Number(value.toFixed(1))]
  const met = targetMs === null || ms <= targetMs
  report({ measure, ms: shown(ms), targetMs, met, rounds: rounds.map(shown), load: shown(loadavg()[0]!) })
}

const chosen = options.only === undefined ? Object.keys(measures) : options.only.split(',')
const unknown = chosen.find((name) => !Object.hasOwn(measures, name))
if (unknown !== undefined) throw new Error(`--only takes ${Object.keys(measures).join(', ')}, not ${unknown}`)
if (withoutChromium !== null) throw new Error(`This needs a browser: ${withoutChromium}.`)
const browser = await launchChromium()
try {
  for (const name of chosen)
    await measures[name]!({ browser, rounds: Number(options.rounds), page: options.page, report: reportRounds })
} finally {
  await browser.close()
}

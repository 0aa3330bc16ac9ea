import { z } from 'zod'
import { distinctBy } from '../basics/distinct.ts'
import { firstOf } from '../format/lists.ts'
import { count, plural } from '../format/numbers.ts'
import { runStatuses, type RunStatus } from '../runs/runs.ts'
import { seriesOfRuns } from '../experiment/series-identity.ts'

const seriesName = seriesOfRuns.omit({ look: true })
type SeriesName = z.infer<typeof seriesName>

const comparedRun = seriesName.extend({ id: z.string(), seed: z.int(), status: z.enum(runStatuses) })
type ComparedRun = z.infer<typeof comparedRun>

/** Runs of a comparison without a result: failed ones, and those that are not trained to their end. No value is of them. */
const leftOut = z.object({
  /** Of so many runs that are compared. */
  of: z.int(),
  runs: z.array(comparedRun),
  /** Series of which no run has a result. */
  series: z.array(seriesName),
})
type LeftOut = z.infer<typeof leftOut>

/** Key of what is said of a comparison; absent where every run has a result. */
export const leftOutKey = { leftOut: leftOut.optional() }
export interface OfLeftOut {
  leftOut?: LeftOut | undefined
}

/** What is left out of a comparison of `runs`; `beside`: others that are not shown, whose series may have a result. */
export function leftOutOf(runs: readonly ComparedRun[], beside: readonly ComparedRun[] = []): OfLeftOut {
  const left = runs.filter(({ status }) => status !== 'done')
  if (left.length === 0) return {}
  const withResult = new Set([...runs, ...beside].filter(({ status }) => status === 'done').map(keyOf))
  const without = left.filter((run) => !withResult.has(keyOf(run)))
  return {
    leftOut: {
      of: runs.length,
      runs: left.map(({ id, seed, status, ...run }) => ({ id, ...nameOf(run), seed, status })),
      series: distinctBy(without, keyOf).map(nameOf),
    },
  }
}

const keyOf = ({ experiment, series }: Pick<SeriesName, 'experiment' | 'series'>) =>
  JSON.stringify([experiment, series])
const nameOf = ({ experiment, regime, series }: SeriesName): SeriesName => ({ experiment, regime, series })

/** `4 of 8 runs are left out: 4 failed (joint · learning rate 1e+30: seeds 1, 2).`; none where every run has a result. */
export function leftOutSentences({ leftOut }: OfLeftOut): string[] {
  if (leftOut === undefined) return []
  const { of, runs } = leftOut
  const several = new Set(runs.map(({ experiment }) => experiment)).size > 1
  const reasons = inOrder.flatMap((status) => {
    const members = runs.filter((run) => run.status === status)
    if (members.length === 0) return []
    const series = [...Map.groupBy(members, keyOf).values()].map((seeds) => seriesWords(seeds, several))
    return [`${count(members.length)} ${status} (${firstOf(series, mostNamed, '; ')})`]
  })
  return [
    `${count(runs.length)} of ${plural(of, 'run')} ${runs.length === 1 ? 'is' : 'are'} left out: ${reasons.join(', ')}.`,
  ]
}

/** What failed comes first. */
const inOrder: readonly RunStatus[] = ['failed', 'stopped', 'paused', 'running', 'queued']
/** Series that are named for each status, and seeds for each of them. */
const [mostNamed, mostSeeds] = [4, 10]

function seriesWords(runs: readonly ComparedRun[], several: boolean): string {
  const { series, experiment } = runs[0]!
  const seeds = runs.map(({ seed }) => seed).toSorted((a, b) => a - b)
  const named = several ? `${series} of ${experiment}` : series
  return `${named}: ${seeds.length === 1 ? 'seed' : 'seeds'} ${firstOf(seeds.map(String), mostSeeds)}`
}

import type { AnalysedRun } from '../../../shared/evaluation/analysis.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { testLossesClosed } from '../closed-test.ts'
import type { Found } from '../analysis.ts'
import { runLabels } from '../run-labels.ts'
import type { ModeConnectivityResult } from './schema.ts'

/** One end of a path. */
interface PathEnd {
  /** Its series, with the seed if needed: `mixed, seed 2`; the name of the run where another one has the same. */
  label: string
  regime: string
}

/** Paths between two series, one a seed, or the one path between two runs. */
export interface RunPair {
  key: string
  ends: readonly [PathEnd, PathEnd]
  members: readonly MeasuredPath[]
}

export interface MeasuredPath {
  /** Two. */
  runs: readonly AnalysedRun[]
  result: ModeConnectivityResult
}

/** Path of the second model unchanged, or with its units permuted to fit the first. */
export type PathKind = 'naive' | 'matched'
export type PathMetric = 'loss' | 'accuracy'
export type PathSplit = 'train' | 'test'

/** Groups paths between the same two series if each has a different seed; every other pair is its own group. */
export function runPairs(paths: readonly MeasuredPath[]): RunPair[] {
  const groups = Map.groupBy(paths, ({ runs }) => pairKey(runs))
  const labelOf = runLabels(paths.flatMap(({ runs }) => runs))
  return [...groups].flatMap(([key, members]) => {
    const [first, second] = members[0]!.runs
    if (first!.seed !== second!.seed || first!.series === second!.series) return [pairOf(key, members, labelOf)]
    const seeds = new Set(members.map(({ runs }) => runs[0]!.seed))
    if (seeds.size === members.length) return [pairOf(key, members, bySeries)]
    return members.map((member) => pairOf(idsOf(member.runs), [member], labelOf))
  })
}

/** The pairs of exported results. @throws ExitlabError `usage` where their networks have different exits. */
export function foundPairs({ answers }: Found<unknown, ModeConnectivityResult>): RunPair[] {
  if (new Set(answers.map((answer) => exitCountOf({ members: [answer] }))).size > 1) {
    throw new ExitlabError(
      'usage',
      'These analyses are of networks with different exits. Expected the same exits in all networks, so that barriers can be compared.',
    )
  }
  return runPairs(answers)
}

/** Exits of the networks of a pair, the final classifier included. */
export function exitCountOf({ members }: Pick<RunPair, 'members'>): number {
  return members[0]!.result.naive.train.barriers.length
}

/** The splits whose losses all of these paths have, test samples first: those of a sweep may be closed. */
export function splitsOf(pairs: readonly Pick<RunPair, 'members'>[]): PathSplit[] {
  const results = pairs.flatMap(({ members }) => members.map(({ result }) => result))
  return (['test', 'train'] as const).filter((split) => results.every(({ naive }) => naive[split] !== undefined))
}

/** The split that is asked for; default: the first that there is. @throws ExitlabError `conflict` for test losses that are closed. */
export function chosenSplit(pairs: readonly RunPair[], subjects: readonly string[], asked?: PathSplit): PathSplit {
  const splits = splitsOf(pairs)
  if (asked !== undefined && !splits.includes(asked)) throw testLossesClosed(subjects)
  return asked ?? splits[0]!
}

/** `disjoint – joint` */
export function pairTitle({ ends }: Pick<RunPair, 'ends'>): string {
  return ends.map(({ label }) => label).join(' – ')
}

/** Ends what is said of paths, if their losses were computed in bfloat16. */
export function inPrecision({ members }: Pick<RunPair, 'members'>): string {
  return members[0]!.result.precisionError === undefined ? '' : ', in bfloat16'
}

/** Key of pairs that are grouped: two series with the same seed correspond to those with every other seed. */
export function pairKey(runs: readonly AnalysedRun[]): string {
  const [first, second] = [runs[0]!, runs[1]!]
  return first.seed === second.seed && first.series !== second.series ? `${first.series} ${second.series}` : idsOf(runs)
}

function idsOf(runs: readonly AnalysedRun[]): string {
  return runs.map(({ id }) => id).join()
}

const bySeries = ({ series }: AnalysedRun) => series

function pairOf(key: string, members: readonly MeasuredPath[], label: (run: AnalysedRun) => string): RunPair {
  const [first, second] = members[0]!.runs.map((run) => ({ label: label(run), regime: run.regime }))
  return { key, ends: [first!, second!], members }
}

import { z } from 'zod'
import { parsed, type AnalysisTables } from '../analysis.ts'
import { chosenSplit, exitCountOf, foundPairs, inPrecision, pairTitle, splitsOf } from './pairs.ts'
import type { MeasuredPath, PathMetric, PathSplit, RunPair, PathKind } from './pairs.ts'
import type { ModeConnectivityParameters, ModeConnectivityResult } from './schema.ts'
import { barrierRows, type BarrierRow } from './figure/barriers.ts'
import { pathDecimals, pathProfile, quantityText, lineName } from './profile.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import { exactMeanCell } from '../../../shared/tables/table.ts'
import type { Table, TableRow, TableBlock, Measure, TableColumn } from '../../../shared/tables/table.ts'
import { count, plural, scientific } from '../../../shared/format/numbers.ts'
import { meanOver, ofSubject, capitalised } from '../../../shared/tables/table-words.ts'

/** Mean and deviation over seeds of a value of a path. */
const pathMeasures: readonly Measure[] = [
  { name: 'mean', suffix: '' },
  { name: 'std', suffix: ' std' },
]

/** Every exit, then the mean of the exits. */
function pathColumns(exitCount: number): TableColumn[] {
  return [...Array.from({ length: exitCount }, (_, exit) => exit), null].map((exit) => {
    const name = lineName(exit, exitCount)
    return { ids: [exit ?? 'mean'], name, title: capitalised(name), kind: 'number' }
  })
}

const barrierOptions = z.object({ metric: z.enum(['loss', 'accuracy']).default('loss') })
const pathOptions = barrierOptions.extend({ split: z.enum(['train', 'test']).optional() })

export const tables: AnalysisTables<ModeConnectivityParameters, ModeConnectivityResult> = {
  barriers: (found, options) => barrierTable(found.subjects, foundPairs(found), parsed(barrierOptions, options).metric),
  /** Every place of every path. */
  connectivity(found, options) {
    const { metric, split } = parsed(pathOptions, options)
    const pairs = foundPairs(found)
    return connectivityTable(found.subjects, pairs, { metric, split: chosenSplit(pairs, found.subjects, split) })
  },
}

/** Barriers of every pair, naive and matched, by exit: a block for each split. */
export function barrierTable(
  subjects: readonly string[],
  pairs: readonly RunPair[],
  metric: PathMetric,
  splits: readonly PathSplit[] = splitsOf(pairs),
): Table {
  const exitCount = exitCountOf(pairs[0]!)
  const counts = pairs.map(({ members }) => members.length)
  return {
    name: fileStem(subjects, metric === 'loss' ? 'barriers' : 'accuracy-barriers'),
    caption:
      `Barriers on the straight path between the weights of two runs${ofSubject(subjects)}: ` +
      (metric === 'loss'
        ? 'maximum increase of the mean cross-entropy (nats) above the straight line between its values at the ends; '
        : 'maximum decrease of accuracy (percentage points) below the straight line between its values at the ends; ') +
      `naive: weights not permuted, matched: hidden units of the second run permuted to fit the first; ` +
      `${meanOver(counts)}${inPrecision(pairs[0]!)}.`,
    notes: pairs.flatMap(({ members }) => members.flatMap(proofOf)),
    keys: [...['split', 'first', 'second', 'path', 'n'].map((name) => ({ name })), ...longOnly('metric', 'seeds')],
    heads: [
      { title: 'Pair', align: 'left' },
      { title: 'Path', align: 'left' },
    ],
    dimensions: ['exit'],
    measures: pathMeasures,
    columns: pathColumns(exitCount),
    blocks: splits.map((split) => ({
      title: `${split} samples`,
      rows: barrierRows({ pairs, metric, split }).map((row) => rowOf(row, split, metric)),
    })),
  }
}

const longOnly = (...names: string[]) => names.map((name) => ({ name, longOnly: true }))

/** `1 2 3`, or `1–2` of a path from seed 1 to seed 2. */
function seedsOf({ members }: RunPair): string {
  return members.map(({ runs }) => [...new Set(runs.map(({ seed }) => seed))].join('–')).join(' ')
}

/** Confirms that matching changed no function. */
function proofOf({ runs, result: { matching } }: MeasuredPath): string[] {
  if (matching === null) return []
  const { equivalence, distanceBefore, distanceAfter, sweeps } = matching
  const names = runs.map(({ series, seed }) => `${series}, seed ${seed}`).join(' – ')
  return [
    `${names}: matched in ${plural(sweeps, 'sweep')}, distance ${distanceBefore.toFixed(2)} → ${distanceAfter.toFixed(2)}; ` +
      `permuting changes no logit by more than ${scientific(equivalence.largestDifference)} (${count(equivalence.images)} samples).`,
  ]
}

function rowOf({ pair, path, lines }: BarrierRow, split: PathSplit, metric: PathMetric): TableRow {
  const [first, second] = pair.ends
  return {
    keys: [split, first.label, second.label, path, pair.members.length, metric, seedsOf(pair)],
    heads: [path === 'naive' ? pairTitle(pair) : '', path],
    cells: lines.map(({ barrier }) => exactMeanCell(barrier, pathDecimals(metric))),
  }
}

interface PathReading {
  metric: PathMetric
  split: PathSplit
  /** Default: both. */
  path?: PathKind
}

/** Loss or accuracy of every exit along the paths: a row for each place, a block for each path of each pair. */
export function connectivityTable(subjects: readonly string[], pairs: readonly RunPair[], reading: PathReading): Table {
  const exitCount = exitCountOf(pairs[0]!)
  const quantity = quantityText(reading.metric, reading.split)
  return {
    name: fileStem(subjects, `connectivity-${reading.split}-${reading.metric}`),
    caption:
      `${capitalised(quantity)} of every exit on the straight path between the weights of two ` +
      `runs${ofSubject(subjects)}, λ = 0 the first and 1 the second; naive: weights not permuted, matched: hidden units of the ` +
      `second run permuted to fit the first; ${meanOver(pairs.map(({ members }) => members.length))}${inPrecision(pairs[0]!)}.`,
    keys: [
      ...['first', 'second', 'path', 'n', 'lambda'].map((name) => ({ name })),
      ...longOnly('metric', 'split', 'seeds'),
    ],
    heads: [{ title: 'λ', align: 'right' }],
    dimensions: ['exit'],
    measures: pathMeasures,
    columns: pathColumns(exitCount),
    blocks: pairs.flatMap((pair) => pathsOf(reading).flatMap((path) => blockOf(pair, path, reading) ?? [])),
  }
}

function pathsOf({ path }: PathReading): readonly PathKind[] {
  return path === undefined ? ['naive', 'matched'] : [path]
}

function blockOf(pair: RunPair, path: PathKind, reading: PathReading): TableBlock | null {
  const profile = pathProfile(pair, { ...reading, path })
  if (profile === null) return null
  const [first, second] = pair.ends
  const lines = [...profile.exits, profile.mean]
  return {
    title: `${pairTitle(pair)}, ${path}`,
    rows: profile.lambdas.map((lambda, place) => ({
      keys: [
        ...[first.label, second.label, path, pair.members.length, Number(lambda.toFixed(6))],
        ...[reading.metric, reading.split, seedsOf(pair)],
      ],
      heads: [lambda.toFixed(3)],
      cells: lines.map(({ values }) => exactMeanCell(values[place]!, pathDecimals(reading.metric) + 1)),
    })),
  }
}

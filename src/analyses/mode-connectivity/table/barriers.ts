import type { MeasuredPath, PathMetric, PathSplit, RunPair } from '../pairs.ts'
import { pairTitle } from '../pairs.ts'
import { barrierRows } from '../figure/barrier-matrix.ts'
import type { BarrierRow } from '../figure/barrier-matrix.ts'
import { pathDecimals } from '../words.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { Table, TableRow } from '../../../shared/table.ts'
import { count, plural, scientific } from '../../../shared/format/numbers.ts'
import { pathCell, pathColumns, pathMeasures } from './path-columns.ts'
import { meanOver, ofSubject } from '../../../shared/table-words.ts'

/** Barriers of every pair, naive and matched, by exit: a block for each split. */
export function barrierTable(
  subjects: readonly string[],
  pairs: readonly RunPair[],
  metric: PathMetric,
  splits: readonly PathSplit[] = ['test', 'train'],
): Table {
  const exitCount = pairs[0]!.members[0]!.result.naive.test.barriers.length
  const counts = pairs.map(({ members }) => members.length)
  return {
    name: fileStem(subjects, metric === 'loss' ? 'barriers' : 'accuracy-barriers'),
    caption:
      `Barriers on the straight path between the weights of two runs${ofSubject(subjects)}: ` +
      (metric === 'loss'
        ? 'how far the mean cross-entropy (nats) rises above the straight line between its values at the ends, at most; '
        : 'how far accuracy (points of %) falls below the straight line between its values at the ends, at most; ') +
      `naive: weights as they are, matched: hidden units of the second run permuted to fit the first; ${meanOver(counts)}.`,
    notes: pairs.flatMap(({ members }) => members.flatMap(proofOf)),
    keys: ['split', 'first', 'second', 'path', 'n'].map((name) => ({ name })),
    heads: [
      { title: 'Pair', align: 'left' },
      { title: 'Path', align: 'left' },
    ],
    dimensions: ['exit'],
    measures: pathMeasures,
    columns: pathColumns(exitCount),
    blocks: splits.map((split) => ({
      title: `${split} images`,
      rows: barrierRows({ pairs, metric, split }).map((row) => rowOf(row, split, metric)),
    })),
  }
}

/** That matching changed no function. */
function proofOf({ runs, result: { matching } }: MeasuredPath): string[] {
  if (matching === null) return []
  const { equivalence, distanceBefore, distanceAfter, sweeps } = matching
  const names = runs.map(({ series, seed }) => `${series}, seed ${seed}`).join(' – ')
  return [
    `${names}: matched in ${plural(sweeps, 'sweep')}, distance ${distanceBefore.toFixed(2)} → ${distanceAfter.toFixed(2)}; ` +
      `permuting changes no logit by more than ${scientific(equivalence.largestDifference)} (${count(equivalence.images)} images).`,
  ]
}

function rowOf({ pair, path, lines }: BarrierRow, split: PathSplit, metric: PathMetric): TableRow {
  const [first, second] = pair.ends
  return {
    keys: [split, first.label, second.label, path, pair.members.length],
    heads: [path === 'naive' ? pairTitle(pair) : '', path],
    cells: lines.map(({ barrier }) => pathCell(barrier, pathDecimals(metric))),
  }
}

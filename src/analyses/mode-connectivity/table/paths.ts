import type { PathKind, PathMetric, PathSplit, RunPair } from '../pairs.ts'
import { pairTitle } from '../pairs.ts'
import { pathProfile } from '../profile.ts'
import { pathDecimals, quantityText } from '../words.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { Table, TableBlock } from '../../../shared/table.ts'
import { pathCell, pathColumns, pathMeasures } from './path-columns.ts'
import { capitalised, meanOver, ofSubject } from '../../../shared/table-words.ts'

interface PathReading {
  metric: PathMetric
  split: PathSplit
  /** Default: both. */
  path?: PathKind
}

/** Loss or accuracy of every exit along the paths: a row for each place, a block for each path of each pair. */
export function connectivityTable(subjects: readonly string[], pairs: readonly RunPair[], reading: PathReading): Table {
  const exitCount = pairs[0]!.members[0]!.result.naive.test.barriers.length
  const quantity = quantityText(reading.metric, reading.split)
  return {
    name: fileStem(subjects, `connectivity-${reading.split}-${reading.metric}`),
    caption:
      `${capitalised(quantity)} of every exit on the straight path between the weights of two ` +
      `runs${ofSubject(subjects)}, λ = 0 the first and 1 the second; naive: weights as they are, matched: hidden units of the ` +
      `second run permuted to fit the first; ${meanOver(pairs.map(({ members }) => members.length))}.`,
    keys: [...['first', 'second', 'path', 'n'], 'lambda'].map((name) => ({ name })),
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
      keys: [first.label, second.label, path, pair.members.length, Number(lambda.toFixed(6))],
      heads: [lambda.toFixed(3)],
      cells: lines.map(({ values }) => pathCell(values[place]!, pathDecimals(reading.metric) + 1)),
    })),
  }
}

import type { ConnectivityPath, ModeConnectivityResult } from '../../../analyses/mode-connectivity/schema.ts'
import type { TableView } from '../budget-grid.ts'
import { grouped, plural } from '../output/numbers.ts'
import { table } from '../output/table.ts'
import type { Answer } from './answer.ts'
import { exitColumns } from './exit-columns.ts'
import { analysisLabels } from './labels.ts'

/** That matching changed no function, then the barriers of each pair, path, split and exit. */
export function barrierTable(answers: readonly Answer<'mode-connectivity'>[], { style, width }: TableView): string[] {
  const label = analysisLabels(answers.map(({ analysis }) => analysis))
  const exits = Math.max(...answers.map(({ result }) => result.naive.test.barriers.length))
  const rows = answers.flatMap(({ analysis, result }) =>
    pathsOf(result).flatMap(([path, { test, train }]) =>
      Object.entries({ test, train }).map(([split, { barriers, meanBarrier }]) => [
        label(analysis),
        path,
        split,
        ...barriers.map(nats),
        nats(meanBarrier),
      ]),
    ),
  )
  const columns = [
    ...[{ header: 'runs' }, { header: 'path' }, { header: 'images' }],
    ...exitColumns(exits),
    { header: 'mean loss', align: 'right' as const },
  ]
  return [
    ...answers.flatMap(({ analysis, result }) => proof(label(analysis), result)),
    ...table(columns, rows, { header: style.faint, width }),
    '',
    style.faint('Barrier in nats: how far the loss rises above the straight line between the ends of the path.'),
  ]
}

function pathsOf({ naive, matched }: ModeConnectivityResult): [name: string, path: ConnectivityPath][] {
  return [['naive', naive], ...(matched === null ? [] : [['matched', matched] as [string, ConnectivityPath]])]
}

function proof(runs: string, { matching }: ModeConnectivityResult): string[] {
  if (matching === null) return []
  const { equivalence, distanceBefore, distanceAfter, sweeps } = matching
  return [
    `${runs}: matched in ${plural(sweeps, 'sweep')}, distance ${distanceBefore.toFixed(2)} → ${distanceAfter.toFixed(2)}; ` +
      `permuting changes no logit by more than ${scientific(equivalence.largestDifference)} (${grouped(equivalence.images)} images)`,
  ]
}

const scientific = (value: number) => (value === 0 ? '0' : value.toExponential(1).replace('-', '−'))

const nats = (value: number) => value.toFixed(3)

import type { MeanStd } from '../../shared/evaluation.ts'
import type { ExitTables } from '../../shared/exit-table.ts'
import type { TableView } from './budget-grid.ts'
import { type Column, table } from './output/table.ts'
import { printable } from './output/text.ts'

/** Cost, accuracy alone and overthinking of each exit, as lines for a terminal. */
export function exitTable(tables: ExitTables, { style, width }: TableView): string[] {
  const several = new Set(tables.map(({ experiment }) => experiment)).size > 1
  const columns: Column[] = [
    ...(several ? [{ header: 'experiment' }] : []),
    { header: 'regime' },
    { header: 'exit' },
    { header: 'after block', align: 'right', optional: true },
    { header: '% of backbone', align: 'right' },
    { header: 'test %', align: 'right' },
    { header: 'overthinking %', align: 'right' },
  ]
  const rows = tables.flatMap(({ experiment, regime, exits }) =>
    exits.map(({ exit, block, fraction, accuracy, overthinking }) => [
      ...(several ? [printable(experiment)] : []),
      regime,
      block === null ? 'final' : String(exit),
      block === null ? '–' : String(block),
      (100 * fraction).toFixed(1),
      share(accuracy),
      share(overthinking),
    ]),
  )
  const note =
    'On test images, where every image leaves at that exit. Overthinking: images that an earlier exit gets right and this one wrong.'
  const title = several || tables[0] === undefined ? [] : [style.strong(printable(tables[0].experiment))]
  return [...title, ...table(columns, rows, { header: style.faint, width }), '', style.faint(note)]
}

function share({ mean, std }: MeanStd): string {
  return std === null ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${std.toFixed(2)}`
}

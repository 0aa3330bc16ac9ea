import type { MeanStd } from '../../../shared/evaluation.ts'
import type { ExitRow, ExitTables } from '../../../shared/exit-table.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { importedSentence } from '../../../shared/imported.ts'
import { backboneCostWords, costName } from '../../../shared/latency.ts'
import { withUnit } from '../../../shared/metric.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { rounded, type Table, type TableCell, type TableRow, type Value } from '../../../shared/table.ts'
import { capitalised, meanOver, ofCompared, onMeasuredSamples, seriesColumn } from '../../../shared/table-words.ts'

type RegimeExits = ExitTables[number]

/** Cost, primary metric alone and overthinking of each exit on the test set, a block for each regime of each experiment. */
export function exitsTable(tables: ExitTables): Table {
  const names = [...new Set(tables.map(({ experiment }) => experiment))]
  const counts = tables.map(({ seeds }) => seeds.length)
  const title = ({ experiment, series }: RegimeExits) => (names.length > 1 ? `${series}, ${experiment}` : series)
  const column = seriesColumn(tables)
  const hasImports = tables.some(({ imported }) => imported)
  const { task, latency } = tables[0] ?? {}
  const metric = primaryMetric({ task })
  const quantities = [
    { id: metric.name as string, noun: metric.noun, unit: metric.unit },
    ...(task ? [] : [overthinking]),
  ]
  return {
    name: fileStem(names, 'exits'),
    caption:
      `Each exit${ofCompared(tables)} ${onMeasuredSamples(tables)}: ${latency === undefined ? 'cost in % of the backbone’s' : `latency in % of ${backboneCostWords({ latency })}`}, heads before it included; ${withUnit(metric.noun, metric)} where all ` +
      `samples leave there; ${task ? '' : 'overthinking, the share (%) of samples that an earlier exit classifies correctly and this exit wrongly; '}${[`${meanOver(counts)}.`, importedSentence(tables)].filter((sentence) => sentence !== '').join(' ')}`,
    keys: [
      ...['experiment', 'regime'].map((name) => ({ name })),
      ...column.key,
      ...(hasImports ? [{ name: 'imported' }] : []),
      { name: 'seeds', longOnly: true },
      ...['n', 'exit', 'block', costName({ latency }), 'fraction'].map((name) => ({ name })),
    ],
    heads: [
      { title: 'Exit', align: 'left' },
      { title: 'After block', align: 'right' },
      { title: 'Cost (%)', align: 'right' },
    ],
    dimensions: ['quantity'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: quantities.map(({ id, noun, unit }) => ({
      ids: [id],
      name: withUnit(noun, { unit }),
      title: withUnit(capitalised(noun), { unit }),
      kind: 'number',
    })),
    blocks: tables.map((table) => ({
      title: tables.length > 1 ? title(table) : null,
      rows: table.exits.map((exit) =>
        rowOf(table, exit, [...column.of(table), ...(hasImports ? [table.imported?.format ?? null] : [])]),
      ),
    })),
  }
}

const overthinking = { id: 'overthinking', noun: 'overthinking', unit: '%' }

function rowOf({ experiment, regime, seeds, task }: RegimeExits, row: ExitRow, series: Value[]): TableRow {
  const { exit, block, cost, fraction, value, overthinking } = row
  const { decimals } = primaryMetric({ task })
  return {
    keys: [
      experiment,
      regime,
      ...series,
      seeds.join(' '),
      seeds.length,
      exit,
      block ?? null,
      rounded(cost, 6),
      rounded(fraction, 6),
    ],
    heads: [block === null ? 'final' : String(exit), String(block ?? '–'), (100 * fraction).toFixed(1)],
    cells: [meanCell(value, decimals), ...(task ? [] : [overthinking && meanCell(overthinking, 2)])],
  }
}

function meanCell({ mean, std }: MeanStd, decimals: number): TableCell {
  return {
    values: [rounded(mean, decimals + 2), rounded(std, decimals + 2)],
    printed: { text: mean.toFixed(decimals), spread: std === null ? null : std.toFixed(decimals), bold: false },
  }
}

import { distinctInOrder } from '../../shared/basics/distinct.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { macsColumn } from '../../shared/evaluation/macs-column.ts'
import { largest } from '../../shared/statistics/statistics.ts'
import { numberCell, plain, type Table, type TableCell, type TableColumn } from '../../shared/tables/table.ts'
import { ofCompared, seriesColumn } from '../../shared/tables/table-words.ts'
import { networksOf, type MeasuredNetwork } from './networks.ts'
import type { LatencyAnswer, MeasuredCosts } from './schema.ts'

/** Milliseconds and multiply-adds of each exit: a block for each network; in files, all series that have it. */
export function table({ machine, series }: LatencyAnswer): Table {
  const networks = networksOf(series)
  const columns = columnsOf(networks)
  const names = seriesColumn(series)
  return {
    name: comparisonStem(series, 'latency'),
    caption:
      `Latency${ofCompared(series)} beside multiply-adds, up to each exit, heads before it included: median of the rounds in milliseconds, ` +
      `and what 95\u00a0% of them do not exceed, measured on ${machine}. Shares are of the backbone alone, which runs in one go.`,
    keys: [{ name: 'experiment' }, { name: 'regime' }, ...names.key, { name: 'exit' }],
    heads: [{ title: 'Exit', align: 'left' }],
    dimensions: ['quantity', 'batch'],
    measures: [{ name: 'value', suffix: '' }],
    columns: columns.map(({ cellOf: _, ...column }) => column),
    blocks: networks.map((network) => ({
      title: networks.length > 1 ? network.name : null,
      rows: placesOf(network).map(([place, costs]) => {
        const keysOf = network.series.map((each) => [each.experiment, each.regime, ...names.of(each), place])
        const [keys, ...alike] = keysOf as [string[], ...string[][]]
        return { keys, alike, heads: [place], cells: columns.map(({ cellOf }) => cellOf(costs)) }
      }),
    })),
  }
}

function placesOf({ exits, backbone }: MeasuredNetwork): [place: string, MeasuredCosts][] {
  const final = exits.length - 1
  const places = exits.map((costs, exit): [string, MeasuredCosts] => [exit === final ? 'final' : String(exit), costs])
  return [...places, ['backbone alone', backbone]]
}

interface Column extends TableColumn {
  cellOf(costs: MeasuredCosts): TableCell | null
}

/** Shares stand beside one another, those of multiply-adds first. */
function columnsOf(networks: readonly MeasuredNetwork[]): Column[] {
  const all = networks.flatMap(({ exits }) => exits)
  const cost = macsColumn(largest(all.map(({ macs }) => macs)), 'macs')
  const sizes = distinctInOrder(all.flatMap(({ times }) => times.map(({ batchSize }) => batchSize)))
  const kind = 'number'
  return [
    {
      ...{ ids: ['multiply-adds', null], name: 'multiply-adds', title: cost.title, kind },
      cellOf: ({ macs }) => ({ values: [macs], printed: plain(cost.text(macs)) }),
    },
    ...sizes.flatMap((size): Column[] => {
      const title = `ms, batch ${size}`
      return [
        { ids: ['median', size], name: title, title, kind, cellOf: (of) => numberCell(timeOf(of, size)?.median, 2) },
        {
          ...{ ids: ['p95', size], name: `${title}, 95 % of rounds`, title: '95\u202f%', kind },
          cellOf: (of) => numberCell(timeOf(of, size)?.p95, 2),
        },
      ]
    }),
    shareColumn(['multiply-adds share', null], 'Multiply-adds (%)', ({ macsShare }) => macsShare),
    ...sizes.map((size) => shareColumn(['share', size], `Time, batch ${size} (%)`, (of) => timeOf(of, size)?.share)),
  ]
}

const timeOf = ({ times }: MeasuredCosts, size: number) => times.find(({ batchSize }) => batchSize === size)

function shareColumn(
  ids: TableColumn['ids'],
  title: string,
  shareOf: (costs: MeasuredCosts) => number | undefined,
): Column {
  const cellOf = (costs: MeasuredCosts) => {
    const share = shareOf(costs)
    return share === undefined ? null : numberCell(100 * share, 1)
  }
  return { ids, name: title, title, kind: 'number', cellOf }
}

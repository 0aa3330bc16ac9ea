import { exitsAt } from '../../../figures/block-lines-data.ts'
import type { BlockLinesData } from '../../../figures/block-lines-data.ts'
import { meanStdText } from './block-tooltip.ts'

interface Table {
  columns: { title: string; numeric?: boolean }[]
  rows: (string | null)[][]
}

/** A figure's values as a table: a row for each block, a column for each regime. */
export function blockTable(data: BlockLinesData): Table {
  const { blockCount, lines, decimals } = data
  return {
    columns: [
      { title: 'Block', numeric: true },
      { title: 'Exit', numeric: true },
      ...lines.map(({ regime }) => ({ title: regime, numeric: true })),
    ],
    rows: Array.from({ length: blockCount }, (_, block) => [
      String(block),
      exitsAt(data, block).join(', ') || null,
      ...lines.map(({ points }) => {
        const point = points.find((each) => each.block === block)
        return point ? meanStdText(point, decimals) : null
      }),
    ]),
  }
}

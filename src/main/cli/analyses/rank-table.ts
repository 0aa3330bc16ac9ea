import type { TableView } from '../budget-grid.ts'
import { grouped } from '../output/numbers.ts'
import { table } from '../output/table.ts'
import type { Answer } from './answer.ts'
import { blockColumns } from './block-columns.ts'
import { analysisLabels } from './labels.ts'

/** The rank of each block, and the most that it could be. */
export function rankTable(answers: readonly Answer<'numerical-rank'>[], { style, width }: TableView): string[] {
  const label = analysisLabels(answers.map(({ analysis }) => analysis))
  const longest = answers.map(({ result }) => result.blocks).reduce((a, b) => (b.length > a.length ? b : a))
  const rows = [
    ...answers.map(({ analysis, result }) => [label(analysis), ...result.blocks.map(({ rank }) => String(rank))]),
    ['at most', ...longest.map(({ full }) => String(full))],
  ]
  return [
    ...table([{ header: 'run' }, ...blockColumns(longest.length)], rows, { header: style.faint, width }),
    '',
    style.faint(
      `Numerical rank of the features behind each block, on ${grouped(answers[0]!.result.samples)} test images.`,
    ),
  ]
}

import type { MutualInformationResult } from '../../../analyses/mutual-information/schema.ts'
import type { TableView } from '../budget-grid.ts'
import { table } from '../output/table.ts'
import type { Answer } from './answer.ts'
import { blockColumns } from './block-columns.ts'
import { analysisLabels } from './labels.ts'

/** What each block tells about image and class, in nats, and the most that the estimates could say. */
export function informationTable(
  answers: readonly Answer<'mutual-information'>[],
  { style, width }: TableView,
): string[] {
  const label = analysisLabels(answers.map(({ analysis }) => analysis))
  const blocks = Math.max(...answers.map(({ result }) => result.blocks.length))
  const rows = answers.flatMap(({ analysis, result }) =>
    quantitiesOf(result).map(({ name, ceiling, values }) => [
      label(analysis),
      name,
      ...values.map((value) => value.toFixed(2)),
      ceiling.toFixed(2),
    ]),
  )
  const columns = [
    ...[{ header: 'run' }, { header: 'of' }],
    ...blockColumns(blocks),
    { header: 'ceiling', align: 'right' as const },
  ]
  return [
    ...table(columns, rows, { header: style.faint, width }),
    '',
    style.faint(
      `Estimates in nats; their standard errors are at most ${largestError(answers).toFixed(2)}. None can pass its ceiling.`,
    ),
  ]
}

function quantitiesOf({ blocks, inputCeiling, labelCeiling }: MutualInformationResult) {
  const input = { name: 'I(X;Z)', ceiling: inputCeiling, values: blocks.map(({ input }) => input) }
  if (labelCeiling === null) return [input]
  return [input, { name: 'I(Z;Y)', ceiling: labelCeiling, values: blocks.map(({ label }) => label!) }]
}

function largestError(answers: readonly Answer<'mutual-information'>[]): number {
  const errors = answers.flatMap(({ result }) =>
    result.blocks.flatMap(({ inputError, labelError }) => [inputError, labelError ?? 0]),
  )
  return Math.max(0, ...errors)
}

import type { TableView } from '../budget-grid.ts'
import { plural } from '../output/numbers.ts'
import { table } from '../output/table.ts'
import type { Answer } from './answer.ts'
import { exitColumns } from './exit-columns.ts'
import { analysisLabels } from './labels.ts'

/** Mean cosine of each exit's gradient with the total one, and its spread over the batches. */
export function dominanceTable(
  answers: readonly Answer<'gradient-dominance'>[],
  { style, width }: TableView,
): string[] {
  const label = analysisLabels(answers.map(({ analysis }) => analysis))
  const exits = Math.max(...answers.map(({ result }) => result.exits.length))
  const rows = answers.map(({ analysis, result }) => [
    label(analysis),
    ...result.exits.map((cosine, exit) => withSpread(cosine, result.spread[exit] ?? null)),
  ])
  const batches = plural(answers[0]!.result.batches, 'batch', 'batches')
  return [
    ...table([{ header: 'run' }, ...exitColumns(exits)], rows, { header: style.faint, width }),
    '',
    style.faint(
      `Cosine of each exit's gradient with that of the whole loss, over the backbone; mean over ${batches}. –: no gradient there.`,
    ),
  ]
}

function withSpread(cosine: number | null, spread: number | null): string {
  if (cosine === null) return '–'
  const value = signed(cosine)
  return spread === null ? value : `${value} ± ${spread.toFixed(2)}`
}

const signed = (value: number) => value.toFixed(2).replace('-', '−')

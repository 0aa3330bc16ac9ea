import type { MeanStd } from '../../shared/evaluation/evaluation.ts'
import type { Metric } from '../../shared/methods/metric.ts'
import { bestText, printedMean, rounded, type TableCell } from '../../shared/tables/table.ts'

/** An exit and what it costs. */
export interface Exit {
  block?: number | null | undefined
  /** null: only the share of the backbone is known. */
  cost: number | null
  fraction: number
}

/** What a cell shows of an exit, and below it. */
export interface ExitQuantity<OfExit> {
  /** End of the name of its files. */
  file: string
  /** Of its column in files. */
  name: string
  metric: Pick<Metric, 'decimals' | 'higherIsBetter'>
  caption: string
  below: { label: string; name: string; suffix: string } | null
  /** null: the exit has none. */
  of(exit: OfExit): { value: MeanStd | null; below: MeanStd | null }
}

/** The best value at an exit as it is printed; null where there is nothing to compare. */
export function bestOf<OfExit extends Exit>(
  members: readonly { exits: readonly OfExit[] }[],
  { quantity, exit }: { quantity: ExitQuantity<OfExit>; exit: number },
): string | null {
  const means = members.flatMap(({ exits }) => quantity.of(exits[exit]!).value?.mean ?? [])
  return bestText(quantity.metric, means)
}

export function cellOf<OfExit extends Exit>(
  exit: OfExit,
  quantity: ExitQuantity<OfExit>,
  best: string | null,
): TableCell | null {
  const { decimals } = quantity.metric
  const { value, below } = quantity.of(exit)
  if (value === null) return null
  const printed = printedMean(value, decimals)
  const values = [value, ...(quantity.below ? [below] : [])].flatMap((each) => [each?.mean ?? null, each?.std ?? null])
  return {
    values: [
      ...values.map((each) => rounded(each, decimals + 2)),
      exit.block ?? null,
      rounded(exit.cost, 6),
      rounded(exit.fraction, 6),
    ],
    printed: {
      ...printed,
      bold: printed.text === best,
      ...(below && { below: printedMean(below, 2) }),
    },
  }
}

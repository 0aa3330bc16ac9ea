import type { z } from 'zod'
import { ruleInWords } from '../../shared/methods/rule-reference.ts'
import type { Table } from '../../shared/tables/table.ts'
import { exitsSideBySide } from '../exits-side-by-side.ts'
import type { FailurePredictionAnswer, failurePredictionQuestion } from './schema.ts'

export function table(
  { rule, series }: FailurePredictionAnswer,
  { unit }: Pick<z.output<typeof failurePredictionQuestion>, 'unit'>,
): Table {
  const caption =
    `AUROC (%) of the score of the ${ruleInWords(rule)} at telling its right from its wrong predictions ` +
    '(50 is chance, 100 perfect); below it the excess AURC (points), 0 where every right prediction scores above every wrong one'
  return exitsSideBySide(
    series,
    {
      file: 'failure-prediction',
      name: 'auroc',
      metric: { decimals: 2, higherIsBetter: true },
      caption,
      below: { label: 'excess AURC', name: 'excess_aurc', suffix: 'excess AURC' },
      of: ({ failurePrediction }) => ({
        value: failurePrediction?.auroc ?? null,
        below: failurePrediction?.excessAurc ?? null,
      }),
    },
    unit,
  )
}

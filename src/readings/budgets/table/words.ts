import { backboneCostWords, type CostUnit, macs as macsText } from '../../../shared/evaluation/cost-kind.ts'
import { importedSentence } from '../../../shared/runs/imported.ts'
import { withUnit } from '../../../shared/methods/metric.ts'
import {
  meanOver,
  measuredMetric,
  ofCompared,
  overBudgetNote,
  readingSentences,
} from '../../../shared/tables/table-words.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import { correctionWords, significanceLevel, untestedSentence } from '../../differences/pair.ts'
import { theBest } from '../../differences/schema.ts'
import { ownRows, type BudgetsAnswer } from '../schema.ts'
import { pairAt } from './cells.ts'

/** What marks and published values mean. */
export function legendOf(answer: BudgetsAnswer): string[] {
  const { published, readOn } = answer
  return [
    ...marksSentence(answer),
    ...(published ? [`Published: ${published.title}${readOn ? ', on test samples' : ''}.`] : []),
  ]
}

/** A series is better than the best at a budget only at the seeds that both have. */
function marksSentence(answer: BudgetsAnswer): string[] {
  const found = new Set(testedPairs(answer).map(({ mark }) => mark))
  if (!answer.marks || [...found].every((mark) => mark === null)) return []
  const { readOn = 'test' } = answer
  const against = answer.marks.against ?? `${theBest} on ${readOn} samples`
  const better = answer.marks.against !== null || found.has('better') ? '▲ better, ' : ''
  return [
    `${better}▽ worse than ${against}, · neither: paired over seeds, p < ${significanceLevel} after ${correctionWords(answer.marks.against === null)}.`,
  ]
}

/** Why cells are empty, or have no mark. */
export function notesOf(answer: BudgetsAnswer): string[] {
  const unreached = answer.rows.some(({ cells }) => cells.includes(null))
  const untested = answer.marks ? untestedNote(answer) : null
  return [...(unreached ? [overBudgetNote] : []), ...(untested === null ? [] : [untested])]
}

function untestedNote(answer: BudgetsAnswer): string | null {
  const rows = ownRows(answer.rows)
  const pairs = testedPairs(answer)
  if (rows.every(({ seeds }) => seeds.length === 1))
    return 'n = 1: with one seed there is no standard deviation and no significance test.'
  if (pairs.length === 0 && new Set(rows.map(({ series }) => series)).size > 1)
    return 'No pair of series shares a seed, so nothing is tested.'
  return untestedSentence(pairs)
}

/** The pairs of every cell. */
function testedPairs(answer: BudgetsAnswer) {
  const metric = primaryMetric(answer)
  return ownRows(answer.rows).flatMap((row) =>
    answer.budgets.flatMap((_, b) => pairAt(answer, row, { b, metric }) ?? []),
  )
}

export function captionOf(
  answer: BudgetsAnswer,
  { counts, unit }: { counts: readonly number[]; unit: CostUnit },
): string {
  const { rows, rule } = answer
  const metric = primaryMetric(answer)
  const names = [...new Set(rows.map(({ experiment }) => experiment))]
  const costs = new Set(rows.flatMap(({ backboneCost }) => backboneCost ?? []))
  const hundred =
    names.length === 1 && costs.size === 1
      ? ` (100\u00a0% = ${macsText([...costs][0]!, unit).replace(' ', '\u00a0')})`
      : ''
  return (
    `${withUnit(measuredMetric(rows, metric), metric)}${ofCompared(rows)} within inference budgets in % of ${backboneCostWords(answer)}${hundred}: ` +
    [`${meanOver(counts)}.`, rule === null ? '' : readingSentences({ ...answer, rule }), importedSentence(rows)]
      .filter((sentence) => sentence !== '')
      .join(' ')
  )
}

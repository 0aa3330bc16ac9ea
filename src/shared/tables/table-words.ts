import { listed } from '../format/lists.ts'
import type { Protocol } from '../evaluation/evaluation.ts'
import { measuredSamples, samplesInWords, type MaybeImported, type MeasuredSamples } from '../runs/imported.ts'
import { plainText } from '../text/plain-text.ts'
import { readOnSentences, type ReadOn } from '../evaluation/read-on.ts'
import { ruleInWords } from '../methods/rule-reference.ts'
import type { TableColumn } from './table.ts'
import { primaryMetric, type OfTask } from '../methods/task.ts'

/** The column of a budget in % of the backbone's cost: `25%`, `37.5%` … or Unlimited. */
export function budgetColumn(budget: number | null): TableColumn {
  const percent = budget === null ? null : String(Number((100 * budget).toFixed(2)))
  return {
    ids: [budget ?? 'unlimited'],
    name: percent === null ? 'Unlimited' : `${percent}%`,
    title: percent === null ? 'Unlimited' : `${percent}\u202f%`,
    kind: 'number',
  }
}

/** With a capital letter first, as titles and sentences begin. */
export function capitalised(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase())
}

/** "3 seeds", "1 seed", "2 to 3 seeds" */
export function seedRange(counts: readonly number[]): string {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  if (fewest !== most) return `${fewest} to ${most} seeds`
  return most === 1 ? '1 seed' : `${most} seeds`
}

/** Meaning of a number with `±`. */
export function meanOver(counts: readonly number[]): string {
  const seeds = seedRange(counts)
  return seeds === '1 seed' ? seeds : `mean ± standard deviation over ${seeds}`
}

/** ` of quickstart`; nothing where there are several. */
export function ofSubject(names: readonly string[]): string {
  return names.length === 1 ? ` of ${plainText(names[0]!, 120)}` : ''
}

/** ` of disjoint, joint and mixed in quickstart`: the regimes that are compared, and the experiments that they are of. */
export function ofCompared(rows: readonly { experiment: string; series: string }[]): string {
  const regimes = new Set(rows.map(({ series }) => series))
  const experiments = [...new Set(rows.map(({ experiment }) => plainText(experiment, 120)))]
  const where = experiments.length > 3 ? `${experiments.length} experiments` : listed(experiments)
  return ` of ${listed(regimes)} in ${where}`
}

type ReadAt = OfTask & ReadOn & { protocol: Protocol; rule: string }

/** What an empty cell at a budget means. */
export const overBudgetNote = '–: even the cheapest threshold exceeds the budget.'

/** What is said of the primary metric at budgets: exit rule and protocol, and opened test values. */
export function readingSentences(answer: ReadAt): string {
  return [`${readingWords(answer)}.`, ...readOnSentences(answer)].join(' ')
}

function readingWords({ protocol, rule, task, readOn }: ReadAt): string {
  if (readOn) return `Thresholds of the ${ruleInWords(rule)} chosen on validation samples too`
  if (task !== undefined) {
    const { noun } = primaryMetric({ task })
    const where = protocol === 'validation' ? 'validation samples' : 'the test set'
    return `Of the thresholds of the ${ruleInWords(rule)} whose cost on ${where} is within a budget, the one with the lowest ${noun} on validation samples`
  }
  const thresholds =
    protocol === 'validation'
      ? 'chosen on validation samples, so that the cost on test samples may differ slightly from the budget'
      : 'chosen on the test set, as in the paper'
  return `Thresholds of the ${ruleInWords(rule)} ${thresholds}`
}

type Block = { experiment: string } & MaybeImported

/** Of the rows of each experiment that were measured on the same samples a block, among which the best may be marked; titled where there are several. */
export function blocksOf<Row extends Block, T>(
  rows: readonly Row[],
  rowsOf: (members: Row[]) => T[],
): { title: string | null; rows: T[] }[] {
  const groups = [...Map.groupBy(rows, (row) => `${measuredSamples(row)} ${row.experiment}`).values()]
  const areAlike = samplesOf(rows).length === 1
  const titleOf = (row: Row) => (areAlike ? row.experiment : `${row.experiment}, ${onSamples(measuredSamples(row))}`)
  return groups.map((members) => ({ title: groups.length > 1 ? titleOf(members[0]!) : null, rows: rowsOf(members) }))
}

const samplesOf = (rows: readonly MaybeImported[]) => [...new Set(rows.map(measuredSamples))]

/** `test samples`, `unknown samples` */
const onSamples = (samples: MeasuredSamples) => `${samplesInWords[samples]} samples`

/** `Test accuracy`, `Accuracy on unknown samples`; of rows that were measured on different samples `Accuracy`. */
export function measuredMetric(rows: readonly MaybeImported[], { noun }: { noun: string }): string {
  const [samples, ...others] = samplesOf(rows)
  if (others.length > 0) return capitalised(noun)
  if (samples === 'unknown') return `${capitalised(noun)} on ${onSamples(samples)}`
  return `${capitalised(samplesInWords[samples ?? 'test'])} ${noun}`
}

/** The samples of all rows, in a clause: `on test samples`, `on test and validation samples`. */
export function onMeasuredSamples(rows: readonly MaybeImported[]): string {
  return `on ${listed(samplesOf(rows).map((each) => samplesInWords[each]))} samples`
}

/** `mixed`, and how many seeds it has where rows differ in that. */
export function regimeHead(regime: string, seedCount: number, counts: readonly number[]): string {
  return new Set(counts).size > 1 ? `${regime} (n = ${seedCount})` : regime
}

/** Heading of the column of series: `Regime` if there is one series for each regime. */
export function seriesTitle(rows: readonly { regime: string | null; series: string }[]): 'Series' | 'Regime' {
  return rows.some(({ regime, series }) => series !== regime) ? 'Series' : 'Regime'
}

/** The key column with the names of series, empty if there is one series for each regime. */
export function seriesColumn(rows: readonly { regime: string | null; series: string }[]): {
  key: { name: string }[]
  of(row: { series: string }): string[]
} {
  const isSwept = seriesTitle(rows) === 'Series'
  return { key: isSwept ? [{ name: 'series' }] : [], of: ({ series }) => (isSwept ? [series] : []) }
}

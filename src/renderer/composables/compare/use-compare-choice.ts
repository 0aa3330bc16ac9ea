import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useAddress } from '../use-address.ts'
import { defaultBudgets } from '../../../shared/evaluation/evaluation.ts'
import type { Protocol, SeedReading } from '../../../shared/evaluation/evaluation.ts'
import { readSplits, type ReadSplit } from '../../../shared/evaluation/read-on.ts'
import { costAxisNames } from '../../../shared/evaluation/cost-axis.ts'
import type { CostAxisName } from '../../../shared/evaluation/cost-axis.ts'
import { costKinds, type CostKind } from '../../../shared/evaluation/cost-kind.ts'
import { budgetOf, mostBudgets } from './budgets.ts'

/** Choices of the comparison in the address. Other keys of a tab are kept. */
export function useCompareChoice() {
  const route = useRoute()
  const address = useAddress()
  const choice = computed(() => readChoice(route.query))

  /** Other runs or another tab are a step that the back button undoes; another reading of them is not. */
  function change(changes: Partial<CompareChoice>): void {
    const step = changes.runs !== undefined || changes.tab !== undefined
    address.change(choiceChanges(choice.value, changes), { step })
  }
  return { choice, change }
}

/** Compared runs and options of the comparison, as stored in an address. */
export interface CompareChoice {
  /** References to runs or experiments; empty: the newest experiment with a result, which then enters the address. */
  runs: readonly string[]
  protocol: Protocol
  /** Samples on which it is read; null: as the host says. */
  split: ReadSplit | null
  /** Name of an exit rule; null: that of the task. */
  rule: string | null
  seedReading: SeedReading
  /** Fractions of the backbone's cost; null: Unlimited. */
  budgets: readonly (number | null)[]
  /** Series that the others are tested against; null: the best at each budget. */
  against: string | null
  /** Key of a published overlay, `off`, or null: the one that fits. */
  published: string | null
  axis: CostAxisName
  cost: CostKind
  /** Whether each seed is shown beside the means. */
  eachSeed: boolean
  /** Ids of compared runs that are left out for now. */
  hidden: readonly string[]
  /** Names of series that are not drawn. */
  undrawn: readonly string[]
  /** Path of the setting that parts curves into plots, or `none`; null: one that is chosen where there are many. */
  facets: string | null
  /** Id of the tab that is open; null: the first. */
  tab: string | null
}

export const defaultChoice: CompareChoice = {
  runs: [],
  protocol: 'validation',
  split: null,
  rule: null,
  seedReading: 'averaged',
  budgets: defaultBudgets,
  against: null,
  published: null,
  axis: 'share',
  cost: 'macs',
  eachSeed: false,
  hidden: [],
  undrawn: [],
  facets: null,
  tab: null,
}

type Query = Readonly<Record<string, unknown>>

/** The choice stored in an address; missing or invalid values are defaults. */
export function readChoice(query: Query): CompareChoice {
  return {
    runs: listOf(query['runs']),
    protocol: query['thresholds'] === 'test' ? 'paper' : 'validation',
    split: readSplits.find((split) => split === query['read']) ?? null,
    rule: textOf(query['rule']),
    seedReading: query['seeds'] === 'each' ? 'per-seed' : 'averaged',
    budgets: budgetsOf(listOf(query['budgets'])),
    against: textOf(query['against']),
    published: textOf(query['published']),
    axis: costAxisNames.find((axis) => axis === query['axis']) ?? defaultChoice.axis,
    cost: costKinds.find((kind) => kind === query['cost']) ?? defaultChoice.cost,
    eachSeed: query['show'] === 'seeds',
    hidden: listOf(query['hidden']),
    undrawn: listOf(query['undrawn'], '|'),
    facets: textOf(query['facets']),
    tab: textOf(query['tab']),
  }
}

/** The address of a choice, without defaults. */
export function writeChoice(choice: CompareChoice): Record<string, string> {
  const usual = wordsOf(defaultChoice)
  return Object.fromEntries(Object.entries(wordsOf(choice)).filter(([key, words]) => words !== usual[key]))
}

function wordsOf(choice: CompareChoice): Record<string, string> {
  return {
    runs: choice.runs.join(','),
    thresholds: choice.protocol === 'paper' ? 'test' : '',
    read: choice.split ?? '',
    rule: choice.rule ?? '',
    seeds: choice.seedReading === 'per-seed' ? 'each' : '',
    budgets: choice.budgets.map(wordOfBudget).join(','),
    against: choice.against ?? '',
    published: choice.published ?? '',
    axis: choice.axis,
    cost: choice.cost,
    show: choice.eachSeed ? 'seeds' : '',
    hidden: choice.hidden.join(','),
    // Names of series have commas in them.
    undrawn: choice.undrawn.join('|'),
    facets: choice.facets ?? '',
    tab: choice.tab ?? '',
  }
}

const wordOfBudget = (budget: number | null) =>
  budget === null ? 'unlimited' : String(Number((100 * budget).toFixed(2)))

/** Changes of the address for a changed choice; null: to be removed. */
export function choiceChanges(choice: CompareChoice, changes: Partial<CompareChoice>): Record<string, string | null> {
  const before = writeChoice(choice)
  const after = writeChoice({ ...choice, ...changes })
  const keys = Object.keys({ ...before, ...after }).filter((key) => before[key] !== after[key])
  return Object.fromEntries(keys.map((key) => [key, after[key] ?? null]))
}

function budgetsOf(words: readonly string[]): readonly (number | null)[] {
  const budgets = words.map((word) => (word === 'unlimited' ? null : budgetOf(word)))
  const sound = budgets.filter((budget, i) => budget !== null || words[i] === 'unlimited')
  return sound.length > 0 ? [...new Set(sound)].slice(0, mostBudgets) : defaultBudgets
}

function listOf(value: unknown, separator = ','): string[] {
  return (textOf(value) ?? '').split(separator).filter((word) => word !== '')
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

import type { RouteLocationRaw } from 'vue-router'
import type { PaperExperiment, PaperItem } from '../../../../shared/paper/paper.ts'
import type { PaperTable } from '../../../../shared/paper/paper-report.ts'
import { defaultChoice, writeChoice } from '../../../composables/compare/use-compare-choice.ts'
import { termFor } from '../../runs/query/edit-query.ts'

interface Source {
  item: PaperItem
  experiments: readonly PaperExperiment[]
}

/**
 * The comparison of the runs of a figure, or of one table of an item, as the paper reads them: its exit rule and budgets,
 * thresholds swept on test samples. Null where there are none.
 */
export function comparisonOf({ item, experiments }: Source, table?: PaperTable): RouteLocationRaw | null {
  // Of a figure the last one: those before it are where its weights come from.
  const runs = table ? comparedNames(table, experiments) : idsOf(experiments.slice(-1))
  if (runs.length === 0) return null
  const budgets = table?.budgets ?? defaultChoice.budgets
  const rule = table ? (table.rule ?? null) : item.rule
  const published = table?.id ?? null
  return {
    name: 'compare',
    query: writeChoice({ ...defaultChoice, runs, rule, protocol: 'paper', budgets, published }),
  }
}

/** References to the experiments of a table's own values: names stand for ids where an experiment is not one of the paper's files. */
function comparedNames({ experiments: names }: PaperTable, known: readonly PaperExperiment[]): string[] {
  return [...new Set(names.map((name) => known.find((each) => each.name === name)?.id ?? name))]
}

const idsOf = (experiments: readonly PaperExperiment[]) => experiments.flatMap(({ id }) => id ?? [])

/** The runs of an experiment in the list of runs. */
export function runsOf({ id }: PaperExperiment): RouteLocationRaw | null {
  return id === null ? null : { name: 'runs', query: { q: termFor('experiment', id) } }
}

/** Screens of the analyses that figures need; gradient dominance is on the page of a run. */
const analysisScreenNames: Readonly<Record<string, string>> = {
  'mode-connectivity': 'connectivity',
  'loss-landscape': 'landscape',
  'numerical-rank': 'representations',
  'mutual-information': 'representations',
}

/** Where the analyses of an item are shown; null where it needs none, or none of its experiments was started. */
export function analysesOf(
  { item: { analyses }, experiments }: Source,
  runOf: (experiment: string) => string | null,
): RouteLocationRaw | null {
  const [experiment] = idsOf(experiments)
  if (analyses === null || experiment === undefined) return null
  const name = analysisScreenNames[analyses.kind]
  if (name !== undefined) return { name, query: { experiment } }
  const run = runOf(experiment)
  return run === null ? null : { name: 'run', params: { run } }
}

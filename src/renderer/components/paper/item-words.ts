import { grouped, plural } from '../../../shared/format/numbers.ts'
import type { PaperExperiment, PaperItem, PaperScale } from '../../../shared/paper/paper.ts'
import { nameOfId } from '../../../shared/paper/paper-words.ts'

/** `of 3 experiments: 12 of 21 runs, 3 of 6 analyses` */
export function needsWords({ experiments, runs, analyses }: PaperItem): string {
  const parts = [
    ...(runs.all > 0 ? [`${grouped(String(runs.done))} of ${plural(runs.all, 'run')}`] : []),
    ...(analyses ? [`${grouped(String(analyses.done))} of ${plural(analyses.all, 'analysis', 'analyses')}`] : []),
  ]
  return `${parts.join(' and ')} of ${plural(experiments.length, 'experiment')}`
}

/** What is done of an item's runs and analyses, 0 … 1. */
export function doneShare({ runs, analyses }: Pick<PaperItem, 'runs' | 'analyses'>): number {
  const all = runs.all + (analyses?.all ?? 0)
  return all === 0 ? 0 : (runs.done + (analyses?.done ?? 0)) / all
}

/** `mode connectivity` */
export const analysisWords = (kind: string): string => kind.replaceAll('-', ' ')

/** The experiments of an item, in its order. */
export function experimentsOf(item: PaperItem, experiments: readonly PaperExperiment[]): PaperExperiment[] {
  return item.experiments.flatMap((file) => experiments.find((experiment) => experiment.file === file) ?? [])
}

/** Why what is missing of an item cannot be trained, each reason once. */
export function problemsOf(item: PaperItem, experiments: readonly PaperExperiment[]): string[] {
  const open = experimentsOf(item, experiments).filter(({ state }) => state !== 'done')
  return [...new Set(open.flatMap(({ problem }) => problem ?? []))]
}

/** Some items in a sentence: `Table 8`, `3 tables and figures`; none: `the paper`. */
export function itemsWords(ids: readonly string[]): string {
  if (ids.length === 0) return 'the paper'
  return ids.length === 1 ? nameOfId(ids[0]!) : `${ids.length} tables and figures`
}

export const scaleTitles: Record<PaperScale, string> = { paper: 'Paper', desk: 'Desk' }

import { plural } from '../../../shared/format/numbers.ts'
import { sum } from '../../../shared/statistics/statistics.ts'
import { duration } from '../../../shared/format/times.ts'
import type { PaperExperiment, PaperItem, PaperStatus } from '../../../shared/paper/paper.ts'
import type { Confirmation } from '../use-confirm.ts'

/** What starting some tables and figures would queue. */
export interface Missing {
  runs: number
  /** Experiments that these runs are of. */
  experiments: readonly PaperExperiment[]
  /** Experiments with missing runs that cannot be trained. */
  blocked: readonly PaperExperiment[]
  /** Analyses whose runs are done. */
  analyses: number
  /** Analyses of runs that are not. */
  laterAnalyses: number
  /** To train the experiments, at most; null where one of them was not measured. */
  seconds: number | null
}

/** What is missing of the items with these ids; none: of all. */
export function missingOf({ items, experiments }: PaperStatus, ids: readonly string[]): Missing {
  const chosen = items.filter(({ id }) => ids.length === 0 || ids.includes(id))
  const files = new Set(chosen.flatMap((item) => item.experiments))
  const open = experiments.filter((experiment) => files.has(experiment.file) && missingRuns(experiment) > 0)
  const startable = open.filter(({ problem }) => problem === null)
  return {
    runs: sum(startable.map(missingRuns)),
    experiments: startable,
    blocked: open.filter(({ problem }) => problem !== null),
    analyses: sum(chosen.filter(hasRuns).map(missingAnalyses)),
    laterAnalyses: sum(chosen.filter((item) => !hasRuns(item)).map(missingAnalyses)),
    seconds: startable.reduce<number | null>(
      (total, { remainingSeconds }) => (total === null || remainingSeconds === null ? null : total + remainingSeconds),
      0,
    ),
  }
}

/** Runs that are not in the workspace, and those that were paused or stopped or have failed: a start takes them up again. */
export function missingRuns({ runs }: Pick<PaperExperiment, 'runs'>): number {
  return sum([runs.missing, runs.paused, runs.stopped, runs.failed].map((count) => count ?? 0))
}

const hasRuns = ({ runs }: PaperItem) => runs.done === runs.all

/** Where all runs are done and something is in progress, that is the analyses. */
function missingAnalyses(item: PaperItem): number {
  const { analyses, state } = item
  return analyses === null || (state === 'active' && hasRuns(item)) ? 0 : analyses.all - analyses.done
}

/** Asked before they are queued. */
export function startQuestion(missing: Missing, what: string): Confirmation {
  const { runs, experiments, blocked, analyses, laterAnalyses, seconds } = missing
  const time =
    seconds === null
      ? 'How long they take is not known: Estimate measures it.'
      : `Training takes ${duration(seconds)} at most.`
  const sentences = [
    ...(runs > 0
      ? [`${plural(runs, 'run')} of ${plural(experiments.length, 'experiment')} will be queued.`, time]
      : []),
    ...(analyses > 0 ? [`${analysesWords(analyses)} will be queued.`] : []),
    ...(laterAnalyses > 0
      ? [`${analysesWords(laterAnalyses)} can be started when their runs are done: press Start again then.`]
      : []),
    ...(blocked.length > 0 ? [blockedSentence(blocked)] : []),
  ]
  const action = runs > 0 ? `Start ${plural(runs, 'run')}` : 'Start the analyses'
  return { title: `Start what is missing of ${what}?`, text: sentences.join(' '), action }
}

const analysesWords = (count: number) => plural(count, 'analysis', 'analyses')

function blockedSentence(blocked: readonly PaperExperiment[]): string {
  return `Left out, because it cannot be trained here: ${blocked.map(({ name }) => name).join('; ')}.`
}

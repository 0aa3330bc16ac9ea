import type { ReportQuestion } from '../../../../contract/reports.ts'
import { bestSentence } from '../../../../readings/best/sentence.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import { precisionWords } from '../../../../shared/experiment/precision.ts'
import type { Caveat } from '../../../../shared/evaluation/caveat.ts'
import { openedIn, readOnSentences } from '../../../../shared/evaluation/read-on.ts'
import type { ChecklistEntry, ReportEnvironment, ReportSettings } from '../../../../shared/tables/report.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { comparisonCaveats, type CaveatSources } from '../../comparison/evaluation/caveats.ts'
import { ruleOfQuery } from '../../comparison/evaluation/compare.ts'
import { askReading } from '../../comparison/readings/answer-reading.ts'
import { experimentLabels } from '../../runs/experiment-labels.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import type { ExportServices } from '../services.ts'
import { comparisonChecklist } from './checklist.ts'
import { environmentOf } from './environment.ts'
import { settingsInWords } from './settings.ts'
import { allTopics, isReason, topicOf, withTableNames, type Topic } from './topics.ts'

export type ReportServices = ExportServices & CaveatSources

/** Everything that a report of own runs says, without its drawings. */
export interface ComparisonReport {
  /** Milliseconds since 1970. */
  createdAt: number
  /** Names of the experiments, those of imported results too; of several with one name, as in tables, with their ids. */
  experiments: string[]
  runs: RunSummary[]
  /** Which series is best, or why that cannot be said. */
  decision: string
  /** What limits the values. */
  caveats: Caveat[]
  topics: Topic[]
  settings: ReportSettings[]
  environment: ReportEnvironment
  checklist: ChecklistEntry[]
}

/** @throws ExitlabError `not-found` for runs that do not exist, `usage` for unknown readings, `checkpoint-damaged` for damaged runs. */
export async function comparisonReport(services: ReportServices, question: ReportQuestion): Promise<ComparisonReport> {
  const { store } = services
  const { runs: references, imports } = splitReferences(store, question.runs)
  const rows = references.length === 0 ? [] : resolveRuns(store, references)
  // Else every part alone would be missing for that reason.
  if (rows.length > 0) ruleOfQuery(services, question)
  const labels = experimentLabels(store, rows)
  const experiments = [...labels].map(([id, name]) => ({ ...store.experiments.get(id)!, name }))
  const topics: Topic[] = []
  const names = question.readings.length === 0 ? allTopics().map(({ name }) => name) : question.readings
  for (const name of new Set(names)) topics.push(await topicOf(services, question, name))
  const listed = store.summaries.of(rows.map(({ id }) => id))
  const runs = listed.map((run) => ({ ...run, experiment: labels.get(run.experimentId)! }))
  const environment = await environmentOf(store, {
    runs: rows.map(({ id }) => id),
    precisions: experiments.map(({ file }) => precisionWords(file.training)),
  })
  const imported = imports.map(({ name, experiment }) => experiment ?? name)
  return {
    createdAt: Date.now(),
    experiments: [...new Set([...experiments.map(({ name }) => name), ...imported])],
    runs,
    decision: await decisionOf(services, question),
    caveats: await comparisonCaveats(services, question.runs),
    topics: withTableNames(topics),
    settings: experiments.map(({ file, name }) => ({ ...settingsInWords(file), name })),
    environment,
    checklist: comparisonChecklist({
      runs: doneOf(runs),
      phases: plural(environment.phases, 'trained phase'),
      seeds: [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).join(', '),
      selection: ['Series are ranked on validation samples (“Best series”).', ...openedWords(store, rows)].join(' '),
    }),
  }
}

/** That test values of a sweep were opened before the report, which a reader has to know. */
function openedWords({ experiments }: Store, rows: readonly RunRow[]): string[] {
  const all = rows.map(({ experimentId }) => ({ testOpenedAt: experiments.testOpenedAt(experimentId) ?? undefined }))
  return readOnSentences(openedIn(all))
}

async function decisionOf(services: ExportServices, { budget, ...asked }: ReportQuestion): Promise<string> {
  try {
    const answer = await askReading(services, { reading: 'best', question: { ...asked, budgets: [budget] } })
    return bestSentence(answer, budget)
  } catch (error) {
    if (!isReason(error)) throw error
    return `Nothing was chosen: ${error.message}`
  }
}

/** `9 of 9 runs done` */
export function doneOf(runs: readonly RunSummary[]): string {
  const done = runs.filter(({ status }) => status === 'done').length
  return `${done} of ${plural(runs.length, 'run')} done`
}

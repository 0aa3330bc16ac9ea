import type { AnalysisResult, AnalysisSummary } from '../../../analyses/index.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { dominanceRunsOption, dominanceRunsSentence } from '../../../analyses/gradient-dominance/figure/runs.ts'
import type { ExportFigure } from '../../exports/figure-file.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { ExportTable } from '../../../shared/table.ts'
import { dominanceRunsTable } from '../../../analyses/gradient-dominance/table/of-runs.ts'
import { analysisResult } from '../analyses/result.ts'
import type { HostServices } from '../services.ts'

/** Ids of analyses of gradient dominance. */
interface DominanceRunsQuery {
  analyses: string[]
}

export async function dominanceRunsFigure(services: HostServices, query: DominanceRunsQuery): Promise<ExportFigure> {
  const { subjects, exitCount, answers } = await answersOf(services, query)
  const labels = answers.map(({ summary }) => labelOf(summary))
  // Of several experiments, regime and seed do not tell them apart.
  const isClear = new Set(labels).size === labels.length
  const runs = answers.map(({ summary, result }, index) => ({
    label: isClear ? labels[index]! : summary.runs[0]!.name,
    cosines: result.exits,
  }))
  return {
    name: fileStem(subjects, 'dominance-runs'),
    option: (frame) => dominanceRunsOption({ exitCount, runs }, frame),
    sentence: dominanceRunsSentence({ exitCount, runs }),
  }
}

export async function dominanceOfRuns(services: HostServices, query: DominanceRunsQuery): Promise<ExportTable> {
  const { subjects, exitCount, answers } = await answersOf(services, query)
  const runs = answers.map(({ summary, result }) => {
    const { name, regime, seed } = summary.runs[0]!
    return { run: name, regime, seed, batches: result.batches, dominance: result }
  })
  return dominanceRunsTable({ subjects, exitCount, runs })
}

interface Answers {
  /** Names of experiments. */
  subjects: string[]
  exitCount: number
  answers: { summary: AnalysisSummary; result: AnalysisResult<'gradient-dominance'> }[]
}

/** @throws ExitlabError `usage` where their networks have other exits or blocks, and as `analysisResult` does. */
async function answersOf(services: HostServices, { analyses }: DominanceRunsQuery): Promise<Answers> {
  const answers = await Promise.all(analyses.map((each) => analysisResult(services, each, 'gradient-dominance')))
  const shapes = answers.map(({ result }) => `${result.exits.length} exits and ${result.blocks[0]!.length} blocks`)
  if (new Set(shapes).size > 1) {
    throw new ExitlabError(
      'usage',
      `These runs cannot be compared exit by exit: their networks have ${[...new Set(shapes)].join(', others ')}. Choose runs of one network.`,
    )
  }
  const subjects = answers.map(({ summary }) => experimentOf(services, summary))
  return { subjects: [...new Set(subjects)], exitCount: answers[0]!.result.exits.length, answers }
}

function experimentOf({ store }: HostServices, { runs }: AnalysisSummary): string {
  return store.experiments.nameOf(store.runs.get(runs[0]!.id)!.experimentId)
}

function labelOf({ runs }: AnalysisSummary): string {
  const { regime, seed } = runs[0]!
  return `${regime}, seed ${seed}`
}

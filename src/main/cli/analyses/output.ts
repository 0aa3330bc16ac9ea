import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import type { HostClient } from '../../../contract/index.ts'
import type { FigureFormat } from '../../../contract/exports.ts'
import type { FigureLayout } from '../../../figures/figure-layout.ts'
import { analyses } from '../../../readings/analyses/index.ts'
import type { Format } from '../evaluation-text.ts'
import type { View } from '../output/style.ts'
import { tableLines } from '../output/table-lines.ts'

/** Analyses of one kind that are done, made with one setting. */
interface Chosen {
  kind: string
  /** With the runs that were asked for. */
  analyses: readonly AnalysisSummary[]
}

/** What tables and figures name: the analyses, and the one experiment that their runs are of, as another one may have the same weights. */
async function subjectOf(client: HostClient, analyses: readonly AnalysisSummary[]) {
  const ids = analyses.flatMap(({ runs }) => runs.map(({ id }) => id))
  const runs = await client.runs.summaries({ ids: [...new Set(ids)] })
  const [experiment, ...others] = new Set(runs.map(({ experimentId }) => experimentId))
  return { analyses: analyses.map(({ id }) => id), experiment: others.length === 0 ? experiment : undefined }
}

/** Analyses in an output format; CSV and LaTeX come from the host. */
export async function analysisText(
  client: HostClient,
  { kind, analyses: chosen }: Chosen,
  { format, ...view }: View & { format: Format },
): Promise<string> {
  const subject = await subjectOf(client, chosen)
  if (format !== 'text' && format !== 'json') {
    return (await client.exports.table({ table: subject, format })).bytes.text()
  }
  const shown = chosen.map(async ({ id, runs }) => {
    const { analysis, ...found } = await client.analyses.show({ analysis: id })
    return { analysis: { ...analysis, runs }, ...found }
  })
  const answers = resultsIn(await Promise.all(shown))
  const text =
    format === 'json'
      ? JSON.stringify(analysisJson(kind, answers))
      : await analysisLines(client, { kind, answers, experiment: subject.experiment }, view)
  return `${[text].flat().join('\n')}\n`
}

/** The first figure of the analysis. */
export async function analysisFigure(
  client: HostClient,
  { analyses: chosen }: Chosen,
  options: { format: FigureFormat } & FigureLayout,
): Promise<Blob> {
  return (await client.exports.figure({ figure: await subjectOf(client, chosen), ...options })).bytes
}

/** Analyses of one kind as lines for a terminal: title, table, and what must be known before it is believed. */
export async function analysisLines(
  client: HostClient,
  { kind, answers, experiment }: { kind: string; answers: readonly AnalysisResult[]; experiment?: string | undefined },
  view: View,
): Promise<string[]> {
  const { style } = view
  const caveats = [...new Set(answers.flatMap(({ result }) => result.caveats))]
  const ids = answers.map(({ analysis }) => analysis.id)
  const table = await client.exports.readTable({ table: { analyses: ids, experiment, partial: true } })
  return [
    style.strong(analyses.get(kind).info.title),
    ...tableLines(table, view),
    '',
    ...(answers.every(({ whole }) => whole) ? [] : [style.warn('Not done yet: these are partial results.')]),
    ...caveats.map((caveat) => style.faint(caveat)),
  ]
}

/** Analyses of one kind as JSON, also of a kind that this version does not have. */
export function analysisJson(kind: string, answers: readonly { analysis: AnalysisSummary; result: unknown }[]) {
  return {
    kind,
    parameters: answers[0]?.analysis.parameters ?? {},
    analyses: answers.map(({ analysis: { id, runs, status }, result }) => ({ id, runs, status, result })),
  }
}

/** An analysis and its result. */
export interface AnalysisResult {
  analysis: AnalysisSummary
  /** As its schema has it. */
  result: { caveats: string[] }
  /** False: it is not done, and has found this so far. */
  whole: boolean
}

/** Those that have a result, in order. */
export function resultsIn(shown: readonly Awaited<ReturnType<HostClient['analyses']['show']>>[]): AnalysisResult[] {
  return shown.flatMap(({ analysis, result, whole }) =>
    result === null ? [] : [{ analysis, result: analyses.get(analysis.kind).result.parse(result), whole }],
  )
}

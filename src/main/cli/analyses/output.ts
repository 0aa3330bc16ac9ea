import type { AnalysisSummary } from '../../../shared/analysis.ts'
import type { HostClient } from '../../../contract/index.ts'
import type { FigureFormat } from '../../../contract/exports.ts'
import type { FigureLayout } from '../../../figures/figure-layout.ts'
import type { Format } from '../evaluation-text.ts'
import type { View } from '../context.ts'
import { resultsOf } from './results.ts'
import { analysisJson, analysisLines } from './printing.ts'

/** Analyses of one kind that are done, made with one setting. */
export interface Chosen {
  kind: string
  analyses: readonly AnalysisSummary[]
}

/** Analyses in an output format; CSV and LaTeX come from the host. */
export async function analysisText(
  client: HostClient,
  { kind, analyses }: Chosen,
  { format, ...view }: View & { format: Format },
): Promise<string> {
  const ids = analyses.map(({ id }) => id)
  if (format !== 'text' && format !== 'json') {
    return (await client.exports.table({ table: { analyses: ids }, format })).bytes.text()
  }
  const answers = await resultsOf(client, ids)
  const json = format === 'json'
  const text = json ? JSON.stringify(analysisJson(kind, answers)) : await analysisLines(client, { kind, answers }, view)
  return `${[text].flat().join('\n')}\n`
}

/** The first figure of the analysis. */
export async function analysisFigure(
  client: HostClient,
  { analyses }: Chosen,
  options: { format: FigureFormat } & FigureLayout,
): Promise<Blob> {
  return (await client.exports.figure({ figure: { analyses: analyses.map(({ id }) => id) }, ...options })).bytes
}

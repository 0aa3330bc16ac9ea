import { analyses } from '../../../analyses/index.ts'
import type { AnalysisSummary } from '../../../shared/analysis.ts'
import type { HostClient } from '../../../contract/index.ts'
import type { View } from '../context.ts'
import { tableLines } from '../output/table-lines.ts'
import type { AnalysisResult } from './results.ts'

/** Analyses of one kind as lines for a terminal: title, table, and what must be known before it is believed. */
export async function analysisLines(
  client: HostClient,
  { kind, answers }: { kind: string; answers: readonly AnalysisResult[] },
  view: View,
): Promise<string[]> {
  const { style } = view
  const caveats = [...new Set(answers.flatMap(({ result }) => result.caveats))]
  const ids = answers.map(({ analysis }) => analysis.id)
  const table = await client.exports.readTable({ table: { analyses: ids, partial: true } })
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

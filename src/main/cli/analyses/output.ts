import type { AnalysisKind, AnalysisSummary } from '../../../analyses/index.ts'
import type { HostClient } from '../../../shared/contract.ts'
import type { FigureFormat, FigureInput, TableInput } from '../../../shared/contract/exports.ts'
import type { FigureLayout } from '../../../figures/figure-layout.ts'
import type { TableView } from '../budget-grid.ts'
import type { Format } from '../evaluation-text.ts'
import { answersOf } from './answer.ts'
import { analysisJson, analysisLines } from './printing.ts'

/** Analyses of one kind that are done, made with one setting. */
export interface Chosen {
  kind: AnalysisKind
  analyses: readonly AnalysisSummary[]
}

/** Analyses as the bytes of a format; those for papers and spreadsheets are the host's. */
export async function analysisText(
  client: HostClient,
  { kind, analyses }: Chosen,
  { format, ...view }: TableView & { format: Format },
): Promise<string> {
  if (format !== 'text' && format !== 'json') {
    return (await client.exports.table({ table: tables[kind](analyses), format })).bytes.text()
  }
  const answers = await answersOf(client, idsOf(analyses))
  const text =
    format === 'json' ? JSON.stringify(analysisJson(kind, answers)) : analysisLines(kind, answers, view).join('\n')
  return `${text}\n`
}

/** The figure that the workbench shows first. */
export async function analysisFigure(
  client: HostClient,
  { kind, analyses }: Chosen,
  options: { format: FigureFormat } & FigureLayout,
): Promise<Blob> {
  return (await client.exports.figure({ figure: figures[kind](analyses), ...options })).bytes
}

type Made<Input> = Record<AnalysisKind, (analyses: readonly AnalysisSummary[]) => Input>

const idsOf = (analyses: readonly AnalysisSummary[]) => analyses.map(({ id }) => id)

const tables: Made<TableInput> = {
  'gradient-dominance': (analyses) =>
    analyses.length === 1
      ? { of: 'dominance', ...ofOneRun(analyses[0]!) }
      : { of: 'dominance-runs', analyses: idsOf(analyses) },
  'mode-connectivity': (analyses) => ({ of: 'barriers', analyses: idsOf(analyses) }),
  'loss-landscape': (analyses) => ({ of: 'landscape', analyses: idsOf(analyses) }),
  'numerical-rank': (analyses) => ({ of: 'representations', analyses: idsOf(analyses) }),
  'mutual-information': (analyses) => ({ of: 'representations', analyses: idsOf(analyses) }),
}

const figures: Made<FigureInput> = {
  'gradient-dominance': (analyses) =>
    analyses.length === 1
      ? { of: 'dominance-blocks', ...ofOneRun(analyses[0]!) }
      : { of: 'dominance-runs', analyses: idsOf(analyses) },
  'mode-connectivity': connectivityFigure,
  'loss-landscape': (analyses) => ({ of: 'landscape-surface', analyses: idsOf(analyses) }),
  'numerical-rank': (analyses) => ({ of: 'rank', analyses: idsOf(analyses) }),
  'mutual-information': (analyses) => ({ of: 'information', analyses: idsOf(analyses) }),
}

/** The path of one pair, or the barriers of several. */
function connectivityFigure(analyses: readonly AnalysisSummary[]): FigureInput {
  const path = analyses[0]!.parameters['matched'] === false ? 'naive' : 'matched'
  return { of: analyses.length === 1 ? 'connectivity-map' : 'barrier-matrix', analyses: idsOf(analyses), path }
}

function ofOneRun({ id, runs }: AnalysisSummary): { run: string; analysis: string } {
  return { run: runs[0]!.id, analysis: id }
}

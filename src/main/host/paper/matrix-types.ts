import type { PaperScale } from '../../../shared/paper.ts'
import type { PaperRegime } from '../../../shared/regime-names.ts'

/** An experiment file whose runs a table reads. */
export interface PaperSource {
  /** Name of the file without ending. */
  file: string
  /** Variant of the published rows for each combination of its swept values, in their order; one without a sweep, null where a table has no variants. */
  variants: readonly (string | null)[]
}

/** A published table of one setting, with the experiments that are compared with it. */
export interface PaperPart {
  /** Its id in resources/published-tables.json. */
  published: string
  /** Exit rule; null: the default of the task. */
  rule: string | null
  sources: Readonly<Record<PaperScale, readonly PaperSource[]>>
}

interface Printed {
  number: number
  title: string
  /** What the paper leaves open and how it is filled in; null: nothing. */
  note: string | null
}

export interface MatrixTable extends Printed {
  kind: 'table'
  regimes: readonly PaperRegime[]
  parts: readonly PaperPart[]
  /** Its values are differences to the rows with this variant; null: as they are. */
  differencesTo: string | null
}

/** The metric against cost of the regimes of one experiment. */
interface CurveDrawing {
  of: 'cost-curve'
  /** Exit rule; null: the default of the task. */
  rule: string | null
}

/** Gradient dominance as it is measured while the network is trained, of the first seed. */
interface DominanceDrawing {
  of: 'dominance'
}

/** Figures of an analysis. */
export interface AnalysisDrawing {
  of: 'analysis'
  analysis: string
  parameters: Readonly<Record<PaperScale, Readonly<Record<string, unknown>>>>
  /** Seeds that are analysed: all, or the first. */
  seeds: 'all' | 'first'
  panels: readonly AnalysisPanel[]
}

/** A figure by its name in the registry of analyses, with its options. */
interface AnalysisPanel {
  /** Behind the name of the figure: `figure-3-losses`; null where there is one panel. */
  name: string | null
  figure: string
  options: Readonly<Record<string, unknown>>
  /** In points; default: in proportion to the width. */
  height?: number
}

export interface MatrixFigure extends Printed {
  kind: 'figure'
  /** Of both scales. */
  file: string
  regimes: readonly PaperRegime[]
  drawing: CurveDrawing | DominanceDrawing | AnalysisDrawing
}

export type MatrixItem = MatrixTable | MatrixFigure

import type { ClaimVerdict } from '../../../shared/paper-report.ts'
import type { Table } from '../../../shared/table.ts'

/** What the report says, before it is written as LaTeX or HTML. */
export interface Section {
  /** Anchor. */
  id: string
  title: string
  parts: readonly Part[]
}

export type Part = Paragraph | NumberTable | TextTable | Picture

export interface Paragraph {
  kind: 'paragraph'
  text: string
}

/** A table of numbers with its caption. */
export interface NumberTable {
  kind: 'table'
  /** With which its caption begins. */
  title: string
  table: Table
}

/** A table whose cells are texts that break into lines. */
export interface TextTable {
  kind: 'texts'
  caption: string
  columns: readonly TextColumn[]
  rows: readonly (readonly TextCell[])[]
  /** Whether a page shows it only when it is opened. */
  folded?: boolean
}

interface TextColumn {
  title: string
  /** Share of the width of the page. */
  width: number
}

/** A text, or a verdict in its colours. */
export type TextCell = string | { verdict: ClaimVerdict }

/** A figure with its panels, each a file in the folder of figures. */
export interface Picture {
  kind: 'picture'
  title: string
  caption: string
  panels: readonly { name: string; sentence: string | null }[]
}

/** A panel of a figure as it is drawn. */
export interface DrawnPanel {
  /** Of its files, without ending. */
  name: string
  svg: string
  pdf: Blob
}

export const paragraph = (text: string): Paragraph => ({ kind: 'paragraph', text })

/** Verdicts in words. */
export const verdictWords: Record<ClaimVerdict, string> = {
  agrees: 'agrees',
  disagrees: 'disagrees',
  undecided: 'undecided',
  untested: 'not tested',
  missing: 'no values',
}

import type { Table } from '../../../shared/table.ts'

/** What the report says, before it is written as LaTeX or HTML. */
export interface Section {
  /** Anchor. */
  id: string
  title: string
  parts: readonly Part[]
}

export type Part = Paragraph | PrintedTable | Picture

export interface Paragraph {
  kind: 'paragraph'
  text: string
}

export interface PrintedTable {
  kind: 'table'
  table: Table
  /** Whether a page shows it only when it is opened. */
  folded?: boolean
}

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

export const tablePart = (table: Table): PrintedTable => ({ kind: 'table', table })

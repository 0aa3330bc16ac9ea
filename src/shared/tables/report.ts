import { z } from 'zod'
import type { Table } from './table.ts'

/** What a report says, before it is written as LaTeX, HTML or Markdown. */
export interface Report {
  title: string
  /** A sentence below the title. */
  subtitle: string
  /** `Exitlab 0.1.0` */
  author: string
  /** Milliseconds since 1970. */
  createdAt: number
  /** The first one is the summary, before the table of contents. */
  sections: readonly [Section, ...Section[]]
}

export interface Section {
  /** Anchor. */
  id: string
  title: string
  parts: readonly Part[]
}

export type Part = Paragraph | PrintedTable | Picture

interface Paragraph {
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
  /** Empty where the title of its section says it. */
  title: string
  /** Empty: there is none. */
  caption: string
  panels: readonly { name: string; sentence: string | null }[]
}

/** Day of the report: `2026-01-31`. */
export const dayOf = ({ createdAt }: Report): string => new Date(createdAt).toISOString().slice(0, 10)

export const authorOf = (versions: readonly string[]): string => ['Exitlab', versions.join(', ')].join(' ').trim()

export const paragraph = (text: string): Part => ({ kind: 'paragraph', text })

export const tablePart = (table: Table): PrintedTable => ({ kind: 'table', table })

/** Where and with what runs were trained; each list without repetition. */
export const reportEnvironment = z.object({
  exitlab: z.array(z.string()),
  node: z.array(z.string()),
  tensorflow: z.array(z.string()),
  processors: z.array(z.string()),
  devices: z.array(z.string()),
  threads: z.array(z.int()),
  precisions: z.array(z.string()),
  systems: z.array(z.string()),
  /** Sum over all trained phases. */
  trainedSeconds: z.number(),
  phases: z.int(),
})
export type ReportEnvironment = z.infer<typeof reportEnvironment>

/** Settings of an experiment in words. */
export const reportSettings = z.object({
  name: z.string(),
  values: z.array(z.object({ key: z.string(), value: z.string() })),
  seeds: z.array(z.int()),
})
export type ReportSettings = z.infer<typeof reportSettings>

/** An entry of a reproducibility checklist, filled in. */
export const checklistEntry = z.object({
  question: z.string(),
  answer: z.enum(['yes', 'no', 'in part']),
  where: z.string(),
})
export type ChecklistEntry = z.infer<typeof checklistEntry>

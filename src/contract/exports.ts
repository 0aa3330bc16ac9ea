import { z } from 'zod'
import type { Table } from '../shared/tables/table.ts'
import { figureLayout } from '../figures/figure-layout.ts'
import { exitRule } from '../readings/question.ts'
import { thresholdsQuestion } from '../readings/thresholds/schema.ts'
import { bytes, procedure } from './procedure.ts'
import { readingQuery } from './readings.ts'
import { reference } from '../shared/runs/reference.ts'

/** `csv`: one line a value; `csv-wide`: one line a row of the table; `latex`: booktabs and siunitx. */
export const tableFormats = ['csv', 'csv-wide', 'latex'] as const
export type TableFormat = (typeof tableFormats)[number]

/** A table for the clipboard: tab-separated and HTML. */
const clipboardFormats = ['tsv', 'html'] as const
export type ClipboardFormat = (typeof clipboardFormats)[number]

export const figureFormats = ['svg', 'pdf', 'png'] as const
export type FigureFormat = (typeof figureFormats)[number]

/** Tables and figures of an analysis with their options; its registry entry lists them. */
const analysisQuery = z.looseObject({
  /** Name of the table or figure; default the first that the analysis has. */
  name: z.string().optional(),
  /** Ids of analyses of one kind that are done, made with one setting. */
  analyses: z.array(reference).min(1),
  /** Subject in captions, by whose series lines are named where several experiments share the weights; default: the experiments of their runs. */
  experiment: reference.optional(),
  /** Whether to use partial results of unfinished analyses. */
  partial: z.boolean().optional(),
})
export type AnalysisQuery = z.output<typeof analysisQuery>

/** What has tables and figures. */
const exportQuery = z.union([analysisQuery, readingQuery])
export type ExportInput = z.input<typeof exportQuery>
export type ExportQuery = z.output<typeof exportQuery>

/** How a program that runs the segments of a network leaves it. */
const segmentsInput = z.object({
  rule: exitRule,
  /** Fraction of the backbone's cost that the threshold is chosen for, on validation samples; default: no threshold. */
  budget: z.number().positive().optional(),
  /** In place of a budget: what is guaranteed of the threshold. */
  guarantee: thresholdsQuestion
    .pick({ risk: true, bound: true, delta: true })
    .extend({ tolerated: thresholdsQuestion.shape.tolerated.unwrap().element })
    .optional(),
})
export type SegmentsInput = z.output<typeof segmentsInput>

const file = z.object({
  /** Default file name. */
  name: z.string(),
  bytes,
})

export const exports = {
  /** Writes a run into an empty or new folder (absolute path) of the host's machine; with `segments` also its network as ONNX. */
  run: procedure
    .input(z.object({ run: reference, folder: z.string().min(1), segments: segmentsInput.optional() }))
    .output(z.object({ folder: z.string(), files: z.array(z.string()) })),
  /** A table as data, from which all formats are made. */
  readTable: procedure.input(z.object({ table: exportQuery })).output(z.custom<Table>()),
  /** A table in a file format; the same bytes for all clients. */
  table: procedure
    .input(z.object({ table: exportQuery, format: z.enum([...tableFormats, ...clipboardFormats]) }))
    .output(file),
  /** A figure of the workbench as a file; the same bytes for all clients. */
  figure: procedure.input(figureLayout.extend({ figure: exportQuery, format: z.enum(figureFormats) })).output(file),
}

import { listed } from '../format/lists.ts'
import { z } from 'zod'
import type { ReadOn } from '../evaluation/read-on.ts'
import { otherTask } from '../methods/task.ts'

/** Files of other programs that can be read: TensorBoard's event files, CSV, the result folders of the paper's public code. */
export const importFormats = ['tensorboard', 'csv', 'public-code'] as const
export type ImportFormat = (typeof importFormats)[number]

/** The format within a sentence. */
export const formatInWords: Record<ImportFormat, string> = {
  tensorboard: 'TensorBoard',
  csv: 'CSV',
  'public-code': 'the paper’s public code',
}

/** Samples that a metric may have been measured on. */
export const importedSplits = ['test', 'validation', 'train'] as const
export type ImportedSplit = (typeof importedSplits)[number]

/** Values that count of those logged over a training. */
export const loggedValues = ['last', 'best'] as const
export type LoggedValue = (typeof loggedValues)[number]

/** What can be named in a file: columns, or patterns of tags and columns with `*` in the place of the exit. */
export const importRoles = ['metric', 'exit', 'cost', 'threshold', 'epoch', 'seed'] as const
export type ImportRole = (typeof importRoles)[number]

/** Characters of the name of a tag or column: longer ones cannot be shown. */
export const longestSourceName = 1000
/** Exits of a result. */
export const mostImportedExits = 1001

const cost = z.number().positive()

/** The task's primary metric of each exit while it was trained, as it was logged. */
const importedTraining = z.object({
  /** What its values were logged over. */
  axis: z.enum(['epoch', 'step']),
  /** In the order of the exits, without exits of the one output, each as pairs (x, value), one after the other, ascending in x; empty where it was not logged. */
  curves: z.array(z.array(z.number())),
})
export type ImportedTraining = z.infer<typeof importedTraining>

/** What was measured by another program, of one seed. Costs are multiply-adds, or fractions of the backbone's cost where that is not known. */
export const importedContent = z
  .object({
    task: otherTask,
    /** null: not known. */
    split: z.enum(importedSplits).nullable(),
    /** Exit rule of the curve, as the registry in engine/exits has it; null: not known. */
    rule: z.string().nullable(),
    /** Cost of the bare backbone; null: costs are fractions of it. */
    backboneMacs: cost.nullable(),
    /** Each exit alone, in the order of depth: cumulative cost, and the task's primary metric. Empty where only a curve is known, or only one output over the training. */
    exits: z.array(z.object({ name: z.string(), cost, value: z.number() })),
    /** The metric and mean cost at each threshold, from the cheapest end; null: only exits are known. Thresholds are null where points are sorted by cost. */
    curve: z
      .array(z.object({ threshold: z.number().nullable(), cost, value: z.number() }))
      .min(1)
      .nullable(),
    training: importedTraining.optional(),
    /** How it was read, and what is uncertain, as sentences. */
    notes: z.array(z.string()),
  })
  .refine(
    ({ exits, curve, training }) => exits.length > 0 || curve !== null || training !== undefined,
    'expected exits or a curve',
  )
export type ImportedContent = z.infer<typeof importedContent>

/** Whether it has a place against costs; else there is only a curve over the training. */
export const hasCosts = ({ exits, curve }: Pick<ImportedContent, 'exits' | 'curve'>): boolean =>
  exits.length > 0 || curve !== null

/** The exits, the curve, or the curve over the training, of which the costs are null. */
export function pointsOf({ exits, curve, training }: ImportedContent): { value: number; cost: number | null }[] {
  if (exits.length > 0 || curve) return exits.length > 0 ? exits : curve!
  return training!.curves.flat().flatMap((value, at) => (at % 2 === 1 ? [{ value, cost: null }] : []))
}

/** Names of the results that have no place against costs. */
export function withoutCosts(imports: readonly ImportedResult[]): string[] {
  return [...new Set(imports.flatMap(({ name, content }) => (hasCosts(content) ? [] : [name])))]
}

export const withoutCostsSentence = (names: readonly string[]): string =>
  `Imported without costs, and so among training curves alone: ${listed(names)}.`

const name = z.string().trim().min(1).max(100)

/** A result of another program in the workspace: one seed of a series that is named as it. */
export const importedResult = z.object({
  id: z.string(),
  name,
  /** Experiment beside whose runs it is shown; null: none. */
  experiment: name.nullable(),
  regime: z.string().nullable(),
  seed: z.int().nonnegative(),
  format: z.enum(importFormats),
  /** Of the file or folder when it was read. */
  path: z.string(),
  /** SHA-256 of the file; of several files of the list of their checksums. */
  sha256: z.string(),
  /** Milliseconds since 1970. */
  importedAt: z.int(),
  content: importedContent,
  /** Where its files are read again while another program writes them; `id`: the same for all that is read with it, `problem`: why they could not be the last time. */
  following: z.object({ id: z.int(), problem: z.string().nullable() }).optional(),
})
export type ImportedResult = z.infer<typeof importedResult>

/** How a series of imported results is read; rows and series of runs have no such mark. */
export const importedMark = z.object({
  format: z.enum(importFormats),
  /** What budgets are read from: a curve, whose thresholds are chosen on the samples that it was measured on, or exits alone. */
  reading: z.enum(['curve', 'exits']),
  split: z.enum(importedSplits).nullable(),
  /** Whether costs are known only as fractions of the backbone's. */
  sharesOnly: z.boolean(),
})
type ImportedMark = z.infer<typeof importedMark>

/** Something that may be imported, or read on other samples than test samples. */
export interface MaybeImported extends Pick<ReadOn, 'readOn'> {
  imported?: ImportedMark | undefined
}

/** Samples that a series was measured on, of runs test samples unless they are read on others; `unknown`: an imported file did not say. */
export type MeasuredSamples = ImportedSplit | 'unknown'

export const measuredSamples = ({ imported, readOn }: MaybeImported): MeasuredSamples =>
  imported ? (imported.split ?? 'unknown') : (readOn ?? 'test')

/** As an adjective. */
export const samplesInWords: Record<MeasuredSamples, string> = {
  test: 'test',
  validation: 'validation',
  train: 'training',
  unknown: 'unknown',
}

/** Name of a series of imported results, by which it is told from runs wherever it is shown, with its samples where these are no test samples. */
export function importedSeries({ name, content }: { name: string; content: Pick<ImportedContent, 'split'> }): string {
  const { split } = content
  const samples = split === null ? ', unknown samples' : split === 'test' ? '' : `, ${samplesInWords[split]}`
  return `${name} (imported${samples})`
}

const nameOfSeries = (series: string) => series.replace(/ \(imported(, [a-z ]+)?\)$/, '')

/** Whether a series belongs to no experiment: then it is shown as one that is called as it. */
export const standsAlone = ({ experiment, series }: { experiment: string; series: string }): boolean =>
  series !== experiment && nameOfSeries(series) === experiment

/** How budgets are read from imported results, in a clause. */
function readingInWords({ reading, split }: ImportedMark): string {
  const samples = split === null ? 'the samples' : `the ${samplesInWords[split]} samples`
  const unsure = split === null ? ', which may be test samples' : ''
  return reading === 'curve'
    ? `thresholds chosen on ${samples} that their curves were measured on${unsure}`
    : `no curves: budgets read from single exits${split === null ? '' : ` on ${samplesInWords[split]} samples`}`
}

/** What a reader has to know of imported series, as one sentence; empty where there is none. */
export function importedSentence(rows: readonly ({ series: string } & MaybeImported)[]): string {
  const found = rows.flatMap(({ series, imported }) =>
    imported
      ? [
          {
            name: nameOfSeries(series),
            how: `${formatInWords[imported.format]}; ${readingInWords(imported)}`,
          },
        ]
      : [],
  )
  if (found.length === 0) return ''
  const groups = [...Map.groupBy(found, ({ how }) => how)].map(
    ([how, members]) => `${listed(new Set(members.map(({ name }) => name)))} (${how})`,
  )
  return `Imported, not trained or evaluated by Exitlab: ${groups.join(', ')}.`
}

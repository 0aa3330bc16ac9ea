import { z } from 'zod'
import { paperScales, type PaperScale } from '../../../shared/paper/paper.ts'
import { mainRegimes, paperRegimes } from '../../../shared/methods/regime-names.ts'

const regimes = z
  .union([z.literal('all').transform(() => [...paperRegimes]), z.array(z.enum(paperRegimes))])
  .default([...mainRegimes])
  .transform((names): readonly string[] => names)
const orNull = z.string().nullable().default(null)
const perScale = <Each extends z.ZodType>(each: Each) => z.record(z.enum(paperScales), each)

const printed = { number: z.int(), title: z.string(), regimes, note: orNull }

/** An experiment file, by its name without ending, and the variant of the published rows for each combination of its swept values. */
const source = { file: z.string(), variants: z.array(orNull).default([null]) }
const sources = z.array(z.strictObject(source))
export type PaperSource = z.infer<typeof sources>[number]
/** `equalEpochs`: at desk scale, those of the same rows with equally many epochs in each regime. */
const ofTable = { published: z.string(), rule: orNull, equalEpochs: sources.default([]) }

const part = z.union([
  z.strictObject({ ...ofTable, sources: perScale(sources) }),
  z.strictObject({ ...ofTable, ...source }).transform(({ file, variants, ...about }) => {
    const sources = [{ file, variants }]
    return { ...about, sources: { paper: sources, desk: sources } satisfies Record<PaperScale, unknown> }
  }),
])
/** A published table of one setting, by its id, with the experiments that are compared with it under a rule (null: the default of its task). */
export type PaperPart = z.infer<typeof part>

/** Its values are differences to the rows with the variant `differencesTo`; null: as they are. */
const table = z
  .strictObject({ ...printed, differencesTo: orNull, parts: z.array(part) })
  .transform((each) => ({ ...each, kind: 'table' as const }))
export type MatrixTable = z.infer<typeof table>

const drawing = z.discriminatedUnion('of', [
  /** The metric against cost of the regimes of one experiment; null is the default rule of the task. */
  z.strictObject({ of: z.literal('cost-curve'), rule: orNull }),
  /** As it is measured while the network is trained, of the first seed. */
  z.strictObject({ of: z.literal('dominance') }),
  z.strictObject({
    of: z.literal('analysis'),
    analysis: z.string(),
    parameters: perScale(z.record(z.string(), z.unknown())),
    /** Those that are analysed. */
    seeds: z.enum(['all', 'first']),
    panels: z.array(
      z.strictObject({
        /** Behind the name of the figure: `figure-3-path`; null where there is one panel. */
        name: orNull,
        /** In the registry of analyses, with its options. */
        figure: z.string(),
        options: z.record(z.string(), z.unknown()).default({}),
        /** In points; default: in proportion to the width. */
        height: z.number().optional(),
      }),
    ),
  }),
])
export type AnalysisDrawing = Extract<z.infer<typeof drawing>, { of: 'analysis' }>

const ofFigure = { ...printed, drawing: drawing.default({ of: 'cost-curve', rule: null }) }

const figure = z
  .union([
    z.strictObject({ ...ofFigure, files: perScale(z.array(z.string())) }),
    z.strictObject({ ...ofFigure, file: z.string() }).transform(({ file, ...about }) => {
      return { ...about, files: { paper: [file], desk: [file] } satisfies Record<PaperScale, unknown> }
    }),
  ])
  .transform((each) => ({ ...each, kind: 'figure' as const }))
export type MatrixFigure = z.infer<typeof figure>

export type MatrixItem = MatrixTable | MatrixFigure

/** The tables and figures of the paper, with the experiments whose runs they show. */
export const paperItems = z.strictObject({ tables: z.array(table), figures: z.array(figure) })

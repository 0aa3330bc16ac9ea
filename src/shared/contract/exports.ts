import { z } from 'zod'
import { exitId } from '../exit-id.ts'
import { figureLayout } from '../../figures/figure-layout.ts'
import { curveAxes, curveGroups } from '../../figures/training-curves-data.ts'
import { rankMeasures } from '../../analyses/numerical-rank/figure/rank-lines.ts'
import { informationTargets } from '../../analyses/mutual-information/figure/information-lines.ts'
import {
  calibrationInput,
  comparisonInput,
  confusionInput,
  curvesInput,
  exitsInput,
  optimismInput,
  whatIfInput,
} from './evaluations.ts'
import {
  landscapeContourInput,
  landscapeSliceInput,
  landscapeSurfaceInput,
  landscapeTableInput,
} from './landscape-exports.ts'
import { bytes, procedure, reference, references } from './procedure.ts'

/** `csv`: one line a value; `csv-wide`: one line a row of the table; `latex`: booktabs and siunitx. */
export const tableFormats = ['csv', 'csv-wide', 'latex'] as const
export type TableFormat = (typeof tableFormats)[number]

/** What a table is on the clipboard: tabs between its cells, and a table of HTML. */
export const clipboardFormats = ['tsv', 'html'] as const
export type ClipboardFormat = (typeof clipboardFormats)[number]

export const figureFormats = ['svg', 'pdf', 'png'] as const
export type FigureFormat = (typeof figureFormats)[number]

const of = <Kind extends string>(kind: Kind) => ({ of: z.literal(kind) })

const representationsInput = z.object({
  /** Ids of numerical ranks or estimates of mutual information that are done, made with one setting. */
  analyses: z.array(reference).min(1),
  /** What they are said to be of; default the experiments of their runs. */
  experiment: reference.optional(),
})
const spectrumInput = representationsInput.extend({ ...of('spectrum'), block: z.int().nonnegative() })

const connectivityInput = z.object({
  /** Ids of analyses of mode connectivity that are done, made with one setting. Pairs of the same regimes with other seeds are averaged. */
  analyses: z.array(reference).min(1),
  metric: z.enum(['loss', 'accuracy']).default('loss'),
})
const pathInput = connectivityInput.extend({
  split: z.enum(['train', 'test']).default('test'),
  path: z.enum(['naive', 'matched']).default('matched'),
})
/** Loss in nats above which every colour is the same. */
const clip = z.number().positive().default(2)
const exit = z.int().nonnegative()

const dominanceInput = z.object({
  run: reference,
  /** Id of one of its phases; default the last one that was measured. */
  phase: z.string().optional(),
})
/** Id of an analysis of gradient dominance of the run that is done: what it says, instead of what was measured during training. */
const dominanceAnalysis = reference.optional()

/** Ids of analyses of gradient dominance of several runs that are done; their networks have the same exits and blocks. */
const dominanceRunsInput = z.object({ ...of('dominance-runs'), analyses: z.array(reference).min(1) })

/** Every table of the workbench. */
export const tableInput = z.discriminatedUnion('of', [
  comparisonInput.extend(of('budgets')),
  comparisonInput.extend(of('differences')),
  optimismInput.extend(of('optimism')),
  exitsInput.extend(of('exits')),
  calibrationInput.extend(of('calibration')),
  confusionInput.extend(of('confusion')),
  references.extend(of('runs')),
  references.extend(of('settings')),
  z.object({ ...of('ledger'), run: reference }),
  z.object({ ...of('epochs'), run: reference }),
  /** Without `phase` of all phases. */
  dominanceInput.extend({ ...of('dominance'), analysis: dominanceAnalysis }),
  dominanceRunsInput,
  connectivityInput.extend(of('barriers')),
  pathInput.omit({ path: true }).extend(of('connectivity')),
  representationsInput.extend(of('representations')),
  spectrumInput,
  landscapeTableInput,
])
export type TableInput = z.input<typeof tableInput>

const epochCurvesInput = z.object({
  run: reference,
  /** Id of one of its phases; default the last that has epochs. */
  phase: z.string().optional(),
  metric: z.enum(['accuracy', 'loss']).default('accuracy'),
  split: z.enum(['train', 'validation']).default('validation'),
})

/** One metric of several runs while they were trained. */
const trainingCurvesInput = references.extend({
  ...of('training-curves'),
  metric: z.enum(['accuracy', 'loss']).default('accuracy'),
  split: z.enum(['train', 'validation']).default('validation'),
  exit: exitId.default('final'),
  x: z.enum(curveAxes).default('epoch'),
  by: z.enum(curveGroups).default('regime'),
  seeds: z.enum(['each', 'mean']).default('each'),
  smoothing: z.number().min(0).max(0.99).default(0),
  scale: z.enum(['linear', 'log']).default('linear'),
})

/** Every figure of the workbench. */
export const figureInput = z.discriminatedUnion('of', [
  curvesInput.extend(of('cost-curve')),
  optimismInput.extend(of('optimism')),
  whatIfInput.extend(of('exit-histogram')),
  calibrationInput.extend(of('reliability')),
  confusionInput.extend(of('confusion')),
  epochCurvesInput.extend(of('exit-curves')),
  trainingCurvesInput,
  dominanceInput.extend(of('dominance-map')),
  dominanceInput.extend(of('dominance-lines')),
  /** `epoch`: default the one whose weights are kept, or the last that was measured. */
  dominanceInput.extend({
    ...of('dominance-blocks'),
    epoch: z.int().positive().optional(),
    analysis: dominanceAnalysis,
  }),
  dominanceRunsInput,
  pathInput.extend({ ...of('connectivity-map'), clip }),
  /** `exit`: the mean of the exits (null) or one of them on both paths, or all of them on `path`. */
  pathInput.extend({
    ...of('connectivity-curve'),
    exit: z
      .union([exit, z.literal('all')])
      .nullable()
      .default(null),
  }),
  /** `by`: every pair by exit, naive and matched; or every regime by every other, of one exit or of the mean, on `path`. */
  pathInput.extend({
    ...of('barrier-matrix'),
    by: z.enum(['exits', 'regimes']).default('exits'),
    exit: exit.nullable().default(null),
    clip,
  }),
  representationsInput.extend({ ...of('rank'), measure: z.enum(rankMeasures).default('count') }),
  representationsInput.extend({ ...of('information'), target: z.enum(informationTargets).default('input') }),
  spectrumInput,
  landscapeSurfaceInput,
  landscapeContourInput,
  landscapeSliceInput,
])
export type FigureInput = z.input<typeof figureInput>

const file = z.object({
  /** What the file is called unless the user says otherwise. */
  name: z.string(),
  bytes,
})

export const exports = {
  /** Writes a run into an empty or new folder (absolute path) of the host's machine. */
  run: procedure
    .input(z.object({ run: reference, folder: z.string().min(1) }))
    .output(z.object({ folder: z.string(), files: z.array(z.string()) })),
  /** A table for a paper or a spreadsheet; the same bytes whoever asks. */
  table: procedure
    .input(z.object({ table: tableInput, format: z.enum([...tableFormats, ...clipboardFormats]) }))
    .output(file),
  /** The figure that the workbench shows, drawn without it; the same bytes whoever asks. */
  figure: procedure.input(figureLayout.extend({ figure: figureInput, format: z.enum(figureFormats) })).output(file),
}

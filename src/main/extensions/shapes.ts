import { z } from 'zod'
import { augmentations } from '../../shared/data/augmentations.ts'
import { type WrittenPhase, writtenPhaseKeys } from '../../shared/phases/written-phase.ts'
import { problemsOfPhases } from '../../engine/regimes/index.ts'
import type { ExtensionKey } from './methods.ts'

const text = z.string().min(1)
const isFunction = z.custom((value) => typeof value === 'function', 'expected a function')
const isSchema = z.custom(
  (value) => typeof value === 'object' && value !== null && '_zod' in value,
  'expected a schema of z, which exitlab/extension exports',
)
const described = z.looseObject({ title: text, sentence: text, paper: text })
const summarised = z.looseObject({ title: text, summary: text, paper: text })

/** Phases as experiment files write them. Objectives are checked where all methods are known. */
const phases = z
  .array(z.strictObject({ ...writtenPhaseKeys, objective: z.record(z.string(), z.unknown()).optional() }))
  .min(1)
  .superRefine((written, context) => {
    for (const { path, message } of problemsOfPhases(written as unknown as WrittenPhase[]))
      context.addIssue({ code: 'custom', path, message })
  })

/** What a method of each kind must have; the rest of it is checked where it is used. */
export const shapes: Readonly<Record<ExtensionKey, z.ZodType>> = {
  families: z.looseObject({
    info: summarised,
    choice: isSchema,
    spec: isSchema,
    variants: z.record(z.string(), z.looseObject({ title: text })),
    defaults: z.looseObject({ augmentation: z.enum(augmentations), clipNorm: z.number().nullable(), head: text }),
    takes: z.enum(['images', 'text']),
    ...all('reads', 'contradictions', 'resolve', 'inputs', 'blockCount', 'lastSite', 'evaluated', 'draw'),
    ...all('notes', 'load'),
  }),
  heads: z.looseObject({
    reads: z.looseObject({ feature: z.enum(['map', 'tokens', 'any']), tokens: z.literal('first').optional() }),
    notes: text,
    load: isFunction,
  }),
  weightings: z.looseObject({ info: described, parameters: isSchema, normalised: z.boolean(), weights: isFunction }),
  losses: z.looseObject({ info: described, parameters: isSchema, ...all('applies', 'load') }),
  optimisers: z.looseObject({ info: described, settings: z.array(text), ...all('moments', 'load') }),
  exitRules: z.looseObject({
    info: described,
    python: text,
    ...all('thresholds', 'scores'),
    fit: isFunction.optional(),
    predictions: isFunction.optional(),
  }),
  regimes: z.looseObject({ info: described, phases }),
  datasets: z.looseObject({
    kind: z.enum(['images', 'text']),
    info: z.looseObject({ title: text, paper: text }),
    options: z.array(text),
    open: isFunction,
  }),
  readings: z.looseObject({
    info: z.looseObject({ title: text, sentence: text }),
    question: isSchema,
    answer: isSchema,
    ...all('parse', 'compute', 'table', 'figure'),
  }),
  analyses: z.looseObject({
    info: described,
    parameters: isSchema,
    result: isSchema,
    ...all('compute', 'table', 'figure'),
  }),
}

function all(...names: string[]) {
  return Object.fromEntries(names.map((name) => [name, isFunction]))
}

import { z } from 'zod'
import { deviceReport } from './device.ts'
import { epochDominance } from '../evaluation/dominance.ts'
import { errorCodes } from '../basics/error.ts'
import { epochMetric, epochRecord } from '../runs/runs.ts'

const names = z.array(z.string())

/** Names of the arrays of a phase's initial weights: taken from another phase, initialised, and unused. */
const phaseStart = z.object({ taken: names, fresh: names, leftOver: names })
export type PhaseStart = z.infer<typeof phaseStart>

/** Metrics of one exit on one split after one epoch, by name; `exit` counts the exits of the phase's network. */
const exitMetric = epochMetric.omit({ epoch: true }).extend({ exit: z.int().nonnegative() })
export type ExitMetric = z.infer<typeof exitMetric>

/** How far a phase is within an epoch. */
export const phaseProgress = z.object({
  type: z.literal('progress'),
  epoch: z.int(),
  batch: z.int(),
  batchesPerEpoch: z.int(),
  imagesPerEpoch: z.number(),
  imagesPerSecond: z.number(),
  /** Training loss of each exit, averaged over the epoch so far. */
  losses: z.array(z.number()),
  residentBytes: z.number(),
})

const trainingEvents = [
  /** TensorFlow is open; before the first job that needs it. */
  z.object({ type: z.literal('ready'), device: deviceReport }),
  z.object({
    type: z.literal('started'),
    parameterCount: z.number(),
    batchesPerEpoch: z.int(),
    epoch: z.int(),
    step: z.int(),
    threads: z.int(),
    /** Null if the phase starts from fresh weights, or resumes from its own checkpoint. */
    start: phaseStart.nullable(),
  }),
  phaseProgress,
  epochRecord.extend({
    type: z.literal('epoch'),
    metrics: z.array(exitMetric),
    /** Null if the phase is not measured (fewer than two exits, a frozen backbone, or not requested). */
    dominance: epochDominance.nullable(),
  }),
  z.object({ type: z.literal('log'), level: z.enum(['info', 'warning']), message: z.string() }),
] as const

/** What a trainer tells of a phase while it trains it: over the pipe to its host, and in the phase's folder. */
export type TrainingEvent = z.infer<(typeof trainingEvents)[number]>

const trainingTypes: ReadonlySet<string> = new Set(trainingEvents.map(({ shape }) => shape.type.value))

export function isTrainingEvent<Event extends { type: string }>(event: Event): event is Event & TrainingEvent {
  return trainingTypes.has(event.type)
}

/** What happens to a phase, in its order, as its folder tells it. */
export const phaseEvent = z.discriminatedUnion('type', [
  /** A process takes it up. `job`: name of the batch job, such as `1234_5`; null outside of one. */
  z.object({ type: z.literal('taken'), host: z.string(), pid: z.int(), job: z.string().nullable() }),
  ...trainingEvents,
  z.object({ type: z.literal('trained'), sha256: z.string() }),
  z.object({ type: z.literal('evaluated'), sha256: z.string() }),
  /** A checkpoint was written, from which any machine can resume. */
  z.object({ type: z.literal('paused') }),
  z.object({
    type: z.literal('failed'),
    code: z.enum(errorCodes),
    message: z.string(),
    stack: z.string().optional(),
  }),
])
export type PhaseEvent = z.infer<typeof phaseEvent>

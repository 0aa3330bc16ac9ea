import { z } from 'zod'
import { analysisSummary } from '../evaluation/analysis.ts'
import { epochDominance } from '../evaluation/dominance.ts'
import { phaseProgress } from './phase-events.ts'
import { epochMetric, epochRecord, logLine, runSummary } from '../runs/runs.ts'

/** Progress of a phase within its epoch. Only the latest matters: older ones are dropped if they are too frequent. */
const progress = phaseProgress
  .pick({ batch: true, batchesPerEpoch: true, imagesPerSecond: true, losses: true })
  .extend({
    run: z.string(),
    phase: z.string(),
    /** Epochs completed. */
    epoch: z.int(),
    maxEpochs: z.int(),
    /** Until the phase's maximum of epochs; early stopping may end it sooner. */
    secondsLeftAtMost: z.number(),
    /** Until the run's last phase is at its cap, at most; null while the pace of a phase to come is not known. */
    runSecondsLeftAtMost: z.number().nullable(),
  })
export type Progress = z.infer<typeof progress>

/** Place of an event in the host's log: following after it misses nothing. */
const cursor = z.string()

/**
 * What changed in a workspace. `reset` comes first when the cursor that is followed is no longer known (another host, or too long
 * ago): what was fetched before must be fetched again.
 */
export const hostEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reset'), cursor }),
  z.object({ type: z.literal('run'), cursor, run: runSummary }),
  z.object({ type: z.literal('purged'), cursor, run: z.string() }),
  z.object({ type: z.literal('progress'), cursor, progress }),
  z.object({
    type: z.literal('epoch'),
    cursor,
    run: z.string(),
    phase: z.string(),
    record: epochRecord,
    /** Of the phase. */
    maxEpochs: z.int(),
    metrics: z.array(epochMetric),
    dominance: epochDominance.nullable(),
  }),
  z.object({ type: z.literal('log'), cursor, line: logLine }),
  /** A new analysis, or a changed status or progress. Only the latest progress counts. */
  z.object({ type: z.literal('analysis'), cursor, analysis: analysisSummary }),
  z.object({ type: z.literal('analysis-deleted'), cursor, analysis: z.string() }),
  /** How far the host is with a question that takes long, in words. Only the latest counts. */
  z.object({ type: z.literal('activity'), cursor, text: z.string() }),
  /** A search was started, changed or deleted. Only the latest counts. */
  z.object({ type: z.literal('search'), cursor, search: z.string() }),
  /** Results of other programs were added or deleted. */
  z.object({ type: z.literal('imports'), cursor }),
])
export type HostEvent = z.infer<typeof hostEvent>
/** An event before the host's log has given it a cursor. */
export type HostChange = HostEvent extends infer E ? (E extends HostEvent ? Omit<E, 'cursor'> : never) : never

import { stream } from '../../src/engine/random.ts'

/** Which process dies. A trainer outlives its host's death by a moment only, whatever it is writing. */
export const targets = ['trainer', 'host', 'both'] as const
export type Target = (typeof targets)[number]

/** What a kill waits for before its delay begins. */
type Cue =
  /** The host is started. */
  | 'start'
  /** A trainer is given a job. */
  | 'job'
  /** A trainer is at its work: it trains, evaluates or analyses. */
  | 'work'
  /** A trainer evaluates or analyses. */
  | 'evaluation or analysis'
  /** Something is written, renamed or removed in the folder that a trainer writes to. */
  | 'write'

export interface Kill {
  target: Target
  /** SIGTERM alone asks a host to end in good order; followed by SIGKILL, it is killed while it does. */
  signals: readonly ('SIGTERM' | 'SIGKILL')[]
  cue: Cue
  /** Which occurrence of the cue is meant, from 1. */
  occurrence: number
  /** From the cue to the first signal, and from that to the second. */
  milliseconds: number
  secondMilliseconds: number
  /** Most seconds that the host trains without a checkpoint: at every step, now and then, at the end of epochs only. */
  checkpointSeconds: number
}

/** Cues with their shares of all kills (%) and the longest delay after them. */
const cues: readonly { cue: Cue; share: number; within: number; occurrences: number }[] = [
  { cue: 'start', share: 10, within: 1500, occurrences: 1 },
  { cue: 'job', share: 15, within: 1000, occurrences: 1 },
  { cue: 'work', share: 30, within: 1500, occurrences: 1 },
  { cue: 'evaluation or analysis', share: 15, within: 500, occurrences: 1 },
  { cue: 'write', share: 30, within: 5, occurrences: 24 },
]

/** The n-th kill of a round, which its seed decides. */
export function drawKill(seed: number, index: number): Kill {
  const random = stream(seed, 'kill', index)
  const { cue, within, occurrences } = drawCue(random.uniform() * 100)
  const target = cue === 'start' ? 'host' : targets[random.integer(targets.length)]!
  return {
    target,
    signals: drawSignals(target, random.uniform()),
    cue,
    occurrence: 1 + random.integer(occurrences),
    milliseconds: random.uniform() * within,
    secondMilliseconds: random.uniform() * 300,
    checkpointSeconds: [0, 0.3, 45][random.integer(3)]!,
  }
}

function drawCue(percent: number): (typeof cues)[number] {
  let sum = 0
  return cues.find(({ share }) => percent < (sum += share))!
}

function drawSignals(target: Target, share: number): Kill['signals'] {
  if (target === 'both' || share < 0.6) return ['SIGKILL']
  return target === 'trainer' || share < 0.8 ? ['SIGTERM'] : ['SIGTERM', 'SIGKILL']
}

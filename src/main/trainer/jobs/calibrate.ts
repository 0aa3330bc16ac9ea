import { calibratePhase, createNetwork } from '../../engine/index.ts'
import type { Job } from './job.ts'

/** Times a few steps of each phase. */
export const calibrate: Job<'calibrate'> = async ({ phases, training, steps }, { tensorFlow, shouldPause }) => {
  tensorFlow()
  const secondsPerStep: number[] = []
  const secondsToStart: number[] = []
  for (const { network, phase } of phases) {
    if (shouldPause()) return { type: 'paused' }
    const options = { network: createNetwork(network), phase, training, steps, now: () => performance.now() }
    const timed = await calibratePhase(options)
    secondsPerStep.push(timed.secondsPerStep)
    secondsToStart.push(timed.secondsToStart)
  }
  return { type: 'calibrated', secondsPerStep, secondsToStart }
}

import { calibratePhase, createNetwork, stepCosts, type Calibration } from '../../../engine/index.ts'
import type { DeviceReport } from '../../../shared/phases/device.ts'
import { mean } from '../../../shared/statistics/statistics.ts'
import type { Job } from './job.ts'

/**
 * Times a few steps of the phases, those with the longest steps first; where the time runs out, the others take as long in proportion to
 * their multiply-adds.
 */
export const calibrate: Job<'calibrate'> = async ({ phases, training, seconds }, { tensorFlow, shouldPause }) => {
  const clocks = clocksOf(tensorFlow().device)
  const end = clocks.now() + 1000 * seconds
  const macs = phases.map(({ network, phase }) => mean(stepCosts(network, phase)))
  const timed = new Map<number, Calibration>()
  for (const index of [...phases.keys()].sort((a, b) => macs[b]! - macs[a]!)) {
    if (shouldPause()) return { type: 'paused' }
    const left = (end - clocks.now()) / 1000
    if (timed.size > 0 && left < 0) break
    const { network, phase } = phases[index]!
    const options = { network: createNetwork(network), phase, training, seconds: Math.max(0, left), ...clocks }
    timed.set(index, await calibratePhase(options))
  }
  const paces = [...timed].map(([index, { secondsPerStep }]) => secondsPerStep / macs[index]!)
  const longest = Math.max(...[...timed.values()].map(({ secondsToStart }) => secondsToStart))
  return {
    type: 'calibrated',
    secondsPerStep: macs.map((cost, index) => timed.get(index)?.secondsPerStep ?? mean(paces) * cost),
    secondsToStart: macs.map((_, index) => timed.get(index)?.secondsToStart ?? longest),
    extrapolated: timed.size < phases.length || [...timed.values()].some(({ extrapolated }) => extrapolated),
  }
}

/** A card works while the processor waits. */
function clocksOf({ kind }: Pick<DeviceReport, 'kind'>) {
  const now = () => performance.now()
  return kind === 'gpu' ? { now } : { now, processor: processorMilliseconds }
}

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

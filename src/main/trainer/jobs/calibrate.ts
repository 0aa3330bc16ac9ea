import { calibratePhase, costs, createNetwork, type Calibration } from '../../engine/index.ts'
import type { Job } from './job.ts'

/**
 * Times a few steps of each phase, in equal shares of the time there is; where that runs out, the others take as long in
 * proportion to their multiply-adds.
 */
export const calibrate: Job<'calibrate'> = async ({ phases, training, seconds }, { tensorFlow, shouldPause }) => {
  tensorFlow()
  const now = () => performance.now()
  const end = now() + 1000 * seconds
  const networks = phases.map(({ network }) => createNetwork(network))
  const macs = networks.map((network) => costs(network).exits.at(-1)!)
  const timed: Calibration[] = []
  for (const [index, { phase }] of phases.entries()) {
    if (shouldPause()) return { type: 'paused' }
    if (index > 0 && now() > end) break
    const options = { network: networks[index]!, phase, training, seconds: seconds / phases.length, now }
    timed.push(await calibratePhase(options))
  }
  const slowest = Math.max(...timed.map(({ secondsPerStep }, index) => secondsPerStep / macs[index]!))
  const longest = Math.max(...timed.map(({ secondsToStart }) => secondsToStart))
  return {
    type: 'calibrated',
    secondsPerStep: macs.map((cost, index) => timed[index]?.secondsPerStep ?? slowest * cost),
    secondsToStart: macs.map((_, index) => timed[index]?.secondsToStart ?? longest),
    extrapolated: timed.length < phases.length || timed.some(({ extrapolated }) => extrapolated),
  }
}

/** Trains a few steps of a bench case on a made-up batch, times some more, and prints one JSON line. Run by measure-steps.ts, in a process of its own. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createNetwork } from '../../src/engine/networks/index.ts'
import { phasesOf } from '../../src/engine/regimes/index.ts'
import { taskOf } from '../../src/engine/tasks/index.ts'
import { openTensorFlow } from '../../src/engine/tf.ts'
import { madeUpBatch } from '../../src/engine/training/calibrate.ts'
import { clearSums, readSums } from '../../src/engine/training/epoch-sums.ts'
import { captureSnapshot, createTrainingState } from '../../src/engine/training/phase-state.ts'
import { startSnapshot } from '../../src/engine/training/phase-start.ts'
import { createTrainingStep } from '../../src/engine/training/step.ts'
import { decodeSnapshot, encodeSnapshot } from '../../src/main/trainer/checkpoints/codec.ts'
import { trainingSpec } from '../../src/shared/experiment/training.ts'
import { benchCases } from '../bench/cases.ts'
import { cardMemoryMb } from './card-memory.ts'
import type { StepsRequest } from './measure-steps.ts'

const phaseId = 'check'
const warmUpSteps = 3

const request = JSON.parse(process.argv[2]!) as StepsRequest
const { device } = openTensorFlow({ libraryFolder: process.env.EXITLAB_TENSORFLOW! })
const measured = await measure(request)
console.log(JSON.stringify({ device, ...measured, cardMemoryMb: device.kind === 'gpu' ? cardMemoryMb() : null }))

async function measure({ name, batchSize, precision, steps, timedSteps, from, to }: StepsRequest) {
  const network = createNetwork(benchCases[name].network)
  const training = trainingSpec.parse({ batchSize, clipNorm: null, precision })
  const subject = { network, phase: phasesOf('joint', network)[0]!, training }
  const begin = from === null ? startSnapshot(subject, { seed: 0 }) : decodeSnapshot(phaseId, readFileSync(from), from)
  const state = createTrainingState(subject, begin)
  const step = createTrainingStep(subject)
  const batch = madeUpBatch(network.spec, batchSize)
  let done = begin.progress.step
  const run = async () => {
    clearSums(state)
    await step.run({ state, step: done, epoch: 1, batch, learningRate: 1e-3, dropoutSeed: [1, done] })
    done++
  }
  /** The sum of the exits' losses; waits until the card is done. */
  const loss = async () => {
    const { lossSums } = await readSums(taskOf(network.spec), state)
    return lossSums!.reduce((sum, each) => sum + each, 0) / batchSize
  }
  const capture = async () => {
    const progress = { ...begin.progress, step: done }
    return encodeSnapshot(phaseId, await captureSnapshot(subject, { state, progress }))
  }
  const losses: number[] = []
  for (let index = 0; index < steps; index++) {
    await run()
    losses.push(await loss())
    if (index === 0) writeFileSync(to, await capture())
  }
  const last = await capture()
  const sha256 = createHash('sha256').update(last).digest('hex')
  for (let index = 0; index < warmUpSteps; index++) await run()
  await loss()
  const began = performance.now()
  for (let index = 0; index < timedSteps; index++) await run()
  await loss()
  return { losses, sha256, msPerStep: timedSteps > 0 ? (performance.now() - began) / timedSteps : null }
}

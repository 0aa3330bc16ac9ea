/** Measures the training loop's own step on one bench case and prints one JSON line. Run by index.ts, in a process of its own. */
import { basename } from 'node:path'
import { createNetwork } from '../../src/engine/networks/index.ts'
import { phasesOf } from '../../src/engine/regimes/index.ts'
import { createTrainingStep } from '../../src/engine/training/step.ts'
import { createTrainingState } from '../../src/engine/training/phase-state.ts'
import { startSnapshot } from '../../src/engine/training/phase-start.ts'
import type { Precision } from '../../src/shared/experiment/precision.ts'
import { trainingSpec } from '../../src/shared/experiment/training.ts'
import type { BenchCase, BenchCaseName } from './cases.ts'
import { benchCases, builtInResnet18 } from './cases.ts'
import { median, peakMemoryMb, report, timed, type Times } from './measure.ts'
import { openWithThreads } from './open-tensorflow.ts'
import { caseOfFile } from './zoo.ts'
import { madeUpBatch } from '../../src/engine/training/calibrate.ts'

const warmUpSteps = 3

const [name, threads, precision] = process.argv.slice(2) as [string, string, Precision]
const { device } = openWithThreads(Number(threads))
report(await measure(caseOf(name)))

/** `name`: of a case, or the path of a network. */
function caseOf(name: string): BenchCase {
  if (name.endsWith('.onnx')) return caseOfFile(name)
  return name === 'built-in resnet18' ? builtInResnet18 : benchCases[name as BenchCaseName]
}

async function measure({ network: spec, batchSize, timedSteps }: BenchCase) {
  const network = createNetwork(spec)
  const phase = phasesOf(spec.exits.length > 0 ? 'joint' : 'backbone', network)[0]!
  const training = trainingSpec.parse({ batchSize, clipNorm: null, precision })
  const batch = madeUpBatch(spec, batchSize)
  const state = createTrainingState({ network, phase, training }, startSnapshot({ network, phase }, { seed: 0 }))
  const step = createTrainingStep({ network, phase, training })
  const steps: Times[] = []
  for (let index = 0; index < warmUpSteps + timedSteps; index++) {
    const run = { state, step: index, epoch: 1, batch, learningRate: 1e-3, dropoutSeed: [1, index] } as const
    steps.push(await timed(() => step.run(run)))
  }
  const medianOf = (time: keyof Times) => median(steps.slice(warmUpSteps).map((each) => each[time]))
  const seconds = medianOf('seconds')
  return {
    engine: `exitlab ${precision} (tensorflow ${device.tensorflowVersion})`,
    case: basename(name),
    params: network.parameters
      .filter(({ kind }) => kind === 'parameter')
      .reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0),
    batch: batchSize,
    threads: Number(threads),
    msPerStep: Number((seconds * 1000).toFixed(1)),
    processorMsPerStep: Number((medianOf('processorSeconds') * 1000).toFixed(1)),
    imagesPerSecond: Number((batchSize / seconds).toFixed(1)),
    firstStepSeconds: Number(steps[0]!.seconds.toFixed(2)),
    peakMemoryMb: peakMemoryMb(),
  }
}

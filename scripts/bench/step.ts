/** Measures the training loop's own step on one bench case and prints one JSON line. Run by index.ts, in a process of its own. */
import { basename } from 'node:path'
import { trainerEnvironment } from '../../src/main/engine/pure.ts'
import { tensorflowFolder } from '../../src/main/host/paths.ts'
import { createNetwork } from '../../src/main/engine/networks/index.ts'
import { phasesOf } from '../../src/main/engine/regimes/index.ts'
import { createTrainingStep } from '../../src/main/engine/training/step.ts'
import { createTrainingState } from '../../src/main/engine/training/phase-state.ts'
import { startSnapshot } from '../../src/main/engine/training/phase-start.ts'
import type { Precision } from '../../src/shared/precision.ts'
import { trainingSpec } from '../../src/shared/training.ts'
import type { BenchCase, BenchCaseName } from './cases.ts'
import { benchCases, builtInResnet18 } from './cases.ts'
import { caseOfFile } from './zoo.ts'
import { madeUpBatch } from '../../src/main/engine/training/calibrate.ts'

const warmUpSteps = 3

const [name, threads, precision] = process.argv.slice(2) as [string, string, Precision]
// TensorFlow reads its environment when it is loaded.
Object.assign(process.env, trainerEnvironment({ threads: Number(threads), card: null }, process.env))
const { openTensorFlow } = await import('../../src/main/engine/tf.ts')
const { device } = openTensorFlow({ libraryFolder: tensorflowFolder() })
console.log(JSON.stringify(await measure(caseOf(name))))

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
  const [seconds, processorSeconds]: [number[], number[]] = [[], []]
  for (let index = 0; index < warmUpSteps + timedSteps; index++) {
    const [began, used] = [performance.now(), process.cpuUsage()]
    await step.run({ state, step: index, epoch: 1, batch, learningRate: 1e-3, dropoutSeed: [1, index] })
    seconds.push((performance.now() - began) / 1000)
    const { user, system } = process.cpuUsage(used)
    processorSeconds.push((user + system) / 1e6)
  }
  const [median, processorMedian] = [seconds, processorSeconds].map(
    (times) => times.slice(warmUpSteps).sort((a, b) => a - b)[timedSteps >> 1]!,
  ) as [number, number]
  return {
    engine: `exitlab ${precision} (tensorflow ${device.tensorflowVersion})`,
    case: basename(name),
    params: network.parameters
      .filter(({ kind }) => kind === 'parameter')
      .reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0),
    batch: batchSize,
    threads: Number(threads),
    msPerStep: Number((median * 1000).toFixed(1)),
    processorMsPerStep: Number((processorMedian * 1000).toFixed(1)),
    imagesPerSecond: Number((batchSize / median).toFixed(1)),
    firstStepSeconds: Number(seconds[0]!.toFixed(2)),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1000),
  }
}

/**
 * Measures what gradient dominance costs one bench case: training steps and measurements in turn, in the same process, so that
 * both see the same machine. Prints one JSON line. Run by index.ts.
 */
import { createNetwork } from '../../src/engine/networks/index.ts'
import { phasesOf } from '../../src/engine/regimes/index.ts'
import { createDominanceProbe, probedBatches } from '../../src/engine/training/dominance-probe.ts'
import { createTrainingStep } from '../../src/engine/training/step.ts'
import { createTrainingState } from '../../src/engine/training/phase-state.ts'
import { startSnapshot } from '../../src/engine/training/phase-start.ts'
import type { Precision } from '../../src/shared/experiment/precision.ts'
import { trainingSpec } from '../../src/shared/experiment/training.ts'
import type { BenchCase, BenchCaseName } from './cases.ts'
import { benchCases } from './cases.ts'
import { median, peakMemoryMb, report, timed, type Times } from './measure.ts'
import { openWithThreads } from './open-tensorflow.ts'
import { madeUpBatch } from '../../src/engine/training/calibrate.ts'

const rounds = 9
const stepsPerRound = 4
/** CIFAR's 45,000 training images in batches of 128. */
const batchesPerEpoch = 351
const wanted = 'auto'

const [name, threads, precision] = process.argv.slice(2) as [BenchCaseName, string, Precision]
openWithThreads(Number(threads))
report(await measure(benchCases[name]))

async function measure(bench: BenchCase) {
  const network = createNetwork(bench.network)
  const phase = phasesOf('joint', network)[0]!
  const training = trainingSpec.parse({ batchSize: bench.batchSize, clipNorm: null, precision })
  const batch = madeUpBatch(bench.network, bench.batchSize)
  const state = createTrainingState({ network, phase, training }, startSnapshot({ network, phase }, { seed: 0 }))
  const step = createTrainingStep({ network, phase, training })
  const probe = createDominanceProbe({ network, phase, dominanceBatches: wanted, batchesPerEpoch })!
  let taken = 0
  const takeStep = () =>
    step.run({ state, step: taken++, epoch: 1, batch, learningRate: 1e-3, dropoutSeed: [1, taken] })
  const takeProbe = () => probe.measure({ state, epoch: 1, batch, dropoutSeed: [1, taken] })
  const [firstStep, memoryBefore] = [await timed(takeStep), peakMemoryMb()]
  const firstProbe = await timed(takeProbe)
  const [steps, probes]: [Times[], Times[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < stepsPerRound; index++) steps.push(await timed(takeStep))
    probes.push(await timed(takeProbe))
  }
  const ratio = (of: (times: Times) => number) => median(probes.map(of)) / median(steps.map(of))
  const share = probedBatches(wanted, batchesPerEpoch) / batchesPerEpoch
  return {
    engine: `exitlab ${precision} dominance`,
    case: name,
    batch: bench.batchSize,
    threads: Number(threads),
    msPerStep: Number((median(steps.map(({ seconds }) => seconds)) * 1000).toFixed(1)),
    msPerMeasurement: Number((median(probes.map(({ seconds }) => seconds)) * 1000).toFixed(1)),
    stepsPerMeasurement: Number(ratio(({ seconds }) => seconds).toFixed(2)),
    overheadPercent: Number((100 * share * ratio(({ seconds }) => seconds)).toFixed(1)),
    overheadPercentOfProcessorTime: Number(
      (100 * share * ratio(({ processorSeconds }) => processorSeconds)).toFixed(1),
    ),
    firstStepSeconds: Number(firstStep.seconds.toFixed(2)),
    firstMeasurementSeconds: Number(firstProbe.seconds.toFixed(2)),
    peakMemoryMb: peakMemoryMb(),
    peakMemoryMbBefore: memoryBefore,
  }
}

import type { Precision } from '../../src/shared/experiment/precision.ts'
import { type BenchCaseName, benchCases } from '../bench/cases.ts'
import { type Finding, type Measured, type Question, speed, timedSteps } from './check-card.ts'

/** What could not be measured for a reason that is not Exitlab's. */
export class LeftOut extends Error {}

type TorchMode = (typeof torchModes)[number]

export interface TorchQuestion {
  name: BenchCaseName
  batchSize: number
  precision: 'tf32' | 'bfloat16'
  mode: TorchMode
}

/** As torch_steps.py prints it. */
export interface TorchSteps {
  engine: string
  msPerStep: number
  imagesPerSecond: number
  /** Of its tensors. */
  peakMemoryMb: number
}

export interface EpochQuestion {
  name: BenchCaseName
  precision: Precision
  batchSize: number
  /** Of the bare step. */
  secondsPerStep: number
}

export interface EpochRate {
  imagesPerSecond: number
  stepImagesPerSecond: number
  shareOfStep: number
}

/** What measures; each throws `LeftOut` where that is not to be had. */
export interface Meters {
  steps(question: Question): Promise<Measured>
  epoch(question: EpochQuestion): Promise<EpochRate>
  /** Null: there is no PyTorch that finds the card. */
  torch: ((question: TorchQuestion) => Promise<TorchSteps>) | null
}

/** Times the batch of the bench, to fill the card. */
const filling = 8

const precisions = [
  { mode: 'float32 fast', precision: 'float32', torch: 'tf32' },
  { mode: 'bfloat16 fast', precision: 'bfloat16', torch: 'bfloat16' },
] as const

/** Compilation takes longest, and so comes last. It arranges images by itself. */
const torchModes = ['eager', 'eager channels_last', 'compile'] as const
/** Those that differ for a network. */
const torchModesOf = (name: BenchCaseName) =>
  torchModes.filter((mode) => mode !== 'eager channels_last' || isConvolutional(name))

const isConvolutional = (name: BenchCaseName) => ['resnet', 'msdnet'].includes(benchCases[name].network.family)

interface Comparison {
  name: BenchCaseName
  batchSize: number
  of: (typeof precisions)[number]
  own: Measured
  theirs: TorchSteps[]
}

/** Steps at a batch size that fills the card, an epoch, and the same steps in PyTorch: in any order of sums, TF32 allowed. */
export async function* compareSpeeds(names: readonly BenchCaseName[], meters: Meters): AsyncGenerator<Finding> {
  const comparisons: Comparison[] = []
  for (const name of names) yield* ownSpeeds(name, { meters, comparisons })
  // The loader brings images; texts are in memory.
  const loaded = comparisons.find(({ name }) => benchCases[name].network.family !== 'bert')
  if (loaded) yield epochOf(loaded, meters)
  for (const mode of torchModes) {
    for (const comparison of comparisons) {
      if (meters.torch && torchModesOf(comparison.name).includes(mode))
        yield torchSpeed({ ...comparison, mode }, meters.torch)
    }
  }
  for (const comparison of comparisons) if (comparison.theirs.length > 0) yield ratioOf(comparison)
}

async function* ownSpeeds(
  name: BenchCaseName,
  { meters, comparisons }: { meters: Meters; comparisons: Comparison[] },
): AsyncGenerator<Finding> {
  const batchSize = filling * benchCases[name].batchSize
  for (const of of precisions) {
    const { mode, precision } = of
    const question = { name, batchSize, precision, algorithms: 'fast', steps: 1, timedSteps } as const
    yield found({ check: 'speed', name, mode }, async () => {
      const own = await meters.steps(question)
      comparisons.push({ name, batchSize, of, own, theirs: [] })
      return speed(name, { mode, batchSize, ...own })
    })
  }
}

function epochOf({ name, batchSize, of: { mode, precision }, own }: Comparison, meters: Meters): Promise<Finding> {
  const subject = { check: 'epoch', name, mode } as const
  return found(subject, async () => {
    const { imagesPerSecond, stepImagesPerSecond, shareOfStep } = await meters.epoch({
      name,
      batchSize,
      precision,
      secondsPerStep: own.msPerStep! / 1000,
    })
    return { ...subject, ok: true, batchSize, imagesPerSecond, stepImagesPerSecond, shareOfStep }
  })
}

function torchSpeed(
  { name, batchSize, of, theirs, mode }: Comparison & { mode: TorchMode },
  torch: NonNullable<Meters['torch']>,
): Promise<Finding> {
  const subject = { check: 'torch', name, mode: `${of.torch} ${mode}` } as const
  return found(subject, async () => {
    const measured = await torch({ name, batchSize, precision: of.torch, mode })
    theirs.push(measured)
    const { msPerStep, imagesPerSecond, peakMemoryMb } = measured
    return { ...subject, ok: true, batchSize, msPerStep, imagesPerSecond, tensorMemoryMb: peakMemoryMb }
  })
}

/** To PyTorch in its fastest mode of this precision. Above 1: Exitlab is faster. */
function ratioOf({ name, batchSize, of: { mode }, own, theirs }: Comparison): Finding {
  const best = theirs.reduce((fastest, each) => (each.msPerStep < fastest.msPerStep ? each : fastest))
  const speedRatio = Number((best.msPerStep / own.msPerStep!).toFixed(3))
  const modes = { modesMeasured: theirs.length, modesThereAre: torchModesOf(name).length }
  return { check: 'ratio', name, mode, ok: true, batchSize, against: best.engine, speedRatio, ...modes }
}

/** What was found, or why nothing was. */
async function found(
  subject: Pick<Finding, 'check' | 'name' | 'mode'>,
  measure: () => Promise<Finding>,
): Promise<Finding> {
  try {
    return await measure()
  } catch (error) {
    const { message } = error as Error
    return error instanceof LeftOut
      ? { ...subject, ok: true, leftOut: message }
      : { ...subject, ok: false, error: message }
  }
}

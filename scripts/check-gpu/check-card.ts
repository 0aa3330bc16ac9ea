import type { Algorithms } from '../../src/shared/experiment/algorithms.ts'
import type { Precision } from '../../src/shared/experiment/precision.ts'
import type { BenchCaseName } from '../bench/cases.ts'
import { benchCases } from '../bench/cases.ts'
import { relativeDifference } from './difference.ts'
import type { Steps } from './measure-steps.ts'

/** What is measured, with the gradients of its first step. */
export type Measured = Steps & { gradients: Record<string, ArrayLike<number>> }

export interface Question {
  name: BenchCaseName
  batchSize: number
  precision: Precision
  /** Null: on the processor. */
  algorithms: Algorithms | null
  steps: number
  timedSteps: number
  /** Goes on from the state after the first step of the question before. */
  resumes?: boolean
}

export interface Finding {
  check: 'device' | 'loss' | 'losses' | 'gradients' | 'repeated' | 'resumed' | 'speed' | 'epoch' | 'torch' | 'ratio'
  name: BenchCaseName
  /** In which precision, with which algorithms. */
  mode: string
  ok: boolean
  [detail: string]: unknown
}

/**
 * Largest relative differences from float32 on the processor: of the first step's loss and gradients, and of the loss of the last of
 * ten steps. Rounding switches ReLUs, and so moves gradients by 10⁻⁴ to 10⁻³ in float32 and by up to 20 % in bfloat16 (method 4.7,
 * 4.8); TF32 has 10 bits of fraction, three more than bfloat16.
 */
const tolerances = {
  'float32 deterministic': { loss: 1e-4, gradients: 1e-2, losses: 2e-2 },
  'float32 fast': { loss: 5e-3, gradients: 1e-1, losses: 5e-2 },
  'bfloat16 deterministic': { loss: 2e-2, gradients: 3e-1, losses: 1e-1 },
} as const

const modes = [
  { mode: 'float32 deterministic', precision: 'float32', algorithms: 'deterministic' },
  { mode: 'float32 fast', precision: 'float32', algorithms: 'fast' },
  { mode: 'bfloat16 deterministic', precision: 'bfloat16', algorithms: 'deterministic' },
] as const satisfies (Pick<Question, 'precision' | 'algorithms'> & { mode: keyof typeof tolerances })[]

const steps = 10
export const timedSteps = 20

/** Everything that is checked of one network. */
export async function* checkCard(
  name: BenchCaseName,
  measure: (question: Question) => Promise<Measured>,
): AsyncGenerator<Finding> {
  const { batchSize } = benchCases[name]
  const common = { name, batchSize, steps, timedSteps }
  const processor = await measure({ ...common, precision: 'float32', algorithms: null, timedSteps: 3 })
  yield speed(name, { mode: 'float32, processor', batchSize, ...processor })
  for (const { mode, ...chosen } of modes) {
    const card = await measure({ ...common, ...chosen })
    const { device } = card
    yield { check: 'device', name, mode, ok: device.kind === 'gpu', device: device.name }
    yield* differences(name, { mode, card, processor })
    if (chosen.algorithms === 'deterministic') {
      const again = await measure({ ...common, ...chosen, timedSteps: 0 })
      yield { check: 'repeated', name, mode, ok: again.sha256 === card.sha256 }
      const rest = await measure({ ...common, ...chosen, steps: steps - 1, timedSteps: 0, resumes: true })
      yield { check: 'resumed', name, mode, ok: rest.sha256 === card.sha256 }
    }
    yield speed(name, { mode, batchSize, ...card })
  }
}

interface Compared {
  mode: keyof typeof tolerances
  card: Measured
  processor: Measured
}

function* differences(name: BenchCaseName, { mode, card, processor }: Compared): Generator<Finding> {
  const of = (step: number) =>
    relativeDifference({ loss: [card.losses.at(step)!] }, { loss: [processor.losses.at(step)!] })
  const found = { loss: of(0), gradients: relativeDifference(card.gradients, processor.gradients), losses: of(-1) }
  for (const check of ['loss', 'gradients', 'losses'] as const) {
    const [difference, limit] = [found[check], tolerances[mode][check]]
    // A difference that is no number is none that is small enough.
    yield { check, name, mode, ok: difference <= limit, difference, limit }
  }
}

interface Timed {
  mode: string
  batchSize: number
  msPerStep: number | null
  cardMemoryMb: number | null
}

export function speed(name: BenchCaseName, { mode, batchSize, msPerStep, cardMemoryMb }: Timed): Finding {
  const imagesPerSecond = Math.round((1000 * batchSize) / msPerStep!)
  const timed = { batchSize, msPerStep: Number(msPerStep!.toFixed(2)), imagesPerSecond, cardMemoryMb }
  return { check: 'speed', name, mode, ok: true, ...timed }
}

import { describe, expect, it } from 'vitest'
import { families } from '../../../src/engine/networks/families.ts'
import { madeUpBatch } from '../../../src/engine/training/calibrate.ts'
import { captureSnapshot, createTrainingState } from '../../../src/engine/training/phase-state.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import { createTrainingStep } from '../../../src/engine/training/step.ts'
import { withDisposables } from '../../../src/engine/training/with-disposables.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import type { PaperRegime } from '../../../src/shared/phases/phase.ts'
import { paperRegimes } from '../../../src/shared/phases/phase.ts'
import type { Precision } from '../../../src/shared/experiment/precision.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { onnxModel, onnxSpec } from '../../support/onnx-fixtures.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from '../../support/networks.ts'
import '../../support/tensorflow.ts'
import { phaseOf } from './fixture.ts'

/** Networks whose products are large enough for bfloat16. */
const networks: Record<string, NetworkSpec> = {
  resnet: smallResnet({ widths: [16, 24], inputShape: [16, 16, 3] }),
  vit: smallVit({ imageSize: 32, dim: 64, mlpDim: 80 }),
  bert: smallBert({ maxLength: 64, dim: 64, mlpDim: 80 }),
  msdnet: smallMsdnet({ inputShape: [16, 16, 3] }),
  onnx: onnxSpec(onnxModel('convnext'), { exits: [0] }),
}
const batchSize = 32

type Subject = [spec: NetworkSpec, regime: PaperRegime, phase: number]
type Objective = NonNullable<ReturnType<typeof phaseOf>['phase']['objective']>

/** Gradients of the first step by name: with β₁ = 0 the first moment is the gradient. */
async function gradients([spec, regime, index]: Subject, precision: Precision, objective?: Objective) {
  const { network, phase } = phaseOf(spec, regime, index)
  const training = trainingSpec.parse({ batchSize, beta1: 0, clipNorm: null, precision })
  const subject = { network, phase: { ...phase, ...(objective && { objective }) }, training }
  const snapshot = startSnapshot(subject, { seed: 3 })
  const state = createTrainingState(subject, snapshot)
  const step = createTrainingStep(subject)
  return withDisposables([step, state], async () => {
    const batch = madeUpBatch(spec, batchSize)
    await step.run({ state, step: 0, epoch: 1, batch, learningRate: 1e-3, dropoutSeed: [1, 2] })
    const { moments } = await captureSnapshot(subject, { state, progress: snapshot.progress })
    const names = Object.keys(moments).filter((name) => name.endsWith('.exp_avg'))
    return new Map(names.map((name) => [name, moments[name]!.values]))
  })
}

/** Of all gradients together, relative to float32. */
async function errorOf(subject: Subject, objective?: Objective): Promise<number> {
  const [exact, mixed] = [
    await gradients(subject, 'float32', objective),
    await gradients(subject, 'bfloat16', objective),
  ]
  expect([...mixed.keys()]).toEqual([...exact.keys()])
  const squares = { difference: 0, exact: 0 }
  for (const [name, values] of exact) {
    const others = mixed.get(name)!
    values.forEach((value, place) => {
      squares.difference += (value - others[place]!) ** 2
      squares.exact += value ** 2
    })
  }
  return Math.sqrt(squares.difference / squares.exact)
}

/** Half a unit in the last place of bfloat16. */
const rounding = 2 ** -9
/** Gradients pass through a few dozen operations, and ReLUs that rounding switches change them by more than rounding does. */
const manyRoundings = 100 * rounding

function expectRounded(error: number): void {
  expect(error).toBeLessThan(manyRoundings)
  // Not float32 by mistake.
  expect(error).toBeGreaterThan(rounding / 64)
}

describe('gradients in bfloat16 are those in float32 but for rounding', () => {
  it('in every family', () => {
    expect(Object.keys(networks).toSorted()).toEqual(families.names().toSorted())
  })

  it.each(Object.entries(networks))('in joint training of a %s', async (_, spec) => {
    expectRounded(await errorOf([spec, 'joint', 0]))
  })

  it.each(paperRegimes)('in the regime %s', async (regime) => {
    expectRounded(await errorOf([networks['resnet']!, regime, 0]))
  })

  const dropping: NetworkSpec = { ...networks['vit']!, dropout: 0.1, attentionDropout: 0.1 }
  const imitating: NetworkSpec = { ...networks['vit']!, head: 'gpf', gpfDim: 8 }
  it.each<[string, NetworkSpec, Objective?]>([
    ['dropout', dropping],
    ['gradient equilibrium', networks['resnet']!, { weighting: 'uniform', gradients: 'equilibrium' }],
    ['GPF heads and their loss', imitating, { weighting: 'gpf' }],
    [
      'self-distillation',
      networks['vit']!,
      { weighting: 'uniform', distillation: { alpha: 0.5, temperature: 3, teacher: 'ensemble' } },
    ],
  ])('with %s', async (_, spec, objective) => {
    expectRounded(await errorOf([spec, 'joint', 0], objective))
  })
})

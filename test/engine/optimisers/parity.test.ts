import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import '../../support/tensorflow.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { unfold, withPhases } from '../../../src/engine/regimes/index.ts'
import { taskOf } from '../../../src/engine/tasks/index.ts'
import { clearSums, readSums } from '../../../src/engine/training/epoch-sums.ts'
import { captureSnapshot, createTrainingState } from '../../../src/engine/training/phase-state.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import { createTrainingStep } from '../../../src/engine/training/step.ts'
import { decodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { readFixture, some } from '../training/fixture.ts'

/** Losses of each exit at each step; null where it did not run. */
type Curve = (number | null)[][]

interface Case {
  phase: string
  learningRates?: Record<string, number>
}

const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url))
const { cases, curves } = JSON.parse(read('optimisers.json').toString()) as {
  cases: Record<string, Case>
  curves: Record<string, { float64: Curve; float32: Curve }>
}
const { arrays } = decodeSafetensors(read('optimisers.safetensors'))

/** The rate, the decay rates and ε of make.py. */
const settings = { learningRate: 2e-3, beta2: 0.99, epsilon: 1e-3, schedule: { kind: 'constant' }, clipNorm: null }
const owned: { dispose(): void }[] = []
const own = <T extends { dispose(): void }>(made: T): T => (owned.push(made), made)
afterEach(() => owned.splice(0).forEach((each) => each.dispose()))

describe.each(['resnet', 'vit'] as const)('%s', (name) => {
  const fixture = readFixture(name)
  const network = createNetwork(fixture.network)

  async function train({ phase: place, learningRates, ...training }: Case, steps: number) {
    const [regime, index] = place.split('/') as [string, string]
    const written = withPhases(regime).phases[Number(index)]!
    const phases = [{ ...written, ...(learningRates && { learningRates }) }]
    const { phase } = unfold({ name: regime, phases }, network, [])[0]!
    const subject = { network, phase, training: trainingSpec.parse({ ...settings, ...training }) }
    const snapshot = startSnapshot(subject, { seed: 1, weights: { arrays: fixture.start, fresh: [] } })
    const state = own(createTrainingState(subject, snapshot))
    const trainingStep = own(createTrainingStep(subject))
    const losses: number[][] = []
    for (let step = 0; step < steps; step++) {
      clearSums(state)
      const batch = fixture.batches[step % fixture.batches.length]!
      await trainingStep.run({ state, step, epoch: 1, batch, learningRate: 2e-3, dropoutSeed: [1, 2] })
      losses.push((await readSums(taskOf(network.spec), state)).lossSums!.map((sum) => sum / batch.size))
    }
    const { model, moments } = await captureSnapshot(subject, { state, progress: snapshot.progress })
    return { model, moments, losses, trains: phase.trains }
  }

  const vector = (model: Record<string, { values: Float32Array }>) =>
    network.parameters
      .filter(({ kind }) => kind === 'parameter')
      .map(({ name }) => name)
      .sort()
      .flatMap((each) => [...some(model[each]!.values)])

  it.each(Object.entries(cases))('%s: parameters are PyTorch’s after three steps', async (title, each) => {
    const { model } = await train(each, 3)
    const expected = arrays[`${name}/${title}/steps-3`]!.values as Float32Array
    expect(distance(vector(model), expected)).toBeLessThan(2e-6)
  })

  it.each(Object.entries(cases))(
    '%s: losses stay as close to float64 over 200 steps as PyTorch’s, and so do parameters',
    async (title, each) => {
      const { losses, model } = await train(each, 200)
      const { float64, float32 } = curves[`${name}/${title}`]!
      // An exit that does not run in a step adds nothing to its sum.
      const largest = (curve: Curve, exit: number) =>
        Math.max(...curve.map((row, step) => Math.abs((row[exit] ?? 0) - (float64[step]![exit] ?? 0))))
      for (const { exit } of network.exits)
        expect(largest(losses, exit)).toBeLessThanOrEqual(5 * largest(float32, exit))
      const expected = arrays[`${name}/${title}/steps-200`]!.values as Float32Array
      expect(distance(vector(model), expected)).toBeLessThan(1e-4)
    },
  )

  it('keeps a momentum for trained parameters alone, and none without momentum', async () => {
    const { moments, trains } = await train({ ...cases['momentum']!, phase: 'disjoint/1' }, 1)
    const trained = network.parameters.filter(({ group, kind }) => kind === 'parameter' && trains.includes(group))
    expect(Object.keys(moments)).toEqual(trained.map((each) => `${each.name}.momentum_buffer`))
    expect((await train(cases['plain']!, 1)).moments).toEqual({})
  })
})

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} values against ${b.length}`)
  return Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index]!)))
}

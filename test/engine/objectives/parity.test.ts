import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import { createNetwork, type Network } from '../../../src/engine/networks/index.ts'
import { withObjective } from '../../../src/engine/objectives/exit-weights.ts'
import { ensemblePhase, phasesOf } from '../../../src/engine/regimes/index.ts'
import type { TrainingBatch } from '../../../src/engine/training/batch.ts'
import { createEvaluation, evaluationContext } from '../../../src/engine/training/evaluate.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import { captureSnapshot, createModelState, createTrainingState } from '../../../src/engine/training/phase-state.ts'
import { dominanceScope } from '../../../src/engine/training/dominance-probe.ts'
import { createGradientProducts } from '../../../src/engine/training/gradient-products.ts'
import { createTrainingStep } from '../../../src/engine/training/step.ts'
import type { Tensor, TensorRecord } from '../../../src/engine/tf.ts'
import { tf, traced } from '../../../src/engine/tf.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { objective } from '../../../src/shared/methods/objective.ts'
import type { PhaseSpec, PaperRegime } from '../../../src/shared/phases/phase.ts'
import { decodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { expectClose } from '../../support/arrays.ts'
import { floats } from '../../support/batches.ts'
import '../../support/tensorflow.ts'

interface Case {
  network: string
  objective: object
  /** `ensembles`: the phase after a regime. */
  regime: PaperRegime | 'ensembles'
  phase: number
  epoch: number
  steps: number
}

/** What fixtures/make.py got from PyTorch. */
const read = (extension: string) => readFileSync(new URL(`fixtures/objectives.${extension}`, import.meta.url))
const { networks, cases } = JSON.parse(read('json').toString()) as {
  networks: Record<string, NetworkSpec>
  cases: Case[]
}
const { arrays } = decodeSafetensors(read('safetensors'))
const stored = (name: string) => arrays[name] as { shape: number[]; values: Float32Array }

/** The options of make.py. */
const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.99, epsilon: 1e-3, weightDecay: 0.05 }
const training = trainingSpec.parse({ ...adam, schedule: { kind: 'constant' }, clipNorm: null })

const owned: { dispose(): void }[] = []
const own = <T extends { dispose(): void }>(made: T): T => (owned.push(made), made)
afterEach(() => owned.splice(0).forEach((each) => each.dispose()))

const startOf = (network: string) => {
  const prefix = `${network}/start/`
  const names = Object.keys(arrays).filter((name) => name.startsWith(prefix))
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length), stored(name)]))
}

function batchOf(network: string, step: number): TrainingBatch {
  const part = (name: string) => {
    const { shape, values } = stored(`${network}/${name}`)
    const [steps, ...rest] = shape as [number, number, ...number[]]
    const size = values.length / steps
    return floats(values.subarray(step * size, (step + 1) * size), rest as [number, ...number[]])
  }
  const images = part('images')
  return { inputs: { images }, targets: part('targets'), size: images.shape[0]! }
}

/** make.py lays arrays out as one vector, in the order of their names. */
function unflatten(vector: Float32Array, parameters: readonly { name: string; shape: readonly number[] }[]) {
  let from = 0
  const sorted = parameters.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const found = sorted.map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1)
    return [name, vector.subarray(from, (from += size))] as const
  })
  expect(from).toBe(vector.length)
  return Object.fromEntries(found)
}

function phaseOf(each: Pick<Case, 'regime' | 'phase' | 'objective'>, network: Network): PhaseSpec {
  const { regime, phase } = each
  const members = () => createNetwork({ ...network.spec, head: 'cascade' })
  const found = regime === 'ensembles' ? ensemblePhase(members(), network) : phasesOf(regime, network)[phase]!
  return withObjective(found, objective.parse(each.objective), network)
}

const titled = cases.map((each, index) => {
  const title = `${each.network}, ${JSON.stringify(each.objective)}: ${each.regime}, phase ${each.phase}`
  return [`${title}, epoch ${each.epoch}`, { ...each, index }] as const
})

describe('a training step has the gradients of PyTorch and ends where its AdamW does', () => {
  it.each(titled)('%s', async (_, { index, steps, epoch, ...each }) => {
    const network = createNetwork(networkSpec.parse(networks[each.network]))
    const start = startOf(each.network)
    const phase = phaseOf(each, network)
    const snapshot = startSnapshot({ network, phase }, { seed: 1, weights: { arrays: start, fresh: [] } })
    const state = own(createTrainingState({ network, phase, training }, snapshot))
    const trainingStep = own(createTrainingStep({ network, phase, training }))
    for (let step = 0; step < steps; step++) {
      const batch = batchOf(each.network, step)
      await trainingStep.run({ state, step, epoch, batch, learningRate: adam.learningRate, dropoutSeed: [1, 2] })
    }
    const { model, moments } = await captureSnapshot(
      { network, phase, training },
      { state, progress: snapshot.progress },
    )

    const expected = unflatten(stored(`${index}/result`).values, network.parameters)
    for (const { name } of network.parameters) {
      const [ours, theirs, before] = [model[name]!.values, expected[name]!, start[name]!.values]
      // What PyTorch left alone must be untouched to the bit, and what it changed must have changed.
      expect(sameBits(ours, before), `${name} is untouched`).toBe(sameBits(theirs, before))
      expectClose(ours, theirs, 1e-5)
    }
    if (steps > 1) return
    const parameters = network.parameters.filter(({ kind }) => kind === 'parameter')
    const gradients = unflatten(stored(`${index}/gradients`).values, parameters)
    for (const { name } of parameters) {
      const moment = moments[`${name}.exp_avg`]?.values ?? new Float32Array(gradients[name]!.length)
      expectClose(
        moment.map((value) => value / (1 - adam.beta1)),
        gradients[name]!,
        1e-5,
      )
    }
  })
})

describe('gradient dominance compares with the gradient of the whole loss', () => {
  const isCompared = ([, { network, objective, regime }]: (typeof titled)[number]) =>
    /resnet/.test(network) && /equilibrium|gpf/.test(JSON.stringify(objective)) && /^(joint|mixed)$/.test(regime)

  it.each(titled.filter(isCompared))('%s', async (_, { index, epoch, ...each }) => {
    const network = createNetwork(networkSpec.parse(networks[each.network]))
    const phase = phaseOf(each, network)
    const scope = dominanceScope({ network, phase }, epoch)!
    const state = own(createModelState(network, startOf(each.network)))
    const batch = batchOf(each.network, 0)
    const products = await own(createGradientProducts({ network, ...scope })).of({ state, batch, dropoutSeed: [1, 2] })
    const parameters = network.parameters.filter(({ kind }) => kind === 'parameter')
    const gradients = unflatten(stored(`${index}/gradients`).values, parameters)
    const { weights, groups } = scope
    expect(products).toHaveLength(groups.length * weights.length ** 2)
    // ‖Σ wᵢgᵢ‖² = Σ wᵢwⱼ⟨gᵢ, gⱼ⟩
    const squares = groups.map((_, row) =>
      weights.flatMap((a, i) =>
        weights.map((b, j) => a * b * products[(row * weights.length + i) * weights.length + j]!),
      ),
    )
    const found = squares.map((terms) => terms.reduce((sum, term) => sum + term, 0))
    const expected = groups.map((name) => {
      const own = parameters.filter(({ group }) => group === name).flatMap(({ name }) => [...gradients[name]!])
      return own.reduce((sum, value) => sum + value ** 2, 0)
    })
    expectClose(found, expected, 1e-5)
  })
})

const readingStates = Object.keys(networks).filter((name) => `${name}/logits` in arrays)

describe.each(readingStates)('%s in evaluation mode', (name) => {
  const network = createNetwork(networkSpec.parse(networks[name]))
  const exits = network.exits.map(({ exit }) => exit)

  it('has PyTorch’s logits, of all exits and of each alone', async () => {
    const state = own(createModelState(network, startOf(name)))
    const batch = batchOf(name, 0)
    const expected = stored(`${name}/logits`).values
    expectClose(await own(createEvaluation(network, exits)).run(state, batch), expected, 1e-5)
    for (const exit of exits) {
      const size = expected.length / exits.length
      const alone = await own(createEvaluation(network, [exit])).run(state, batch)
      expectClose(alone, expected.subarray(exit * size, (exit + 1) * size), 1e-5)
    }
  })

  it.runIf(network.hasHeadLoss)('has PyTorch’s auxiliary loss', async () => {
    const state = own(createModelState(network, startOf(name)))
    const fn = own(
      traced('own-loss', (inputs: TensorRecord, scope) => {
        let loss: Tensor | undefined
        network.forward(evaluationContext(scope), inputs, { onHeadLoss: (losses) => (loss = tf.mean(losses)) })
        return { loss: loss! }
      }),
    )
    const { values, shape } = batchOf(name, 0).inputs['images']!
    const images = tf.tensor(values, [...shape])
    const { loss } = await fn.run({ images }, state)
    expectClose(await loss!.data(), stored(`${name}/own`).values, 1e-5)
    tf.dispose([images, loss!])
  })
})

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength))
}

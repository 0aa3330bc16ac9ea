import { describe, expect, it } from 'vitest'
import { exitRuleChoices, exitRules } from '../src/engine/exits/index.ts'
import { heads } from '../src/engine/heads/index.ts'
import type { Tensor } from '../src/engine/tf.ts'
import { families } from '../src/engine/networks/families.ts'
import { chained } from './main/extensions/chained-head.ts'
import rule from '../examples/extensions/rule.ts'
import { twoScale } from './main/extensions/two-scale-family.ts'
import './support/tensorflow.ts'

families.register('two-scale', twoScale)
heads.register('chained', chained)
exitRules.register('margin', rule.exitRules!['class-margin']!)

// What knows the registries is loaded once everything is registered.
const { drawNetwork, planExperiment } = await import('../src/engine/plan.ts')
const { createNetwork, initialise } = await import('../src/engine/networks/index.ts')
const { createEvaluation, evaluateExits } = await import('../src/engine/training/evaluate.ts')
const { createModelState } = await import('../src/engine/training/phase-state.ts')
const { startSnapshot } = await import('../src/engine/training/phase-start.ts')
const { trainPhase } = await import('../src/engine/training/train-phase.ts')
const { sweep } = await import('../src/engine/evaluation/curve.ts')
const { scoreExits } = await import('../src/engine/evaluation/scored-exits.ts')
const { analyses } = await import('../src/readings/analyses/index.ts')
const { matchWeights } = await import('../src/engine/matching/weight-matching.ts')
const { permuteUnits } = await import('../src/engine/matching/permute-units.ts')
const { experimentFile } = await import('../src/contract/experiment/experiment.ts')
const { comparisonQuestion } = await import('../src/readings/question.ts')
const { paperRegimes } = await import('../src/shared/methods/regime-names.ts')
const { trainingSpec } = await import('../src/shared/experiment/training.ts')
const { madeUpBatches } = await import('./support/images.ts')
const { modelOf, noTraining, runAnalysis } = await import('./support/analyses.ts')
const { randomParameters, randomTensor, recordingContext } = await import('./support/forward.ts')
const { randomOrders } = await import('./support/units.ts')
const { tf } = await import('../src/engine/tf.ts')
const { total } = await import('../src/engine/layers/operations.ts')

type Weights = ReturnType<typeof startSnapshot>['model']

const samples = {
  kind: 'images' as const,
  height: 8,
  width: 8,
  channels: 1,
  pad: 0,
  classes: 3,
  normalisation: { mean: [0.5], std: [0.25] },
}
const resnet = { family: 'resnet', blockCounts: [1, 1, 1], widths: [2, 3, 4], exits: 'all' }
const choices = {
  'a family': { family: 'two-scale' },
  'a head': { ...resnet, head: 'chained' },
  'a head on a family': { family: 'two-scale', depth: 4, head: 'chained' },
}

/** An experiment as its author would write it. */
const experimentOf = (network: object) =>
  experimentFile.parse({ name: 'extension', data: { source: 'fashion-mnist' }, network, regimes: [...paperRegimes] })

describe.each(Object.entries(choices))('%s that is written outside of src/', (_, choice) => {
  const { network: chosen, data } = experimentOf(choice)
  const plan = planExperiment({ network: chosen, samples, regimes: paperRegimes })
  const network = createNetwork(plan.network)

  it('is part of the schema of experiments, with the defaults of its family', () => {
    expect(chosen.head).toBe('head' in choice ? choice.head : 'pooled')
    expect(data.augmentation).toBe('crop-flip')
    expect(() => experimentOf({ ...choice, growht: 3 })).toThrow(/growht/)
  })

  it('is drawn with its costs', () => {
    const { nodes, edges, ledger, backboneMacs } = drawNetwork(plan.network)
    const ids = new Set(nodes.map(({ id }) => id))
    expect(ids.size).toBe(nodes.length)
    expect(edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true)
    expect(nodes.flatMap(({ exit }) => (exit === null ? [] : [exit]))).toEqual(network.exits.map(({ exit }) => exit))
    expect(ledger.reduce((sum, { macs }) => sum + macs, 0)).toBe(plan.costs.exits.at(-1)!.macs)
    expect(backboneMacs).toBe(plan.costs.backboneMacs)
  })

  it.each(paperRegimes)(
    'trains by the regime %s what each phase says and nothing else, and is evaluated',
    async (name) => {
      const weights = await trainRegime(plan.regimes.find(({ regime }) => regime === name)!.phases)
      const state = createModelState(network, weights)
      const evaluation = createEvaluation(
        network,
        network.exits.map(({ exit }) => exit),
      )
      const batches = madeUpBatches(plan.network, { count: 12, batchSize: 8, seed: 3 })
      const outputs = await evaluateExits(evaluation, { state, batches })
      evaluation.dispose()
      state.dispose()
      const rule = exitRules.get('margin')
      const exitMacs = plan.costs.exits.map(({ macs }) => macs)
      const { values, costs } = sweep(scoreExits(rule, outputs!), rule.thresholds(exitMacs.length), exitMacs)
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
      expect(costs.at(-1)).toBe(exitMacs.at(-1))
    },
  )

  it('is analysed', async () => {
    const { compute, ...schemas } = analyses.get('numerical-rank')
    const parameters = schemas.parameters.parse({ samples: 20, features: 16 })
    const images = {
      some: () => madeUpBatches(plan.network, { count: 20, batchSize: 8, seed: 4 }),
      training: noTraining,
    }
    const models = [modelOf(network, initialise(network, 1))]
    const { result } = await runAnalysis(compute, { parameters, models, images })
    const blocks = network.sites.map(({ after }) => ({ block: after }))
    expect(schemas.result.parse(result)).toMatchObject({ blocks })
  })

  it('says how its units are laid out: a planted permutation is recovered, and leaves the logits as they are', async () => {
    const { parameters } = network
    const first = randomParameters(network, 1)
    const second = permuteUnits(parameters, first, randomOrders(network, 1))
    tf.tidy(() => {
      const images = randomTensor([2, 8, 8, 1], 1)
      const logits = [first, second].map((arrays) => network.forward(recordingContext(arrays).context, { images }))
      logits[0]!.forEach((each, exit) =>
        expect(tf.max(tf.abs(tf.sub(each!, logits[1]![exit]!))).arraySync()).toBeLessThan(1e-4),
      )
    })
    const { permutations } = await matchWeights(parameters, [first, second], { sweeps: 100, seed: 0 })
    expect(permuteUnits(parameters, second, permutations)).toEqual(first)
  })
})

describe('a head that reads the states of earlier heads', () => {
  const { network: chosen } = experimentOf(choices['a head'])
  const network = createNetwork(planExperiment({ network: chosen, samples, regimes: [] }).network)
  const arrays = randomParameters(network, 1)
  const images = () => randomTensor([2, 8, 8, 1], 1)
  const headsAmong = (groups: Iterable<string>) => [...groups].filter((group) => /^(heads|chained)/.test(group)).sort()

  it('runs with them, and its loss trains itself and what the heads share', () => {
    const groupOf = new Map(network.parameters.map(({ name, group }) => [name, group]))
    const { context, asked } = recordingContext(arrays)
    tf.tidy(() => void network.forward(context, { images: images() }, { exits: [1] }))
    expect(headsAmong(new Set([...asked].map((name) => groupOf.get(name)!)))).toEqual(['chained', 'heads.0', 'heads.1'])
    expect(network.exits.map(({ runs }) => runs)).toEqual([[0], [0, 1], [2]])
    expect(headsAmong(network.exits[1]!.reaches)).toEqual(['chained', 'heads.1'])
  })

  it('sends no gradient back to the earlier heads', () => {
    const { context } = recordingContext(arrays)
    const gradientOf = (name: string) =>
      tf.tidy(() => {
        const logits = (weight: Tensor) => {
          const value = (each: string) => (each === name ? weight : context.value(each))
          return tf.sum(network.forward({ ...context, value }, { images: images() }, { exits: [1] })[1]!)
        }
        return tf.max(tf.abs(tf.grad(logits)(context.value(name)))).arraySync()
      })
    expect(() => gradientOf('heads.0.state.weight')).toThrow(/Cannot compute gradient/)
    expect(gradientOf('heads.1.state.weight')).toBeGreaterThan(0)
  })

  it('has a cost that includes all heads before it', () => {
    const { exits, backbone } = network.operations
    const ofHeads = exits.at(-1)!.filter(({ module }) => /^(heads|chained)\./.test(module))
    expect(total(exits.at(-1)!)).toBe(total(backbone) + total(ofHeads))
  })
})

describe('an exit rule that is written outside of src/', () => {
  it('may be asked for wherever runs are compared', () => {
    expect(comparisonQuestion.parse({ rule: 'margin' }).rule).toBe('margin')
    expect(exitRuleChoices(4, {}).map(({ name }) => name)).toContain('margin')
  })
})

/** Trains phase after phase for two epochs of two batches, and hands the weights on. */
async function trainRegime(phases: ReturnType<typeof planExperiment>['regimes'][number]['phases']): Promise<Weights> {
  let weights: Weights | undefined
  for (const { phase, network: spec, fresh } of phases) {
    const network = createNetwork(spec)
    const batches = madeUpBatches(spec, { count: 16, batchSize: 8, seed: 2 })
    const snapshot = startSnapshot({ network, phase }, { seed: 1, weights: weights && { arrays: weights, fresh } })
    let trained = snapshot.model
    await trainPhase({
      network,
      phase,
      seed: 1,
      phaseId: phase.name,
      snapshot,
      validationBatches: batches,
      dominanceBatches: 1,
      training: trainingSpec.parse({ epochs: 2, batchSize: 8, learningRate: 1e-2 }),
      trainingBatches: { batchesPerEpoch: 2, batch: (_, index) => trainingBatch(batches.batch(index), spec.classes) },
      now: () => 0,
      checkpointSeconds: 60,
      shouldPause: () => false,
      onEvent: () => {},
      saveCheckpoint: async ({ model }) => void (trained = model),
    })
    const changed = network.parameters.filter(({ name, kind }) => {
      const [before, after] = [snapshot.model[name]!.values, trained[name]!.values]
      return kind === 'parameter' && before.some((value, index) => value !== after[index])
    })
    expect([...new Set(changed.map(({ group }) => group))].sort()).toEqual([...phase.trains].sort())
    weights = trained
  }
  return weights!
}

function trainingBatch(
  { inputs, size, targets }: ReturnType<ReturnType<typeof madeUpBatches>['batch']>,
  classes: number,
) {
  const values = new Float32Array(size * classes)
  targets.forEach((label, row) => (values[row * classes + label] = 1))
  return { inputs, size, targets: { values, shape: [size, classes], dtype: 'float32' as const } }
}

import { describe, expect, test } from 'vitest'
import { costs, ledger } from '../../../src/engine/cost/ledger.ts'
import { stepCosts } from '../../../src/engine/cost/training-cost.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from '../../support/networks.ts'

const networks = [
  ['resnet', smallResnet()],
  ['vit', smallVit()],
  ['bert', smallBert()],
  ['msdnet', smallMsdnet()],
] as const

describe.each(networks)('a training step of a %s', (_, spec) => {
  const network = createNetwork(spec)
  const all = network.groups.map(({ name }) => name)
  const { exits } = costs(network)
  const every = exits.map(() => 1)

  test('costs three times the forward pass, but for what no gradient passes on the way in', () => {
    const [cost] = stepCosts(spec, { trains: all, lossCycle: [every] })
    const first = ledger(network).find(({ macs }) => macs > 0)!
    const total = exits.at(-1)!
    expect(cost).toBeLessThanOrEqual(3 * total)
    // The first operation has no gradient to hand on; of a text it may be added to others before anything is trained.
    expect(cost).toBeGreaterThanOrEqual(3 * total - 3 * first.macs)
  })

  test('runs no deeper than the deepest exit of its entry', () => {
    const only = (exit: number) => exits.map((_, each) => (each === exit ? 1 : 0))
    const costsOfEntries = stepCosts(spec, { trains: all, lossCycle: exits.map((_, exit) => only(exit)) })
    costsOfEntries.forEach((cost, exit) => expect(cost).toBeLessThanOrEqual(3 * exits[exit]!))
    expect(costsOfEntries).toEqual(costsOfEntries.toSorted((a, b) => a - b))
  })
})

describe('a training step', () => {
  const resnet = smallResnet()
  const network = createNetwork(resnet)
  const of = (part: string) => ledger(network).filter(({ module }) => module.startsWith(part))
  const sum = (rows: readonly { macs: number }[]) => rows.reduce((total, { macs }) => total + macs, 0)
  const stem = 12 * 12 * 9 * 1 * 4

  test('of the bare backbone runs no head: 3 × its cost − that of the first convolution', () => {
    const backbone = { ...resnet, exits: [] }
    const trains = ['stem', 'blocks.0', 'blocks.1', 'blocks.2', 'blocks.3', 'classifier']
    expect(stepCosts(backbone, { trains, lossCycle: [[1]] })).toEqual([3 * costs(network).backbone - stem])
  })

  test('of the final exit alone runs no head before it', () => {
    const trains = network.groups.map(({ name }) => name)
    expect(stepCosts(resnet, { trains, lossCycle: [[0, 0, 1]] })).toEqual([3 * costs(network).backbone - stem])
  })

  test('with a frozen front goes back no further than the first trained block', () => {
    const trains = ['blocks.3', 'classifier']
    const frozen = sum(of('stem')) + sum(of('blocks.0')) + sum(of('blocks.1')) + sum(of('blocks.2'))
    const trained = sum(of('blocks.3')) + sum(of('classifier'))
    // 6 × 6 pixels, 3 × 3 weights, 6 channels to 6: its input needs no gradient.
    const first = 6 * 6 * 9 * 6 * 6
    const [cost] = stepCosts({ ...resnet, exits: [] }, { trains, lossCycle: [[1]] })
    expect(cost).toBe(frozen + 3 * trained - first)
  })

  test('of heads on a frozen backbone differentiates the heads alone', () => {
    const vit = smallVit()
    const { exits } = costs(createNetwork(vit))
    // A linear layer of 8 features and 3 classes each, whose input needs no gradient.
    const [cost] = stepCosts(vit, { trains: ['heads.0', 'heads.1'], lossCycle: [[1, 1, 0]] })
    expect(cost).toBe(exits[1]! + 2 * 8 * 3)
  })

  test('with a head that runs for its state alone goes only forward there', () => {
    const chained = smallResnet({ head: 'cascade' })
    const { exits: runs } = createNetwork(chained)
    expect(runs[1]!.runs).toEqual([0, 1])
    const heads = ['heads.0', 'heads.1']
    const [both, second] = stepCosts(chained, {
      trains: heads,
      lossCycle: [
        [1, 1, 0],
        [0, 1, 0],
      ],
    })
    const { exits } = costs(createNetwork(chained))
    expect(second).toBeGreaterThan(exits[1]!)
    expect(both! - second!).toBeGreaterThan(0)
    expect(both! - second!).toBeLessThanOrEqual(
      2 * sum(ledger(createNetwork(chained)).filter(({ module }) => module.startsWith('heads.0'))),
    )
  })
})

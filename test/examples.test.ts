import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { planExperiment } from '../src/main/engine/plan.ts'
import { readExperiment } from '../src/main/host/experiment-file/read-experiment.ts'

const folder = fileURLToPath(new URL('../examples/', import.meta.url))

/** Side, channels and classes of the images of each example, and what its exits cost in % of the backbone (fvcore's counts). */
const examples: Record<string, { image: [number, number, number]; runs: number; first: number; count: number }> = {
  'quickstart.yaml': { image: [28, 1, 10], runs: 3, first: 19.1, count: 4 },
  'resnet20-fashion-mnist.yaml': { image: [28, 1, 10], runs: 9, first: 12.77, count: 8 },
  'resnet34-cifar100.yaml': { image: [32, 3, 100], runs: 21, first: 19.76, count: 8 },
  'resnet50-tinyimagenet.yaml': { image: [64, 3, 200], runs: 9, first: 11.64, count: 15 },
  'vit-t-cifar100.yaml': { image: [32, 3, 100], runs: 21, first: 14.64, count: 8 },
}

describe('the examples', () => {
  it('are all planned here', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.yaml'))).toEqual(Object.keys(examples))
  })

  it.each(Object.entries(examples))('%s makes the runs and exits that it means to', async (name, expected) => {
    const { file } = await readExperiment(folder + name)
    const [side, channels, classes] = expected.image
    const each = new Array<number>(channels)
    const normalisation = { mean: each.fill(0.5), std: each.fill(0.5) }
    const images = { height: side, width: side, channels, pad: file.data.pad, normalisation }
    const samples = { kind: 'images' as const, classes, ...images }
    const { costs, regimes } = planExperiment(file.network, { samples, regimes: file.regimes })
    expect(regimes.length * file.seeds.length).toBe(expected.runs)
    expect(costs.exits).toHaveLength(expected.count)
    expect(100 * costs.exits[0]!.fraction).toBeCloseTo(expected.first, 1)
  })

  it('the quick start needs no data but what set-up brings', async () => {
    const { file } = await readExperiment(`${folder}quickstart.yaml`)
    expect([file.data.source, file.data.path]).toEqual(['fashion-mnist', undefined])
  })
})

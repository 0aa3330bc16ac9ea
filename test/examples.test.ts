import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { planExperiment } from '../src/engine/plan.ts'
import { readExperiment } from '../src/main/host/experiments/file/read-experiment.ts'
import type { ExperimentFile } from '../src/contract/experiment/experiment.ts'
import type { NetworkFile } from '../src/shared/network/network-file.ts'
import type { SampleSpec } from '../src/shared/network/network.ts'

const folder = fileURLToPath(new URL('../examples/', import.meta.url))

interface Example {
  /** Side, channels and classes of its images; of texts the vocabulary and classes. */
  image?: [number, number, number]
  text?: [number, number]
  /** What is known of the network in its file, of the fixtures of ONNX networks. */
  network?: string
  runs: number
  first: number
  count: number
}

/** What the exits of each example cost in % of the backbone (fvcore's counts). */
const examples: Record<string, Example> = {
  'efficientnet-openclipart.yaml': {
    ...{ image: [96, 3, 11], network: 'efficientnet_lite0', runs: 12, first: 20.92, count: 5 },
  },
  'minilm-fortunes.yaml': { text: [30_522, 29], runs: 9, first: 16.68, count: 6 },
  'own-regimes-resnet20.yaml': { image: [28, 1, 10], runs: 40, first: 12.77, count: 8 },
  'own-regimes-vit.yaml': { image: [28, 1, 10], runs: 40, first: 18.7, count: 6 },
  'quickstart.yaml': { image: [28, 1, 10], runs: 3, first: 19.1, count: 4 },
  'resnet20-fashion-mnist.yaml': { image: [28, 1, 10], runs: 9, first: 12.77, count: 8 },
  'sweep.yaml': { image: [28, 1, 10], runs: 9, first: 19.1, count: 4 },
}

const zoo = new URL('engine/networks/onnx/fixtures/zoo/', import.meta.url)
const networkFileOf = ({ network }: Example) =>
  network === undefined
    ? undefined
    : (JSON.parse(readFileSync(new URL(`${network}.json`, zoo), 'utf8')) as { file: NetworkFile }).file

function samplesOf({ image, text }: Example, { data }: ExperimentFile): SampleSpec {
  if (text) return { kind: 'text', vocabulary: text[0], classes: text[1], maxLength: data.maxLength! }
  const [side, channels, classes] = image!
  const each = new Array<number>(channels)
  const normalisation = { mean: each.fill(0.5), std: each.fill(0.5) }
  return { kind: 'images', classes, height: side, width: side, channels, pad: data.pad, normalisation }
}

describe('the examples', () => {
  it('all have their expected runs listed in this test', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.yaml'))).toEqual(Object.keys(examples))
  })

  it.each(Object.entries(examples))('%s has the expected runs and exits', async (name, expected) => {
    const { file } = await readExperiment(folder + name)
    const samples = samplesOf(expected, file)
    const { costs, regimes } = planExperiment({
      network: file.network,
      samples,
      regimes: file.regimes,
      networkFile: networkFileOf(expected),
    })
    expect(regimes.length * file.seeds.length).toBe(expected.runs)
    expect(costs.exits).toHaveLength(expected.count)
    expect(100 * costs.exits[0]!.fraction).toBeCloseTo(expected.first, 1)
  })

  it('the quick start needs no data beyond those of set-up', async () => {
    const { file } = await readExperiment(`${folder}quickstart.yaml`)
    expect([file.data.source, file.data.path]).toEqual(['fashion-mnist', undefined])
  })
})

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { macsOf, total, type Operation } from '../../../../src/engine/layers/operations.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { onnx } from '../../../../src/engine/networks/onnx/family.ts'
import { linkedGraph } from '../../../../src/engine/networks/onnx/graph/linked-graph.ts'
import { unpackGraph } from '../../../../src/engine/networks/onnx/graph/stored-graph.ts'
import { reportOf } from '../../../../src/engine/networks/onnx/report.ts'
import { findSites } from '../../../../src/engine/networks/onnx/sites/sites.ts'
import { stagesOf } from '../../../../src/engine/networks/onnx/sites/stages.ts'
import type { CountingRule } from '../../../../src/shared/evaluation/counting.ts'
import type { NetworkFile } from '../../../../src/shared/network/network-file.ts'
import { described, onnxSpec, samplesFor, withoutExits, withoutParts } from '../../../support/onnx-fixtures.ts'
import { pythonWith } from '../../../support/python.ts'
import { zooIn, zooPair } from '../../../support/zoo-parity.ts'
import '../../../support/tensorflow.ts'

/** What is known of a network: its graph without weights, what was found in it, and fvcore's multiply-adds by operator. */
interface Known {
  file: NetworkFile
  report: ReturnType<typeof withoutParts>
  fvcore: Record<string, number>
}

const fixtures = new URL('fixtures/zoo/', import.meta.url)
const modules = ['torch', 'torchvision', 'timm', 'transformers', 'fvcore', 'onnx']

/** Blocks as the authors of each count them; convolutions of VGG. */
const blocks: Record<string, number> = {
  bert: 4,
  convnext_tiny: 3 + 3 + 9 + 3,
  convnextv2_atto: 2 + 2 + 6 + 2,
  deit_tiny_patch16_224: 12,
  densenet121: 6 + 12 + 24 + 16,
  distilbert: 4,
  efficientnet_b0: 16,
  efficientnet_lite0: 16,
  mixer_s16_224: 8,
  mobilenet_v3_small: 11,
  mobilevit_xxs: 10,
  poolformer_s12: 2 + 2 + 6 + 2,
  pvt_v2_b0: 4 * 2,
  regnet_y_400mf: 16,
  resnet18: 8,
  resnet50: 16,
  resnet50d: 16,
  shufflenet_v2_x0_5: 4 + 8 + 4,
  swin_t: 2 + 2 + 6 + 2,
  // The pooling before the classifier counts as well.
  vgg11_bn: 8 + 1,
  vit_b_16: 12,
}

/** Attention of Swin: 12 blocks scale their queries of 64 · dim numbers to PyTorch, here the scores; PyTorch makes masks anew. */
const swinScores = 533_022 - 348_096 - 31_213
/** Multiply-adds that a network has here beside those of fvcore. */
const countedOtherwise: Record<string, number> = {
  swin_t: swinScores,
  // Sizes of paddings, which PyTorch computes with numbers.
  tf_efficientnetv2_b0: -70,
}

/** Costs behind the sites of each, and of all, as Exitlab counted them until rule 2. */
const rule1 = JSON.parse(readFileSync(new URL('fixtures/rule-1.json', import.meta.url), 'utf8')) as Record<
  string,
  number[]
>

const names = readdirSync(fixtures).map((file) => file.replace('.json', ''))
const knownOf = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')) as Known

it('is of every network', () => {
  expect(names).toEqual(expect.arrayContaining(Object.keys(blocks)))
})

describe.each(names)('%s', (name) => {
  const { file, report, fvcore } = knownOf(name)
  const graph = linkedGraph(unpackGraph(file.packed))

  it('has exit sites behind its blocks', () => {
    const sites = findSites(graph)
    expect(sites.map(({ module, after }) => [module, after])).toEqual(
      file.sites.map(({ module, after }) => [module, after]),
    )
    expect(sites).toHaveLength(blocks[name] ?? sites.length)
  })

  it('has the shapes, costs and units that it had', () => {
    expect(withoutParts(reportOf(graph, file, stagesOf(graph, findSites(graph))))).toEqual(report)
  })

  const macs = (counting?: CountingRule) => {
    const { operations } = createNetwork(onnx.resolve(withoutExits, samplesFor(file), file), counting)
    return (...kinds: Operation['kind'][]) =>
      operations.backbone.reduce(
        (sum, each) => sum + (kinds.length === 0 || kinds.includes(each.kind) ? macsOf(each) : 0),
        0,
      )
  }

  it('costs what fvcore counts', () => {
    const own = macs()
    const theirs = (...operators: string[]) => operators.reduce((sum, operator) => sum + (fvcore[operator] ?? 0), 0)
    expect(own('convolution')).toBe(theirs('conv'))
    expect(own('batch-norm')).toBe(theirs('batch_norm'))
    expect(own('layer-norm')).toBe(theirs('layer_norm', 'group_norm'))
    expect(own()).toBe(theirs(...Object.keys(fvcore)) + (countedOtherwise[name] ?? 0))
  })

  it.runIf(name in rule1)('has by rule 1 the costs of Exitlab 0.2.0', () => {
    const { sites, operations } = createNetwork(onnx.resolve(withoutExits, samplesFor(file), file), 1)
    const { backbone } = operations
    const before = sites.map(({ operations }) => total(backbone.slice(0, operations)))
    expect([...before, macs(1)()]).toEqual(rule1[name])
  })
})

it('a MobileNetV2 has its activations free, which are cut at 6', () => {
  const { report } = knownOf('mobilenetv2_050')
  // 2,112,320 with three classes.
  expect(report.backboneMacs).toBe(2_112_320 + 7 * 1280)
})

const found = pythonWith(...modules)
const zoo = found.python === null ? found : zooIn(found.python)
afterAll(() => 'end' in zoo && zoo.end())

describe.for(names)('%s in PyTorch', (name) => {
  const title =
    'gives its logits and gradients and a step of AdamW, is trained by three regimes, and takes its weights back'
  it(title, { timeout: 3_600_000 }, async ({ skip }) => {
    const own = name === 'efficientnet_lite0' ? pythonWith('efficientnet_lite_pytorch') : found
    if ('reason' in zoo) return skip(zoo.reason)
    if (own.python === null) return skip(own.reason)
    const folder = mkdtempSync(join(tmpdir(), 'exitlab-zoo-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const pair = await zooPair(zoo, name, folder)
    const { file, report } = described(pair.model)
    expect(withoutParts(report)).toEqual(knownOf(name).report)
    const { macs, shapes, counters } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
      macs: Known['fvcore']
      shapes: Record<string, number[]>
      counters: Record<string, number>
    }
    expect(macs).toEqual(knownOf(name).fvcore)
    expect(file.counters).toEqual(counters)
    const { parameters } = createNetwork(onnxSpec(pair.model))
    expect(parameters.map((each) => each.name).sort()).toEqual(Object.keys(shapes).sort())
    const cells = [...(await pair.compareGradients()), ...(await pair.trainAndReturn())]
    process.stdout.write(`| ${[name, ...cells].join(' | ')} |\n`)
  })
})

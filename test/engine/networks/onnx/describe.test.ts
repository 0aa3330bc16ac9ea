import { describe, expect, it } from 'vitest'
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../../../src/shared/onnx-file/model.ts'
import { phaseIdOf } from '../../../../src/main/execution/depot/phase-job.ts'
import { definition } from '../../../main/execution/depot/support.ts'
import {
  attribute,
  described,
  nodeLike,
  onnxModel,
  onnxSpec,
  withArrays,
  withBehind,
  withNodes,
} from '../../../support/onnx-fixtures.ts'
import { unpackGraph } from '../../../../src/engine/networks/onnx/graph/stored-graph.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { largestFloat } from '../../../../src/engine/networks/float32.ts'
import '../../../support/tensorflow.ts'

/** Why a model is refused. */
function refusal(model: OnnxModel, options = {}): string {
  try {
    described(model, options)
  } catch (error) {
    expect(error).toMatchObject({ code: 'data' })
    return (error as Error).message
  }
  throw new Error('it was not refused')
}

describe('exit sites', () => {
  const modulesOf = (...asked: Parameters<typeof onnxModel>) =>
    described(onnxModel(...asked)).report.sites.map(({ module, shape }) => [module, shape.join('×')])

  it('are behind the repeated modules', () => {
    expect(modulesOf('convolutional')).toEqual([
      ['1.0', '16×16×8'],
      ['1.1', '16×16×8'],
      ['1.2', '16×16×8'],
      ['1.3', '3×5×12'],
    ])
    expect(modulesOf('transformer')).toEqual([
      ['layers.0', '17×16'],
      ['layers.1', '17×16'],
      ['layers.2', '17×16'],
    ])
  })

  it('read the concatenation where a block hands on all that came before', () => {
    expect(modulesOf('dense')).toEqual([
      ['layers.0', '16×16×8'],
      ['layers.1', '16×16×12'],
      ['layers.2', '16×16×16'],
    ])
    expect(described(onnxModel('dense')).report.noEquilibrium).toContain('layers.0')
  })

  it('can be named by modules', () => {
    const { report } = described(onnxModel('convolutional'), { sites: ['0', '1.1', '1.3'] })
    expect(report.sites.map(({ module }) => module)).toEqual(['0', '1.1', '1.3'])
    expect(refusal(onnxModel('convolutional'), { sites: ['1.1', 'layer7'] })).toContain('layer7')
  })

  it('stand behind two stems that read the images, and behind no module that a value leads past, which is named', () => {
    expect(modulesOf('two-stems').map(([module]) => module)).toEqual(['layers.0', 'layers.1', 'layers.2'])
    expect(described(onnxModel('two-stems')).report.skips).toEqual([])
    const { sites, skips } = described(onnxModel('long-skip')).report
    expect(sites.map(({ module }) => module)).toEqual(['layers.0', 'layers.3', 'layers.4'])
    const from = { operator: 'Relu', module: 'layers.0' }
    expect(skips).toEqual([{ from, to: { operator: 'Add', module: '' }, past: ['layers.1', 'layers.2'] }])
  })

  it('are refused where modules are named that can be none, with the reason and those that can be', () => {
    const of = (...sites: string[]) => refusal(onnxModel('long-skip'), { sites })
    expect(of('layers.1', 'layers.3')).toMatch(
      /behind the module layers\.1, as what Relu of layers\.0 gives leads past it to Add; exits can sit behind layers\.0, layers\.3, layers\.4 /,
    )
    expect(of('layers.3', 'layers.9')).toMatch(
      /has no module layers\.9 .*; exits can sit behind layers\.0, layers\.3, layers\.4 /,
    )
    expect(of('layers.3.norm', 'layers.3')).toMatch(/exits can sit behind layers\.0, layers\.3, layers\.4 /)
    expect(of('head', 'layers.3')).toMatch(
      /head, as it gives \[samples, 5\], which is neither a map nor tokens; .* stem, layers /,
    )
    expect(of('layers', 'layers.4')).toMatch(/layers and layers\.4 end at the same point/)
    expect(refusal(onnxModel('transformer'), { sites: ['patch', 'layers.1'] })).toMatch(
      /patch gives map and layers\.1 tokens/,
    )
  })

  it('are refused where a value leads past all modules, which is named', () => {
    const model = onnxModel('two-stems')
    const skipped = withBehind(model, 'ReduceMean', nodeLike('Add', ['skipped']))
    const inputs = [
      nodeLike('ReduceMean', ['images'], ['means'], { axes: [1, 2, 3], keepdims: 0 }),
      nodeLike('Unsqueeze', ['means', 'last'], ['skipped']),
    ]
    const initialisers = new Map(model.initialisers).set('last', {
      name: 'last',
      type: 7,
      shape: [1],
      bytes: null,
      listed: [1],
    })
    const at = skipped.nodes.findLastIndex(({ operator }) => operator === 'Add')
    expect(refusal({ ...skipped, initialisers, nodes: skipped.nodes.toSpliced(at, 0, ...inputs) })).toMatch(
      /could sit behind; the input leads past layers\.0, layers\.1, layers\.2 to ReduceMean\. Name the modules/,
    )
  })

  it('tell whether heads read the class token', () => {
    const model = onnxModel('transformer')
    expect(described(model).report.feature).toBe('first token')
    const listed = (name: string, number: number): [string, OnnxTensor] => [
      name,
      { name, type: 7, shape: [1], bytes: null, listed: [number] },
    ]
    const bounds = [listed('from', 0), listed('one', 1), listed('last', -1)]
    const initialisers = new Map([...model.initialisers, ...bounds])
    const pick = model.nodes.findLast(({ operator }) => operator === 'Gather')!
    /** With the mean of the tokens up to this one in place of the first. */
    const upTo = (end: string) => {
      const tokens = nodeLike('Slice', [pick.inputs[0]!, 'from', end, 'one'], ['tokens'])
      const mean = nodeLike('ReduceMean', ['tokens'], pick.outputs, { axes: [1], keepdims: 0 })
      return withNodes({ ...model, initialisers }, (node) => (node === pick ? [tokens, mean] : [node]))
    }
    expect(described(upTo('one')).report.feature).toBe('first token')
    expect(described(upTo('last')).report.feature).toBe('mean token')
  })
})

it.each([
  ['convnext', '739387e014ccc965'],
  ['convolutional', 'd227ad4a607b8540'],
  ['dense', '52ed2491749a5866'],
  ['fused-text', '5a7a709d23d7b019'],
  ['long-skip', '0d80d2aa1068936c'],
  ['resized', '3379df44679f732f'],
  ['selective', '04e4549f5f965ef2'],
  ['text', 'fb21efdd6a52d3b5'],
  ['transformer', 'a01b914b43b87e78'],
  ['two-stems', '26d3f19c1e7a1a85'],
] as const)('the graph of the file %s has the hash by which phases of it are identified', (name, hash) => {
  expect(described(onnxModel(name)).file.graph.slice(0, 16)).toBe(hash)
})

it('costs are those of the layers in multiply-adds', () => {
  const { report } = described(onnxModel('transformer'))
  // Tokens 17, width 16, 2 heads of 8, hidden 24: products, layer norms (5 a number), the scale of scores (1), softmax (2), GELU and sums (1).
  const [tokens, dim, heads, hidden] = [17, 16, 2, 24]
  const products = tokens * dim * (3 * dim + dim + 2 * hidden) + 2 * tokens * tokens * dim
  const others = 2 * 5 * tokens * dim + (1 + 2) * heads * tokens * tokens + tokens * hidden + 2 * tokens * dim
  const layer = report.sites[1]!.macs - report.sites[0]!.macs
  expect(layer - products - others).toBe(0)
})

it('blocks are told by their modules in the order they run, with operators, shapes and parameters', () => {
  const { sites } = described(onnxModel('transformer')).report
  const { parts, parameters, module } = sites[1]!
  expect(parts.every((part) => part.module.startsWith(module))).toBe(true)
  expect(parts.flatMap(({ operators }) => operators).filter((name) => name === 'LayerNormalization')).toHaveLength(2)
  expect(parts.at(-1)!.shape).toEqual([17, 16])
  // Width 16, hidden 24: products with biases, and two norms.
  expect(parameters).toBe(16 * 48 + 48 + (16 * 16 + 16) + (16 * 24 + 24) + (24 * 16 + 16) + 2 * 2 * 16)
})

it('a network of another number of classes has a last product of that size and everything else as it is', () => {
  const model = onnxModel('convolutional')
  const [own, other] = [5, 7].map((classes) => createNetwork(onnxSpec(model, { classes })))
  const shapes = (network: typeof own) =>
    Object.fromEntries(network!.parameters.map(({ name, shape }) => [name, shape]))
  expect(shapes(other)).toEqual({ ...shapes(own), '5.weight': [7, 12], '5.bias': [7] })
})

describe('a file is refused', () => {
  const model = onnxModel('convolutional')

  it('for an operator that is not supported, naming it and its module', () => {
    const message = refusal(withBehind(model, 'Conv', { ...nodeLike('Unique', [], []), module: '1.3.4' }))
    expect(message).toMatch(/Unique of module 1\.3\.4: the operator is not supported/)
  })

  it('for control flow', () => {
    const node = { ...nodeLike('If', [], []), attributes: { body: attribute({ isGraph: true }) } }
    expect(refusal(withBehind(model, 'Conv', node))).toContain('control flow')
  })

  it('where weights have lost their names, as folded batch norms have', () => {
    const renamed = withNodes(model, (node) => [
      node.operator === 'Conv' ? { ...node, inputs: node.inputs.with(1, `onnx::${node.inputs[1]!}`) } : node,
    ])
    const initialisers = new Map(Array.from(model.initialisers, ([name, tensor]) => [`onnx::${name}`, tensor]))
    const folded = { ...renamed, initialisers: new Map([...model.initialisers, ...initialisers]), metadata: {} }
    expect(refusal(folded)).toMatch(/onnx::0\.0\.weight, which Conv of 0\.0 reads, have lost their name/)
  })

  it('where an array without a name of PyTorch’s is read, as it is or passed on', () => {
    const scales = withArrays(model, { 'onnx::Mul_7': { shape: [8, 1, 1], values: [1, 2, 3, 4, 5, 6, 7, 8] } })
    const scaled = withBehind(scales, 'LeakyRelu', nodeLike('Mul', ['onnx::Mul_7']))
    const passed = withBehind(scales, 'LeakyRelu', nodeLike('Mul', ['onnx::Mul_8']))
    const identity = nodeLike('Identity', ['onnx::Mul_7'], ['onnx::Mul_8'])
    for (const each of [scaled, { ...passed, nodes: [identity, ...passed.nodes] }])
      expect(refusal(each)).toMatch(/Mul: onnx::Mul_7 looks like weights/)
  })

  it('where batch norms are folded into filters that keep their names', () => {
    const conv = model.nodes.find(({ inputs }) => inputs[1] === '1.0.layers.3.weight')!
    const folded = withNodes(model, (node) =>
      node === conv ? [{ ...node, inputs: node.inputs.with(2, '1.0.layers.3.weight_bias') }] : [node],
    )
    const bias = model.initialisers.get('1.0.layers.3.bias')!
    const initialisers = new Map([...model.initialisers, ['1.0.layers.3.weight_bias', bias]])
    expect(refusal({ ...folded, initialisers, metadata: {} })).toMatch(/1\.0\.layers\.3\.weight_bias.*folded/)
  })

  it('where two stages share an array', () => {
    const [first, , third] = model.nodes.filter(({ inputs }) => /^1\.\d\.layers\.\d+\.bias$/.test(inputs[2] ?? ''))
    const shared = withNodes(model, (node) =>
      node === third ? [{ ...node, inputs: node.inputs.with(2, first!.inputs[2]!) }] : [node],
    )
    expect(refusal(shared)).toMatch(/share the array 1\.0\.layers\.1\.bias/)
  })

  it('where its weights are other than float32', () => {
    const others = [
      [10, 'float16'],
      [11, 'float64'],
      [16, 'bfloat16'],
    ] as const
    for (const [type, name] of others) {
      const initialisers = new Map(Array.from(model.initialisers, ([key, tensor]) => [key, { ...tensor, type }]))
      expect(refusal({ ...model, initialisers })).toMatch(
        `the weights 0.0.weight, which Conv of 0.0 reads, are ${name}; expected float32: export network.float()`,
      )
    }
  })

  it('where its input is of other numbers, or of a size that no data have', () => {
    const [images] = model.inputs
    const withInput = (changes: Partial<typeof images>) => ({ ...model, inputs: [{ ...images!, ...changes }] })
    expect(refusal(withInput({ type: 2 }))).toMatch(/Conv .* reads images of uint8 as X; expected float32/)
    const cast = withNodes(model, (node) =>
      node.inputs[0] === 'images'
        ? [nodeLike('Cast', ['images'], ['floats'], { to: 1 }), { ...node, inputs: node.inputs.with(0, 'floats') }]
        : [node],
    )
    const castFrom = (type: number) => refusal({ ...cast, inputs: [{ ...images!, type }] })
    expect(castFrom(6)).toMatch(/expected one input, float32 images.*got int32 images \[samples, 3/)
    expect(castFrom(4)).toMatch(/its input images holds no numbers.*expected float32 images/)
    const unnamed = [{ ...model.outputs[0]!, name: 'other' }]
    expect(refusal({ ...model, outputs: unnamed })).toMatch(/no operator gives its output other: it is damaged/)
    const impossible = [[3, 0, 0], [3, -4, 16], [3, 1e9, 1e9], [0, 16, 16]] // prettier-ignore
    for (const shape of impossible)
      expect(refusal(withInput({ shape: ['batch', ...shape] }))).toMatch(/its input images is .*no data can have/)
  })

  it('where windows or arrays cannot be what they are said to be, naming operator and module', () => {
    const conv = model.nodes.find(({ operator }) => operator === 'Conv')!
    const withInts = (name: string, ints: number[]) =>
      withNodes(model, (node) =>
        node === conv ? [{ ...node, attributes: { ...node.attributes, [name]: attribute({ ints }) } }] : [node],
      )
    const windows = [['strides', [0, 0]], ['strides', []], ['dilations', [0, 1]], ['pads', [-1, 0, 0, 0]], ['pads', [1]]] as const // prettier-ignore
    for (const [name, ints] of windows)
      expect(refusal(withInts(name, [...ints]))).toContain(
        `Conv “/0/0.0/Conv” of module 0.0: its attribute ${name} is [${ints.join(', ')}]; expected `,
      )
    expect(refusal(withInts('dilations', [50, 50]))).toMatch(/Conv .* of module 0\.0: it would give \[2, 8, -82, -82\]/)
    expect(refusal(withInts('pads', Array(4).fill(1e9)))).toMatch(
      /Conv .* of module 0\.0: it would give \[2, 8, 2000000014/,
    )
    const arrays = [['0.1.bias', /BatchNormalization .* of module 0\.1: arrays that do not have one number a channel/], ['5.bias', /Gemm .* of module 5: a bias that does not fit/]] as const // prettier-ignore
    for (const [name, message] of arrays) {
      const array = { ...model.initialisers.get(name)!, shape: [3] }
      expect(refusal({ ...model, initialisers: new Map(model.initialisers).set(name, array) })).toMatch(message)
    }
  })

  it('where its output is of other than one row a sample', () => {
    const mean = nodeLike('ReduceMean', [], [], { axes: [0], keepdims: 1 })
    expect(refusal(withBehind(model, 'Gemm', mean))).toMatch(/expected logits .* as its output; got \[1, 5\]/)
  })

  it('with a remedy in every message, and naming what a further output is', () => {
    const scaled = withNodes(model, (node) =>
      node.operator === 'Gemm' ? [{ ...node, attributes: { transA: attribute({ int: 1 }) } }] : [node],
    )
    expect(refusal(scaled)).toMatch(/Gemm .* of module 5: a product that is scaled.*export_backbone\.py/)
    const dropout = model.nodes.findLast(({ operator }) => operator === 'Dropout')!
    const masked = withBehind(model, 'Gemm', nodeLike('Mul', ['kept']))
    const kept = nodeLike('Cast', ['mask'], ['kept'], { to: 1 })
    const given = withNodes(masked, (node) =>
      node.inputs === dropout.inputs ? [{ ...node, outputs: [node.outputs[0]!, 'mask'] }, kept] : [node],
    )
    expect(refusal(given)).toMatch(/Cast: it reads mask.*mask of a dropout/)
  })

  it('with two outputs', () => {
    expect(refusal({ ...model, outputs: [...model.outputs, model.outputs[0]!] })).toContain('2 outputs')
  })

  it('where an operator reads what none before it gives, as in a circle', () => {
    const [first] = model.nodes
    const circle = withNodes(model, (node) => (node === first ? [nodeLike('Relu', ['5'], ['5']), node] : [node]))
    expect(refusal(circle)).toMatch(/Relu: it reads 5, which no operator before it gives/)
  })

  it('where the number of samples is fixed in it', () => {
    const shape = { name: 'fixed', type: 7, shape: [2], bytes: null, listed: [2, 12] }
    const last = model.nodes.findLast(({ operator }) => operator === 'Flatten')!
    const fixed = withNodes(model, (node) =>
      node === last ? [{ ...nodeLike('Reshape', [last.inputs[0]!, 'fixed'], last.outputs), module: '3' }] : [node],
    )
    const message = refusal({ ...fixed, initialisers: new Map([...model.initialisers, ['fixed', shape]]) })
    expect(message).toMatch(/Reshape of module 3.*number of samples or the size of the images is fixed/)
  })

  it('at another size where its operators depend on that, and used where they do not', () => {
    expect(refusal(onnxModel('transformer'), { side: [32, 32] })).toMatch(
      /16 × 16 pixels, and cannot be used at 32 × 32/,
    )
    const { report } = described(onnxModel('convnext'), { side: [32, 32] })
    expect(report.sites[0]!.shape).toEqual([16, 16, 8])
  })
})

it('infinite padding and bounds are the largest numbers, so that the graph can be kept', () => {
  const model = onnxModel('convolutional')
  const listed = (name: string, type: number, shape: number[], values: number[]): [string, OnnxTensor] => [
    name,
    { name, type, shape, bytes: null, listed: values },
  ]
  const added = [listed('around', 7, [8], [0, 0, 1, 1, 0, 0, 0, 0]), listed('low', 1, [], [-Infinity])]
  const withAdded = { ...model, initialisers: new Map([...model.initialisers, ...added]) }
  const settings = (node: OnnxNode) => {
    const { nodes } = unpackGraph(onnxSpec(withBehind(withAdded, 'MaxPool', node)).packed)
    return nodes.findLast(({ operator }) => operator === node.operator)!.settings
  }
  expect(settings(nodeLike('Pad', ['around', 'low']))).toMatchObject({ value: -largestFloat })
  expect(settings(nodeLike('Clip', ['low']))).toMatchObject({ low: -largestFloat, high: largestFloat })
})

it('a shift of one number behind a product is no bias of it', () => {
  const model = withArrays(onnxModel('transformer'), { shift: { shape: [1], values: [0.5] } }, 'parameters')
  const { nodes, arrays } = unpackGraph(onnxSpec(withBehind(model, 'MatMul', nodeLike('Add', ['shift']))).packed)
  const { value } = arrays.find(({ name }) => name === 'shift')!
  expect(nodes.filter(({ inputs }) => inputs.includes(value)).map(({ operator }) => operator)).toEqual(['Add'])
})

it('merged arrays of an export in evaluation mode are separate again', () => {
  const model = onnxModel('convolutional')
  const kept = model.initialisers.get('1.0.layers.1.bias')!
  const merged = {
    ...model,
    initialisers: new Map([...model.initialisers].filter(([name]) => name !== '0.1.bias')),
    nodes: [nodeLike('Identity', [kept.name], ['0.1.bias']), ...model.nodes],
  }
  const parameters = createNetwork(onnxSpec(merged)).parameters.map(({ name }) => name)
  expect(parameters).toEqual(createNetwork(onnxSpec(model)).parameters.map(({ name }) => name))
})

it('a network that calls an array as a head does is refused with that head alone', () => {
  const model = onnxModel('convolutional')
  const renamed = (name: string) => (name === '1.0.layers.3.weight' ? 'heads.0.fc.weight' : name)
  const other = {
    ...withNodes(model, (node) => [{ ...node, inputs: node.inputs.map(renamed) }]),
    initialisers: new Map(
      Array.from(model.initialisers, ([name, each]) => [renamed(name), { ...each, name: renamed(name) }]),
    ),
    metadata: Object.fromEntries(
      Object.entries(model.metadata).map(([key, text]) => [
        key,
        text.replace('1.0.layers.3.weight', 'heads.0.fc.weight'),
      ]),
    ),
  }
  expect(() => createNetwork(onnxSpec(other, { exits: [0] }))).toThrow(/heads\.0\.fc\.weight .* choose another head/)
  expect(createNetwork(onnxSpec(other)).parameters.map(({ name }) => name)).toContain('heads.0.fc.weight')
})

describe('an array that PyTorch has under several names', () => {
  const model = onnxModel('convolutional')
  const [name, other] = ['1.1.layers.0.bias', '1.1.layers.2.bias']
  const metadata = { ...model.metadata, 'exitlab.tied': JSON.stringify([[name, other]]) }

  it('is one array where a block reads it several times', () => {
    const tied = withNodes(model, (node) => [
      { ...node, inputs: node.inputs.map((each) => (each === other ? name : each)) },
    ])
    const { parameters, spec } = createNetwork(onnxSpec({ ...tied, metadata }))
    expect(parameters.map((each) => each.name)).not.toContain(other)
    expect(spec).toMatchObject({ tied: { [other]: name } })
    const [own, unnamed] = [spec, onnxSpec(tied)].map((network) => phaseIdOf(definition({ network })))
    expect(own).toBe(unnamed)
  })

  it('is refused where the file has it several times, to be trained apart', () => {
    expect(refusal({ ...model, metadata })).toMatch(
      /layers\.0\.bias and 1\.1\.layers\.2\.bias are one array in PyTorch/,
    )
  })
})

describe('stochastic depth', () => {
  const model = onnxModel('convolutional')
  const at = model.nodes.findIndex(({ operator }) => operator === 'RandomUniformLike')
  const own = model.nodes.slice(at).filter(({ operator }) => operator !== 'Constant')
  const [noise, less, cast, scale, product] = own.slice(0, 5)
  const keep = less!.inputs[1]!
  const branch = product!.inputs.find((each) => each !== scale!.outputs[0])!
  const [mask] = cast!.outputs
  const added = { ...nodeLike('Add', [keep, noise!.outputs[0]!], less!.outputs), module: less!.module }
  const floored = { ...nodeLike('Floor', less!.outputs, cast!.outputs), module: cast!.module }
  const divided = nodeLike('Div', [branch, scale!.inputs[1]!], ['divided'])

  /** The network with these nodes in place of those that scale the mask and apply it. */
  const packedWith = (...nodes: (OnnxNode | undefined)[]) => {
    const written = nodes.map((node) => node!)
    const without = (node: OnnxNode) => ([less, cast, scale].includes(node) ? [] : node === product ? written : [node])
    return onnxSpec(withNodes(model, without)).packed
  }

  it('is one operation however it is written', () => {
    const { packed } = onnxSpec(model)
    expect(unpackGraph(packed).nodes.filter(({ operator }) => operator === 'DropPath')).toHaveLength(1)
    expect(packedWith(added, floored, scale, product)).toBe(packed)
    expect(packedWith(less, cast, divided, { ...product!, inputs: ['divided', mask!] })).toBe(packed)
    expect(packedWith(added, floored, divided, { ...product!, inputs: [mask!, 'divided'] })).toBe(packed)
  })

  it('is refused where its mask has neither one number a sample nor one an entry', () => {
    const pooled = nodeLike('GlobalAveragePool', [branch], ['pooled'])
    const ofInput = (input: string) =>
      withNodes(model, (node) => (node === noise ? [pooled, { ...noise, inputs: [input] }] : [node]))
    const dropouts = (input: string) =>
      unpackGraph(onnxSpec(ofInput(input)).packed).nodes.filter(({ operator }) => operator === 'Dropout').length
    expect(dropouts(branch) - dropouts(noise!.inputs[0]!)).toBe(1)
    expect(() => dropouts('pooled')).toThrow(/neither dropout nor stochastic depth/)
  })

  it('is refused where what it keeps is not scaled up', () => {
    const unscaled = { ...product!, inputs: [branch, mask!] }
    expect(() => packedWith(less, cast, unscaled)).toThrow(/neither dropout nor stochastic depth/)
    expect(() => packedWith(added, floored, unscaled)).toThrow(/neither dropout nor stochastic depth/)
  })
})

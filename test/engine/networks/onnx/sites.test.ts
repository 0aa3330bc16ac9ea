import { describe, expect, it } from 'vitest'
import { findSites, sitesAt } from '../../../../src/engine/networks/onnx/sites/sites.ts'
import { maskOf, stagesOf } from '../../../../src/engine/networks/onnx/sites/stages.ts'
import { smallGraph, type SmallNode } from '../../../support/small-graph.ts'

const tokens = [-1, 3, 4]
const on = (operator: string, inputs: string[], outputs: Record<string, number[]>, module: string): SmallNode => ({
  ...{ operator, inputs, outputs, module },
})
const product = (from: string, array: string, to: string, module: string) =>
  on('MatMul', [from, array], { [to]: tokens }, module)

describe('a text of two blocks, of which the first reads its mask', () => {
  const { graph, nameOf } = smallGraph({
    inputs: { ids: [-1, 3], mask: [-1, 3] },
    arrays: { table: [9, 4], scale: [1], w: [4, 4], v: [4, 4], u: [4, 4], head: [4, 2] },
    nodes: [
      { ...on('Gather', ['table', 'ids'], { rows: tokens }, 'embedding'), settings: { axis: 0 } },
      { ...on('Cast', ['mask'], { kept: [-1, 3] }, 'mask'), settings: { to: 'float32' } },
      on('Unsqueeze', ['kept'], { wide: [-1, 3, 1] }, 'mask'),
      on('Exp', ['scale'], { scaled: [1] }, 'scale'),
      product('rows', 'w', 'a', 'layers.0'),
      on('Mul', ['a', 'scaled'], { b: tokens }, 'layers.0'),
      product('b', 'u', 'c', 'layers.0'),
      on('Mul', ['c', 'wide'], { d: tokens }, 'layers.0'),
      product('d', 'v', 'e', 'layers.1'),
      { ...on('ReduceMean', ['e'], { mean: [-1, 4] }, 'pool'), settings: { axes: [1], keep: 0 } },
      on('MatMul', ['mean', 'head'], { logits: [-1, 2] }, 'head'),
    ],
  })
  const sites = [
    { module: 'layers.0', after: 4 },
    { module: 'layers.1', after: 5 },
  ]
  const { stem, blocks, tail, token } = stagesOf(graph, sitesAt(graph, sites))
  const given = ({ nodes }: typeof stem) => nodes.map(({ outputs }) => nameOf(outputs[0]))
  const live = (stage: typeof stem) => stage.live.map(nameOf)

  it('runs what its mask gives in the stem, and what follows from parameters where it is read', () => {
    expect([stem, ...blocks, tail].map(given)).toEqual([
      ['kept', 'wide', 'rows'],
      ['scaled', 'a', 'b', 'c', 'd'],
      ['e'],
      ['mean', 'logits'],
    ])
  })

  it('hands on what a later block reads, and the mask for heads that read the mean of tokens', () => {
    expect(token).toBe('mean')
    expect([stem, ...blocks, tail].map(live)).toEqual([['rows', 'mask', 'wide'], ['d', 'mask'], ['e', 'mask'], []])
    expect(nameOf(maskOf(graph))).toBe('mask')
  })

  it('names the arrays that each part reads, and the product that gives the logits', () => {
    expect([stem, ...blocks, tail].map(({ arrays }) => [...arrays].sort())).toEqual([
      ...[['table'], ['scale', 'u', 'w'], ['v'], ['head']], // prettier-ignore
    ])
    expect(nameOf(tail.closing!.outputs[0])).toBe('logits')
    expect(blocks.map(({ kind, site }) => [kind, site.module])).toEqual([['tokens', 'layers.0'], ['tokens', 'layers.1']]) // prettier-ignore
  })

  it('has no site where none can be', () => {
    expect(() => sitesAt(graph, [{ module: 'layers.9', after: 99 }])).toThrow('no exit site behind node 99 (layers.9)')
  })
})

const map = [-1, 4, 5, 5]
const conv = (from: string, array: string, to: string, module: string): SmallNode => ({
  ...on('Conv', [from, array], { [to]: map }, module),
  settings: { strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0], groups: 1 },
})
const relu = (from: string, to: string, module: string) => on('Relu', [from], { [to]: map }, module)

/** Modules behind which sites are found in a network of these nodes, and what they read. */
function sitesIn(nodes: SmallNode[]): string[] {
  const names = new Set(nodes.flatMap(({ inputs }) => inputs).filter((name) => name.startsWith('w')))
  const arrays = Object.fromEntries([...names].map((name) => [name, [4, 4, 1, 1]]))
  const { graph, nameOf } = smallGraph({ inputs: { x: map }, arrays: { ...arrays, head: [4, 2] }, nodes })
  return findSites(graph).map(({ module, value }) => `${module}: ${nameOf(value)}`)
}
const tailOf = (from: string): SmallNode[] => [
  on('GlobalAveragePool', [from], { pooled: [-1, 4, 1, 1] }, 'pool'),
  on('Reshape', ['pooled'], { flat: [-1, 4] }, 'flat'),
  on('MatMul', ['flat', 'head'], { logits: [-1, 2] }, 'head'),
]
/** Two convolutions and what follows each. */
const unit = (module: string, from: string, to: string) => [
  conv(from, `w1${to}`, `${to}1`, `${module}.conv1`),
  relu(`${to}1`, `${to}2`, `${module}.act1`),
  conv(`${to}2`, `w2${to}`, `${to}3`, `${module}.conv2`),
  relu(`${to}3`, to, `${module}.act2`),
]

describe('exit sites are', () => {
  it('behind numbered modules of two convolutions or products', () => {
    const nodes = [...unit('blocks.0', 'x', 'a'), ...unit('blocks.1', 'a', 'b'), ...tailOf('b')]
    expect(sitesIn(nodes)).toEqual(['blocks.0: a', 'blocks.1: b'])
  })

  it('behind the inner of numbered modules, where a module holds several', () => {
    const nodes = [
      ...unit('stages.0.0', 'x', 'a'),
      ...unit('stages.0.1', 'a', 'b'),
      ...unit('stages.1.0', 'b', 'c'),
      ...tailOf('c'),
    ]
    // The second stage has one block, and ends where it does.
    expect(sitesIn(nodes)).toEqual(['stages.0.0: a', 'stages.0.1: b', 'stages.1: c'])
  })

  it('behind what follows a convolution, before the next, where no modules are repeated', () => {
    const nodes = [
      conv('x', 'w1', 'a', 'first'),
      relu('a', 'b', 'act'),
      conv('b', 'w2', 'c', 'second'),
      relu('c', 'd', 'end'),
      ...tailOf('d'),
    ]
    expect(sitesIn(nodes)).toEqual(['act: b', 'end: d'])
  })

  it('and not behind numbered modules of one convolution each', () => {
    const nodes = [
      conv('x', 'w1', 'a', 'layers.0'),
      relu('a', 'b', 'layers.1'),
      conv('b', 'w2', 'c', 'layers.2'),
      ...tailOf('c'),
    ]
    expect(sitesIn(nodes)).toEqual(['layers.1: b', 'layers.2: c'])
  })

  it('those of maps, or of tokens where these are more', () => {
    const rows = [-1, 4, 4]
    const attended = (module: string, from: string, to: string): SmallNode[] => [
      on('MatMul', [from, 'first'], { [`${to}1`]: rows }, module),
      on('MatMul', [`${to}1`, 'second'], { [to]: rows }, module),
    ]
    const { graph } = smallGraph({
      inputs: { x: map },
      arrays: { w1a: [4, 4, 1, 1], w2a: [4, 4, 1, 1], first: [4, 4], second: [4, 4], head: [4, 2] },
      nodes: [
        ...unit('blocks.0', 'x', 'a'),
        on('Reshape', ['a'], { rows }, 'rows'),
        ...attended('blocks.1', 'rows', 'b'),
        ...attended('blocks.2', 'b', 'c'),
        { ...on('ReduceMean', ['c'], { mean: [-1, 4] }, 'pool'), settings: { axes: [1], keep: 0 } },
        on('MatMul', ['mean', 'head'], { logits: [-1, 2] }, 'head'),
      ],
    })
    expect(findSites(graph).map(({ module }) => module)).toEqual(['blocks.1', 'blocks.2'])
  })
})

import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../../src/engine/networks/onnx/graph/graph.ts'
import { withPatterns } from '../../../../src/engine/networks/onnx/reading/patterns.ts'
import { smallGraph, type SmallNode } from '../../../support/small-graph.ts'

const arrays = { w: [6, 4], cube: [2, 4, 6], bias: [6], short: [1], other: [4] }
const numbers = { root: Math.SQRT2, inverse: Math.SQRT1_2, one: 1, half: 0.5, two: 2, keep: 0.8 }
const constants = Object.fromEntries(Object.entries(numbers).map(([name, each]) => [name, { sizes: [], data: [each] }]))

/** `[operator, operands, settings?, sizes?]` by the name of what it gives; sizes: those of x where none are given. */
type Written = Record<string, [operator: string, inputs: string[], settings?: Settings, sizes?: number[]]>

/** Nodes as patterns leave them, `name = Operator(operands)`. */
function found(written: Written, x = [-1, 4]): string[] {
  const nodes = Object.entries(written).map(([name, [operator, inputs, settings, sizes = x]]): SmallNode => ({
    ...{ operator, inputs, outputs: { [name]: sizes }, ...(settings && { settings }) },
  }))
  const { graph, nameOf } = smallGraph({ inputs: { x }, arrays, constants, nodes })
  return withPatterns(graph).nodes.map(
    ({ operator, inputs, outputs }) => `${nameOf(outputs[0])} = ${operator}(${inputs.map(nameOf).join(', ')})`,
  )
}

describe('a product with a turned array is a linear layer', () => {
  const turned = { t: ['Transpose', ['w'], { order: [1, 0] }] } as Written
  const product = { ...turned, y: ['MatMul', ['x', 't']] } as Written
  const last = 'y = Linear(x, w)'

  it('with the bias that is added behind it, in either order', () => {
    for (const sum of [
      ['y', 'bias'],
      ['bias', 'y'],
    ])
      // prettier-ignore
      expect(found({ ...product, z: ['Add', sum] }).at(-1)).toBe('z = Linear(x, w, bias)')
    expect(found(product).at(-1)).toBe(last)
  })

  it.each<[string, Written]>([
    ['an array of another length is added', { z: ['Add', ['y', 'short']] }],
    ['what is computed is added', { z: ['Add', ['y', 'x']] }],
    ['a number is added', { z: ['Add', ['y', 'one']] }],
    ['the bias is multiplied', { z: ['Mul', ['y', 'bias']] }],
    ['it is read twice', { z: ['Add', ['y', 'bias']], v: ['Add', ['y', 'z']] }],
  ])('without one where %s', (_, more) => {
    const all = found({ ...product, ...more })
    expect(all.slice(1, 2)).toEqual([last])
    expect(all).toHaveLength(2 + Object.keys(more).length)
  })

  it('and any other product is not', () => {
    const computed = found({ t: ['Transpose', ['x'], { order: [1, 0] }], y: ['MatMul', ['x', 't']] })
    const wide = found({ t: ['Transpose', ['cube'], { order: [0, 2, 1] }], y: ['MatMul', ['x', 't']] })
    const plain = found({ t: ['Relu', ['w']], y: ['MatMul', ['x', 't']] })
    for (const each of [computed, wide, plain, found({ y: ['MatMul', ['x', 'w']] })])
      expect(each.at(-1)).toMatch(/^y = MatMul/)
  })
})

describe('GELU is one operation', () => {
  const scaled = { s: ['Div', ['x', 'root']] } as Written
  const inner = { e: ['Erf', ['s']], a: ['Add', ['e', 'one']] } as Written
  const gelu = { ...scaled, ...inner, m: ['Mul', ['x', 'a']], y: ['Mul', ['m', 'half']] } as Written
  const whole = 'y = Gelu(x)'

  it.each<[string, Written]>([
    ['x / √2', {}],
    ['x · √½', { s: ['Mul', ['x', 'inverse']] }],
    ['1 + erf', { a: ['Add', ['one', 'e']] }],
    ['factors in another order', { m: ['Mul', ['a', 'x']], y: ['Mul', ['half', 'm']] }],
    ['the half before x', { m: ['Mul', ['a', 'half']], y: ['Mul', ['m', 'x']] }],
  ])('written with %s', (_, changes) => {
    expect(found({ ...gelu, ...changes }).at(-1)).toBe(whole)
    expect(found({ ...gelu, ...changes })).toHaveLength(2)
  })

  it.each<[string, string[]]>([
    ['x', ['x', 'half']],
    ['x', ['half', 'x']],
  ])('of which half of %s is taken first', (_, inputs) => {
    const halved = { h: ['Mul', inputs], ...scaled, ...inner, y: ['Mul', ['h', 'a']] } as Written
    expect(found(halved).at(-1)).toBe(whole)
  })

  it.each<[string, Written]>([
    ['another root', { s: ['Div', ['x', 'two']] }],
    ['a root that is multiplied with', { s: ['Mul', ['x', 'root']] }],
    ['a root that is divided by', { s: ['Div', ['x', 'inverse']] }],
    ['another sum', { a: ['Add', ['e', 'two']] }],
    ['a difference', { a: ['Sub', ['e', 'one']] }],
    ['a quotient', { m: ['Div', ['x', 'a']] }],
    ['another factor', { y: ['Mul', ['m', 'two']] }],
    ['another x', { m: ['Mul', ['other', 'a']] }],
    ['a sum behind it', { y: ['Add', ['m', 'half']] }],
    ['an error function that is read twice', { y: ['Mul', ['m', 'half']], z: ['Add', ['e', 'y']] }],
  ])('and with %s it is none', (_, changes) => {
    expect(found({ ...gelu, ...changes }).join()).not.toContain('Gelu')
  })

  it('and an error function of what comes in is none', () => {
    expect(found({ y: ['Erf', ['x']] })).toEqual(['y = Erf(x)'])
  })
})

describe('rows at indices that count through the samples are of each sample the same', () => {
  const count = (step: number): Written => ({ i: ['Count', ['indices'], { step }, [-1, 3]] })
  const rows = (axis: number, inputs: string[]): Written => ({ y: ['Gather', inputs, { axis }, [-1, 3, 4]] })
  const given = (step: number, axis: number, inputs = ['x', 'i']) =>
    found({ indices: ['Relu', ['one'], undefined, [1, 3]], ...count(step), ...rows(axis, inputs) }, [-5, 4]).at(-1)

  it('where they count by the rows of a sample', () => {
    expect(given(5, 0)).toBe('y = GatherOfEach(x, indices)')
  })

  it('and not by others, along other axes, or of the indices themselves', () => {
    expect([given(4, 0), given(5, 1), given(1, 0, ['i', 'x'])]).toEqual([
      ...['y = Gather(x, i)', 'y = Gather(x, i)', 'y = Gather(i, x)'],
    ])
  })
})

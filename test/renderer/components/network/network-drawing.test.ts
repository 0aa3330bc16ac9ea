// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import NetworkDrawing from '../../../../src/renderer/components/network/NetworkDrawing.vue'
import type { DrawnNode, NetworkDrawing as Drawing } from '../../../../src/shared/network/network-drawing.ts'

const block = (index: number, exit: number | null): DrawnNode => ({
  id: `blocks.${index}`,
  kind: 'block',
  block: index,
  label: `block ${index}`,
  detail: '16 · 3×3',
  exit,
  column: index + 1,
  row: 0,
  macs: 1_000_000 * (index + 1),
  fraction: 0.5 * (index + 1),
})
const drawing: Drawing = {
  title: 'ResNet',
  head: 'pooled',
  input: '28 × 28 × 1',
  ledger: [],
  backboneMacs: 2_000_000,
  parameters: 10,
  nodes: [
    { ...block(0, null), id: 'stem', kind: 'stem', block: null, label: 'stem', column: 0, macs: null, fraction: null },
    block(0, 0),
    block(1, null),
    {
      ...block(2, 1),
      id: 'classifier',
      kind: 'classifier',
      block: null,
      label: 'classifier',
      macs: 2_010_000,
      fraction: 1.005,
    },
  ],
  edges: [
    { from: 'stem', to: 'blocks.0' },
    { from: 'blocks.0', to: 'blocks.1' },
    { from: 'blocks.1', to: 'classifier' },
  ],
}

function drawn(props: { exits?: readonly number[]; editable?: boolean } = {}) {
  const wrapper = mount(NetworkDrawing, {
    props: { drawing, ...props },
    global: { plugins: [createPinia()] },
    attachTo: document.body,
  })
  return { wrapper, parts: wrapper.findAll('button') }
}

describe('a network that is edited', () => {
  it('gets an exit behind the block that is clicked', async () => {
    const { wrapper, parts } = drawn({ exits: [0], editable: true })
    await parts[2]!.trigger('click')
    expect(wrapper.emitted('update:exits')).toEqual([[[0, 1]]])
  })

  it('loses the exit of a block that has one', async () => {
    const { wrapper, parts } = drawn({ exits: [0, 1], editable: true })
    await parts[1]!.trigger('click')
    expect(wrapper.emitted('update:exits')).toEqual([[[1]]])
  })

  it('has no exit behind the stem, and always that of the classifier', async () => {
    const { wrapper, parts } = drawn({ exits: [0], editable: true })
    await parts[0]!.trigger('click')
    await parts[3]!.trigger('click')
    expect(wrapper.emitted('update:exits')).toBeUndefined()
  })

  it('states for every block whether it has an exit', () => {
    const { parts } = drawn({ exits: [1], editable: true })
    expect(parts.map((part) => part.attributes('aria-pressed'))).toEqual([undefined, 'false', 'true', undefined])
  })
})

describe('a network that is not edited', () => {
  it('reports which part was chosen', async () => {
    const { wrapper, parts } = drawn()
    await parts[1]!.trigger('click')
    expect(wrapper.emitted('select')).toEqual([['blocks.0']])
    expect(wrapper.emitted('update:exits')).toBeUndefined()
  })

  it('describes the part that has the focus', async () => {
    const { wrapper, parts } = drawn()
    expect(wrapper.find('figcaption').text()).toBe('100 % = bare backbone with its classifier, 2.00 M multiply-adds.')
    await parts[1]!.trigger('focus')
    expect(wrapper.find('figcaption').text()).toContain(
      'exit 0 with a pooled head: 1.00 M multiply-adds, 50.0 % of the backbone',
    )
  })

  it('is one stop of the tab key; arrows go from part to part', async () => {
    const { wrapper, parts } = drawn()
    expect(parts.map((part) => part.attributes('tabindex'))).toEqual(['0', '-1', '-1', '-1'])
    await wrapper.find('ul').trigger('keydown', { key: 'ArrowRight' })
    expect(document.activeElement).toBe(parts[1]!.element)
    await wrapper.find('ul').trigger('keydown', { key: 'End' })
    expect(document.activeElement).toBe(parts[3]!.element)
  })

  it('is still a stop of the tab key where another network has fewer parts', async () => {
    const { wrapper, parts } = drawn()
    await parts[3]!.trigger('focus')
    await wrapper.setProps({ drawing: { ...drawing, nodes: drawing.nodes.slice(0, 2), edges: [] } })
    expect(wrapper.findAll('button').map((part) => part.attributes('tabindex'))).toEqual(['-1', '0'])
  })
})

describe('a network of several scales', () => {
  it('is a grid of nodes, with a line for each edge from centre to centre', () => {
    const fine: DrawnNode = { ...block(0, null), id: 'blocks.0.fine', block: null, row: 0, macs: null, fraction: null }
    const nodes = drawing.nodes.map((node) => ({ ...node, row: 1 })).toSpliced(1, 0, fine)
    const edges = [...drawing.edges, { from: 'blocks.0.fine', to: 'blocks.1' }]
    const props = { drawing: { ...drawing, nodes, edges } }
    const wrapper = mount(NetworkDrawing, { props, global: { plugins: [createPinia()] } })
    const places = wrapper.findAll('li:has(button)').map(({ element }) => {
      const { gridColumn, gridRow } = (element as HTMLElement).style
      return [gridColumn, gridRow]
    })
    expect(places).toEqual([
      ['1', '2'],
      ['2', '1'],
      ['2', '2'],
      ['3', '2'],
      ['4', '2'],
    ])
    const { x1, y1, x2, y2 } = wrapper.findAll('line').at(-1)!.attributes()
    expect([x1, y1, x2, y2].map(Number)).toEqual([1.5, 17.5, 2.5, 94 + 17.5])
  })
})

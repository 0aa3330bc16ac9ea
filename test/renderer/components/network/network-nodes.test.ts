import { describe, expect, it } from 'vitest'
import { drawnExits, networkNodes, toggledExit } from '../../../../src/renderer/components/network/network-nodes.ts'
import type { DrawnNode } from '../../../../src/shared/network/network-drawing.ts'

const block = (index: number, exit: number | null): DrawnNode => ({
  id: `blocks.${index}`,
  kind: 'block',
  block: index,
  label: `block ${index}`,
  detail: '16 · 3×3',
  exit,
  column: index + 1,
  row: 0,
  macs: 1000 * (index + 1),
  fraction: 0.25 * (index + 1),
})
const drawing = {
  head: 'pooled',
  nodes: [
    { ...block(0, null), id: 'stem', kind: 'stem', block: null, label: 'stem', column: 0, macs: null, fraction: null },
    block(0, null),
    block(1, 0),
    block(2, 1),
    {
      ...block(3, 2),
      id: 'classifier',
      kind: 'classifier',
      block: null,
      label: 'classifier',
      detail: '',
      macs: 4000,
      fraction: 1.002,
    },
  ] satisfies DrawnNode[],
}
const parts = (exits: readonly number[]) => networkNodes(drawing, exits, (count) => `${count} MACs`)

it('numbers exits by depth, the final one last', () => {
  expect(parts([2, 0]).map(({ exitName }) => exitName)).toEqual(['', 'exit 0', '', 'exit 1', 'final'])
})

it('reads which blocks have an exit from the drawing', () => {
  expect(drawnExits(drawing)).toEqual([1, 2])
})

it('lets exits be placed behind blocks only', () => {
  expect(parts([1]).map(({ placeable }) => placeable)).toEqual([false, true, true, true, false])
})

describe('the sentence of a part', () => {
  it.each([
    [0, 'Stem (16 · 3×3).'],
    [1, 'Block 0 (16 · 3×3): an exit here would cost 1000 MACs, 25.0 % of the backbone.'],
    [2, 'Block 1 (16 · 3×3), exit 0 with a pooled head: 2000 MACs, 50.0 % of the backbone, earlier heads included.'],
    [4, 'Classifier, the final exit: 4000 MACs, 100.2 % of the backbone, all heads included.'],
  ])('%i', (index, sentence) => {
    expect(parts([1, 2])[index]!.sentence).toBe(sentence)
  })
})

it('places an exit behind a block, or removes it', () => {
  expect(toggledExit([1, 4], 2)).toEqual([1, 2, 4])
  expect(toggledExit([1, 2, 4], 2)).toEqual([1, 4])
})

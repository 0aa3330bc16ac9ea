import { expect, it } from 'vitest'
import { cellText } from '../../../../src/renderer/panels/gradient-dominance/dominance-tooltip.ts'

const scale = { low: 0, high: 1, decimals: 2, rows: ['exit 0', 'final'] }

it('names exit and epoch, or exit and block, and the value', () => {
  const epochs = { ...scale, columns: { values: [3, 4], low: 2.5, high: 4.5, ticks: [] }, values: [[0.1, 0.2], [0.3, -0.4]] } // prettier-ignore
  expect(cellText(epochs, 1, 1)).toBe('final, epoch 4\n−0.40')
  const labels = ['block 0', '1', 'all'].map((label) => ({ label }))
  const blocks = { ...scale, columns: labels, values: [[0.1, null, 0.2], [0.3, 0.4, 0.5]] } // prettier-ignore
  expect(cellText(blocks, 0, 0)).toBe('exit 0, block 0\n0.10')
  expect(cellText(blocks, 0, 1)).toBe('exit 0, block 1\ndoes not depend on it')
  expect(cellText(blocks, 1, 2)).toBe('final, the whole backbone\n0.50')
})

import { expect, it } from 'vitest'
import { macsColumn } from '../../../src/shared/evaluation/macs-column.ts'

it.each([
  { largest: 197_200_000, unit: 'macs', cost: 28_868_000, title: 'Multiply-adds (M)', text: '28.868' },
  { largest: 197_200_000, unit: 'flops', cost: 28_868_000, title: 'MFLOPs', text: '57.736' },
  { largest: 600_000_000, unit: 'flops', cost: 28_868_000, title: 'GFLOPs', text: '0.058' },
  { largest: 400, unit: 'macs', cost: 400, title: 'Multiply-adds (k)', text: '0.400' },
] as const)('writes $cost multiply-adds beside $largest as $text $title', ({ largest, unit, cost, title, text }) => {
  const column = macsColumn(largest, unit)
  expect([column.title, column.text(cost)]).toEqual([title, text])
})

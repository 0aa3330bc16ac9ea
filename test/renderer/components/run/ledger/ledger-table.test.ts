import { describe, expect, it } from 'vitest'
import { ledgerRows } from '../../../../../src/renderer/components/run/ledger/ledger-table.ts'

const entry = (module: string, operation: string, [macs, parameters, exit]: [number, number | null, number]) => ({
  module,
  operation,
  macs,
  parameters,
  exit,
})
const ledger = [
  entry('stem.conv', 'convolution', [100, 36, 0]),
  entry('stem.relu', 'relu', [0, null, 0]),
  entry('blocks.0.conv1', 'convolution', [300, 64, 0]),
  entry('blocks.0.bn1', 'batch-norm', [20, 8, 0]),
  entry('blocks.0.conv2', 'convolution', [300, 64, 0]),
  entry('heads.0.fc', 'linear', [40, 50, 0]),
  entry('blocks.1.conv1', 'convolution', [240, 128, 1]),
  entry('classifier', 'linear', [40, 90, 1]),
]
const rows = ledgerRows({ ledger, backboneMacs: 1000 })

it('groups operations by the part that they belong to, with a total behind each exit', () => {
  expect(rows.map(({ kind, label }) => `${kind}: ${label}`)).toEqual([
    'group: stem',
    'group: block 0',
    'group: head of exit 0',
    'total: up to exit 0',
    'group: block 1',
    'group: classifier',
    'total: whole network, all heads',
  ])
})

it('adds up what a part costs', () => {
  expect(rows[1]).toMatchObject({
    macs: 620,
    fraction: 0.62,
    parameters: 136,
    share: 1,
    operations: 'convolution ×2, batch norm',
  })
})

describe('a total', () => {
  it('includes every earlier head', () => {
    expect(rows[3]).toMatchObject({ macs: 760, fraction: 0.76, parameters: 222 })
    expect(rows[6]).toMatchObject({ macs: 1040, fraction: 1.04, parameters: 440 })
  })
})

it('shows no parameters for an operation that has none', () => {
  const [stem] = rows
  expect(stem).toMatchObject({ operations: 'convolution', parameters: 36 })
  expect(stem?.kind === 'group' && stem.entries.map(({ parameters }) => parameters)).toEqual([36, null])
})

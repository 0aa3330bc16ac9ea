import { expect, test } from 'vitest'
import {
  compactParts,
  exitsText,
  phaseInWords,
  toggledExitOf,
  toggledPart,
  typedExits,
} from '../../../../../src/renderer/components/new/regimes/written-parts.ts'

test('parts in a row are written together, as phases list them', () => {
  expect(compactParts(['stem', 'blocks.0', 'blocks.1', 'blocks.3', 'heads.1', 'classifier'])).toEqual([
    'stem',
    'blocks.0-1',
    'blocks.3',
    'heads.1',
    'classifier',
  ])
})

test('a part is added or taken away in the order of the network', () => {
  const all = ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'classifier']
  expect(toggledPart(['stem', 'blocks.0', 'blocks.1'], 'blocks.0', all)).toEqual(['stem', 'blocks.1'])
  expect(toggledPart(['blocks.1'], 'blocks.0', all)).toEqual(['blocks.0-1'])
})

test('an exit is added or taken away; all of them are a word, and the last is the final one', () => {
  expect(toggledExitOf([0, 1, 2], 1, 3)).toEqual([0, 'final'])
  expect(toggledExitOf([0, 2], 1, 3)).toBe('all')
})

test('exits are typed as words or numbers, steps in turn with semicolons, and read back the same', () => {
  const cases = [
    ['', {}],
    ['all', { exits: 'all' }],
    ['up-to-this', { exits: 'up-to-this' }],
    ['0, 2, final', { exits: [0, 2, 'final'] }],
    ['final; all', { cycle: ['final', 'all'] }],
    ['0, 1; final', { cycle: [[0, 1], 'final'] }],
  ] as const
  for (const [text, written] of cases) {
    expect(typedExits(text)).toEqual(written)
    expect(exitsText(written as never)).toBe(text)
  }
  expect(typedExits('0 2 x')).toEqual({ exits: [0, 2, 'x'] })
})

test('a phase is put into a line', () => {
  const gradual = { trains: 'all', forEach: 'early-exit', order: 'back-to-front', exits: 'from-this' } as const
  expect(phaseInWords(gradual)).toBe('trains all, exits from-this, for each early exit, from the back')
  expect(phaseInWords({ trains: ['heads.0', 'stem'], from: 'fresh' })).toBe('trains heads.0, stem, from fresh')
})

import { expect, test } from 'vitest'
import { readRule, ruleInWords, writeRule } from '../../../src/shared/methods/rule-reference.ts'

test.each([
  ['confidence', { name: 'confidence', parameters: {} }],
  ['difference:patience=2', { name: 'difference', parameters: { patience: '2' } }],
  ['made-up:a=1,b=x', { name: 'made-up', parameters: { a: '1', b: 'x' } }],
])('%s is read and written', (reference, parts) => {
  expect(readRule(reference)).toEqual(parts)
  expect(writeRule(parts)).toBe(reference)
})

test('captions name the rule with its parameters', () => {
  expect(ruleInWords('entropy')).toBe('entropy rule')
  expect(ruleInWords('difference:patience=2')).toBe('difference rule with patience 2')
})

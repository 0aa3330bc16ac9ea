import { expect, test } from 'vitest'
import { conditionalKeys, saysNothing, takenKeys } from '../../src/datasets/taken-keys.ts'

test('a data set takes the keys of its kind, and the options that it has', () => {
  expect(takenKeys({ kind: 'images', options: [] })).toEqual(['imageSize', 'pad', 'augmentation', 'mixing'])
  expect(takenKeys({ kind: 'text', options: ['columns'] })).toEqual(['maxLength', 'grouping', 'tokenizer', 'columns'])
  expect(conditionalKeys).toEqual(expect.arrayContaining(['pad', 'tokenizer', 'testFraction', 'damagedImages']))
})

test('values that say as much as leaving a key out are told from others', () => {
  const nothing = [['pad', 0], ['augmentation', 'auto'], ['augmentation', 'none'], ['damagedImages', 'refuse'], ['tokenizer', null], ['mixing', undefined]] as const // prettier-ignore
  const something = [['pad', 4], ['augmentation', 'crop'], ['damagedImages', 'skip'], ['tokenizer', 'a'], ['mixing', []], ['imageSize', 0]] as const // prettier-ignore
  for (const [key, value] of nothing) expect([key, value, saysNothing(key, value)]).toEqual([key, value, true])
  for (const [key, value] of something) expect([key, value, saysNothing(key, value)]).toEqual([key, value, false])
})

import { expect, test } from 'vitest'
import { exitFamilies } from '../../../../../src/main/host/imports/readers/exit-pattern.ts'

const longest = 1_000_000

test.each([
  ['digits', '1'.repeat(longest)],
  ['digits and letters in turn', '1a'.repeat(longest / 2)],
  ['words for exits', 'exit '.repeat(longest / 5)],
  ['a word for an exit and digits that end in a letter', `exit${'1'.repeat(longest)}a`],
])('a name of a million characters is read at once: %s', (_, name) => {
  expect(exitFamilies([name]).length).toBeLessThanOrEqual(1)
})

test('digits that no number keeps exactly are no exit', () => {
  expect(exitFamilies(['acc_900719925474099', 'acc_9007199254740993'])).toEqual([
    { pattern: 'acc_*', members: [{ name: 'acc_900719925474099', exit: '900719925474099' }] },
  ])
})

test('the last number is the exit where no word names one', () => {
  expect(exitFamilies(['top1_run7_acc2x', 'top1_run7_acc10x'])).toEqual([
    { pattern: 'top1_run7_acc*x', members: [{ name: 'top1_run7_acc2x', exit: '2' }, { name: 'top1_run7_acc10x', exit: '10' }] },
  ]) // prettier-ignore
})

test('the k of a top-k accuracy is no exit', () => {
  expect(exitFamilies(['Acc@1', 'Acc@5', 'eval_top1', 'eval_top5', 'top-1 accuracy', 'top15'])).toEqual([])
  expect(exitFamilies(['0/top1', '1/top1']).map(({ pattern }) => pattern)).toEqual(['*/top1'])
})

import { expect, test } from 'vitest'
import { emptyClassesNotes } from '../../../src/main/cli/empty-classes-notes.ts'
import { exitlab, fakeClient, fakeRun, summary } from './support.ts'

const emptyClasses = { test: { count: 1, of: 3, names: ['b\u001b[2J'] } }
const sentence = 'has no test samples: test values say nothing of it.'

test('classes without test samples are named once beside the values that say nothing of them', async () => {
  const runs = [summary(fakeRun({ id: 'a', emptyClasses })), summary(fakeRun({ id: 'b', emptyClasses }))]
  const client = fakeClient({ 'runs.list': () => runs })
  const { stderr } = await exitlab(['list'], { client })
  expect(stderr.split(sentence)).toHaveLength(2)
  expect(stderr).not.toContain('\u001b[2J')
  const [first] = JSON.parse((await exitlab(['list', '--json'], { client })).stdout) as object[]
  expect(first).toMatchObject({ emptyClasses })
})

test('of several experiments each is named', () => {
  const named = { test: { count: 1, of: 3, names: ['b'] } }
  expect(
    emptyClassesNotes([
      { experiment: 'x', emptyClasses: named },
      { experiment: 'y', emptyClasses: named },
      { experiment: 'z' },
    ]),
  ).toEqual([`Note: x: Class b ${sentence}`, `Note: y: Class b ${sentence}`])
  expect(emptyClassesNotes([{ experiment: 'x' }])).toEqual([])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import extension from './reading.ts'

const { 'exit-agreement': agreement } = extension.readings!

test('is printed with a row for each exit', async () => {
  const answer = [
    {
      experiment: 'mine',
      series: 'joint',
      shares: [
        [100, 80],
        [80, 100],
      ],
    },
  ]
  const { columns, blocks } = await agreement!.table(answer, agreement!.parse({ runs: ['mine'] }))
  assert.deepEqual(
    columns.map(({ title }) => title),
    ['exit 0', 'exit 1'],
  )
  assert.deepEqual(
    blocks.map(({ title, rows }) => [title, rows.length]),
    [['joint', 2]],
  )
})

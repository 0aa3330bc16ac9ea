import { expect, it } from 'vitest'
import { readings } from '../../../src/readings/index.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import { printedTable } from '../../support/printed-table.ts'
import { first } from '../../engine/evaluation/hand-made-runs.ts'

const sources = {
  run: () => ({ id: 'run-1', name: 'toy-joint-s1' }),
  outputs: async () => [first],
  classes: async () => ['cat', 'dog', 'bird'],
  ruleOf: () => 'confidence',
} as unknown as ReadingSources

async function tableOf(changes: object) {
  const reading = readings.get('samples')
  const question = reading.parse({ runs: ['run-1'], thresholds: 0.85, ...changes })
  return reading.table(await reading.compute(sources, question), question)
}

it('a sample is a row, with what each exit takes it for, in bold where it leaves', async () => {
  const table = await tableOf({ group: 'exit-0' })
  expect([table.name, table.caption]).toEqual([
    'toy-joint-s1-samples-exit-0',
    'Test samples of toy-joint-s1 that leave at exit 0, confidence rule, threshold 0.85: 1–2 of 2. The class that each exit predicts, and its confidence in %.',
  ])
  expect(printedTable(table)).toEqual([
    ['Sample', 'Class', 'exit 0', 'final'],
    ['0', 'cat', 'cat (90)', 'cat (100)'],
    ['3', 'bird', 'cat (90)', 'cat (40)'],
  ])
  const [row] = table.blocks[0]!.rows
  expect(row!.keys).toEqual(['toy-joint-s1', 0, 'cat', 'exit 0'])
  expect(row!.cells.map((cell) => [cell!.values, cell!.printed.bold])).toEqual([
    [['cat', 90], true],
    [['cat', 100], false],
  ])
})

it('its caption says which samples they are, and that there are none', async () => {
  expect((await tableOf({})).caption).toContain('that are right earlier and wrong where they leave, ')
  expect((await tableOf({ group: 'never', label: 1, thresholds: [0.5] })).caption).toContain(
    'Test samples of toy-joint-s1 of class dog that are wrong at every exit, confidence rule, threshold 0.5: none of 0.',
  )
})

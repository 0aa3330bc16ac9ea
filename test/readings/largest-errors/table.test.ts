import { expect, it } from 'vitest'
import { readings } from '../../../src/readings/index.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import { printedTable } from '../../support/printed-table.ts'
import { madeOutputs } from './made-outputs.ts'

/** Scores above the threshold at samples 0 and 2. */
const scored = { exitCount: 2, sampleCount: 4, scores: Float64Array.of(1, 0, 1, 0, 0, 0, 0, 0) }
const sources = {
  run: () => ({ name: 'toy-joint-s1' }),
  values: async () => ({ identity: { id: 'run-1', readOn: 'validation' }, outputs: madeOutputs }),
  scored: async () => [{ scored }],
  ruleOf: () => 'static',
} as unknown as ReadingSources

async function tableOf(changes: object) {
  const reading = readings.get('largest-errors')
  const question = reading.parse({ runs: ['run-1'], thresholds: 0.5, ...changes })
  return reading.table(await reading.compute(sources, question), question)
}

it('a sample is a row, the largest error first, in bold where it leaves', async () => {
  const table = await tableOf({ offset: 1, limit: 2 })
  expect([table.name, table.caption]).toEqual([
    'toy-joint-s1-largest-errors',
    'Validation samples of toy-joint-s1 with the largest errors where they leave, static rule, threshold 0.5: 2–3 of 4. True value, prediction of each exit, and error (prediction − true value).',
  ])
  expect(printedTable(table)).toEqual([
    ['Sample', 'True value', 'exit 0', 'final', 'Error'],
    ['1', '4.000', '1.000', '4.500', '0.500'],
    ['2', '3.000', '3.000', '1.000', '0.000'],
  ])
  const rows = table.blocks[0]!.rows
  expect(rows.map(({ keys }) => keys)).toEqual([
    ['toy-joint-s1', 1, 'final'],
    ['toy-joint-s1', 2, 'exit 0'],
  ])
  expect(rows.map(({ cells }) => cells.map((cell) => cell!.printed.bold))).toEqual([
    [false, false, true, false],
    [false, true, false, false],
  ])
})

it('its caption names the exit whose error it is', async () => {
  expect((await tableOf({ exit: 'final' })).caption).toContain('with the largest errors of the final exit, ')
  expect((await tableOf({ exit: 0 })).caption).toContain('with the largest errors of exit 0, ')
})

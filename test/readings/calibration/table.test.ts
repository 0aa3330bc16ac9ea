import { expect, test } from 'vitest'
import { isAtEndOfRange } from '../../../src/shared/evaluation/temperature-range.ts'
import type { SeriesCalibration } from '../../../src/readings/calibration/schema.ts'
import { table } from '../../../src/readings/calibration/table.ts'

const only = (mean: number) => ({ mean, std: null })

function exit(exit: number, atEndOfRange: number): SeriesCalibration['exits'][number] {
  const reliability = { confidence: only(90), error: only(20), bins: [] }
  return {
    exit,
    block: exit,
    accuracy: only(70),
    ...reliability,
    temperature: only(2),
    atEndOfRange,
    scaled: reliability,
  }
}

function calibration(exits: SeriesCalibration['exits']) {
  const series = {
    experiment: 'toy',
    regime: 'joint',
    series: 'joint',
    look: null,
    split: 'test' as const,
    runs: ['a'],
  }
  return table({ scaled: false, series: [{ ...series, exits }] })
}

test('a temperature at an end of its range is marked, and the caption says what that means', () => {
  const { blocks, legend } = calibration([exit(0, 0), exit(1, 1)])
  const marks = blocks[0]!.rows.map(({ cells }) => cells.map((cell) => cell?.printed.mark))
  expect(marks.map((row) => row.indexOf('*'))).toEqual([-1, 3])
  expect(legend).toEqual([
    '* The temperature of one or more seeds is an end of the range in which it is searched, 0.01 to 100: the least loss lies beyond it.',
  ])
  expect(calibration([exit(0, 0)]).legend).toEqual([])
})

test('both ends of the range are its ends', () => {
  expect([0.01, 0.0100001, 1, 99.9999, 100].map(isAtEndOfRange)).toEqual([true, false, false, false, true])
})

import { expect, test } from 'vitest'
import { nameAmong, seriesLinesOption } from '../../src/figures/series-lines.ts'

/** A figure of so many lines of two points, over three seeds. */
function drawn(count: number) {
  const lines = Array.from({ length: count }, (_, at) => ({
    ...{ regime: 'mixed', series: `mixed ${at}`, look: at, seeds: [1, 2, 3] },
    points: [0.5, 5].map((x) => ({ x, mean: 50 + at, std: 4 })),
  }))
  const data = { title: 'Cost', xTitle: 'Risk', xHigh: 5, note: '', lines }
  const option = seriesLinesOption(data, { width: 800, height: 500, theme: 'light' })
  return { series: option.series as object[], text: JSON.stringify(option) }
}

test('few lines have a band of one standard deviation, many are means alone, and the key says so', () => {
  const [few, many] = [drawn(7), drawn(8)]
  expect([few.series.length, many.series.length]).toEqual([2 * 7, 8])
  expect(few.text).toContain('mean ± 1 std over 3 seeds')
  expect(many.text).toContain('mean over 3 seeds')
  expect(many.text).not.toContain('std')
})

test('more lines than can be named have the looks of their regimes, whose names stand above the plot', () => {
  const namesOf = (count: number) => drawn(count).text.match(/"text":"mixed[^"]*"/g)
  expect([namesOf(16)!.length, namesOf(17)]).toEqual([16, ['"text":"mixed"']])
  const colours = (count: number) => new Set((drawn(count).series as { itemStyle: { color: string } }[]).map(({ itemStyle }) => itemStyle.color)) // prettier-ignore
  expect([colours(8).size, colours(17).size]).toEqual([8, 1])
})

test('long names of experiments are cut where what is left tells them apart', () => {
  const long = 'learning rates of the last twenty epochs of training'
  const names = (...experiments: string[]) => {
    const rows = experiments.map((experiment) => ({ series: 'mixed', experiment }))
    return rows.map((row) => nameAmong(row, rows))
  }
  expect(names(long, long)).toEqual(['mixed', 'mixed'])
  expect(names(long, 'other')).toEqual(['mixed, learning rates of the last twenty e…', 'mixed, other'])
  expect(names(`${long} (3f9a2b)`, `${long} (c01d77)`)).toEqual([`mixed, ${long} (3f9a2b)`, `mixed, ${long} (c01d77)`])
})

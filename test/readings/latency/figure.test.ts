import { expect, it } from 'vitest'
import { figure } from '../../../src/readings/latency/figure.ts'
import { ofTwoNetworks } from './made-answer.ts'

it('draws the time of each exit against its multiply-adds, a line for each network, and where they are in proportion', () => {
  const drawn = figure(ofTwoNetworks)
  if (!('option' in drawn)) throw new Error('It is drawn by ECharts.')
  const option = drawn.option({ width: 480, height: 320, theme: 'light' })
  const lines = option.series as { name: string; data: unknown }[]
  expect(lines.map(({ name, data }) => [name, data])).toEqual([
    ['', [[0, 0], [125, 125]]],
    ['joint and 1 more, toy', [[25, 75], [125, 150]]],
    ['mixed, wide', [[100, 100]]],
  ]) // prettier-ignore
  expect(option.yAxis).toMatchObject({ min: 0, max: 150 })
  expect(JSON.stringify(option)).not.toContain('seed')
  expect(drawn.sentence).toContain('joint and 1 more, toy 75.0 for 25.0, 150.0 for 125.0; mixed, wide 100.0 for 100.0')
})

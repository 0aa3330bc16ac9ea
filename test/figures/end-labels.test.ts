import { expect, it } from 'vitest'
import { endLabels } from '../../src/figures/end-labels.ts'
import type { Plot } from '../../src/figures/plot.ts'

const plot: Plot = { left: 0, right: 400, top: 0, bottom: 100, x: { low: 0, high: 4 }, y: { low: 0, high: 1 } }

/** Horizontal extent of what leads to the name of a line that ends at `x` of the axis. */
function leaderOf(x: number): number[] {
  const label = { text: 'joint', end: [x, 0.5] as const, colour: '#000', ink: '#000', dash: [] }
  const elements = endLabels([label], plot) as { shape?: { points?: [number, number][] } }[]
  const lines = elements.flatMap(({ shape }) => shape?.points ?? [])
  const places = lines.map(([place]) => place)
  return [Math.min(...places), Math.max(...places)]
}

it('a leader goes from the end of a line to its name', () => {
  expect(leaderOf(3.5)).toEqual([355, 437])
})

it('no leader goes across the plot from a line that ends early: a piece of it stands before its name', () => {
  expect(leaderOf(1)).toEqual([419, 437])
})

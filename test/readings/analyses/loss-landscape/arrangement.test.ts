import { describe, expect, it } from 'vitest'
import { arranged } from '../../../../src/readings/analyses/loss-landscape/figure/arrangement.ts'
import type {
  LandscapeArrangement,
  RunLandscape,
} from '../../../../src/readings/analyses/loss-landscape/figure/arrangement.ts'
import { landscapeNote } from '../../../../src/readings/analyses/loss-landscape/figure/note.ts'
import { lossLandscapeParameters } from '../../../../src/readings/analyses/loss-landscape/schema.ts'
import { panelOf, paraboloid } from './panels.ts'

const { coefficients, values } = panelOf(paraboloid)
const run = (regime: RunLandscape['regime'], seed: number, exitCount = 3): RunLandscape => ({
  regime,
  series: regime,
  look: null,
  seed,
  exitCount,
  coefficients,
  whole: true,
  draws: [Array.from({ length: exitCount }, () => values)],
})
const runs = [run('joint', 1), run('joint', 2), run('mixed', 1)]
const shown = (arrangement: LandscapeArrangement, of = runs) => {
  const { rows, columns, panels } = arranged(of, { arrangement, draw: 'mean', exit: 1, run: 2 }, '')
  const names = panels.map((row) =>
    row.map((cell) => cell && `${cell.panel.regime} ${cell.panel.seed} ${cell.panel.exitName}`),
  )
  return { rows: rows.map(({ title }) => title), columns, names }
}

describe('panels of landscapes', () => {
  it('stand by run and exit, with the seed where it tells runs apart', () => {
    const { rows, columns, names } = shown('regimes')
    expect(rows).toEqual(['joint · 1', 'joint · 2', 'mixed · 1'])
    expect(columns).toEqual(['exit 0', 'exit 1', 'final'])
    expect(names[1]).toEqual(['joint 2 exit 0', 'joint 2 exit 1', 'joint 2 final'])
    expect(shown('regimes', [run('joint', 1), run('mixed', 1)]).rows).toEqual(['joint', 'mixed'])
  })

  it('are all exits of one run, in a square', () => {
    const { rows, columns, names } = shown('exits')
    expect([rows, columns]).toEqual([
      ['', ''],
      ['', ''],
    ])
    expect(names).toEqual([
      ['mixed 1 exit 0', 'mixed 1 exit 1'],
      ['mixed 1 final', null],
    ])
  })

  it('are named after their series where two are of one regime', () => {
    const ofHead = (head: string, look: number | null) => ({ ...run('mixed', 1), series: `mixed · head ${head}`, look })
    const runs = [ofHead('pooled', null), ofHead('conv', 0)]
    expect(shown('regimes', runs).rows).toEqual(['mixed · head pooled', 'mixed · head conv'])
    const { columns, panels } = arranged(runs, { arrangement: 'seeds', draw: 'mean', exit: 0, run: 0 }, '')
    expect(columns).toEqual(['mixed · head pooled', 'mixed · head conv'])
    expect(panels[0]!.map((cell) => cell!.panel.series)).toEqual(columns)
  })

  it('are one exit by seed and regime', () => {
    const { rows, columns, names } = shown('seeds')
    expect([rows, columns]).toEqual([
      ['seed 1', 'seed 2'],
      ['joint', 'mixed'],
    ])
    expect(names).toEqual([
      ['joint 1 exit 1', 'mixed 1 exit 1'],
      ['joint 2 exit 1', null],
    ])
  })

  it('are empty without runs', () => {
    for (const arrangement of ['regimes', 'exits', 'seeds'] as const) {
      expect(shown(arrangement, []).names).toEqual([])
    }
  })
})

describe('the note of a landscape', () => {
  it('states on what data the landscape was computed', () => {
    const defaults = lossLandscapeParameters.parse({})
    expect(landscapeNote(defaults, { images: 1000, draw: 'mean' })).toBe(
      '1,000 training samples · filter-normalised directions of seed 0',
    )
    const other = lossLandscapeParameters.parse({
      split: 'test',
      parts: 'heads',
      oneDimensional: 'element-wise',
      draws: 3,
    })
    expect(landscapeNote(other, { images: 200, draw: 1 })).toBe(
      '200 test samples · filter-normalised directions of seed 0, heads alone, biases and norms too, draw 2 of 3',
    )
  })
})

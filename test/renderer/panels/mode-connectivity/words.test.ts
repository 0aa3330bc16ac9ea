import { describe, expect, it } from 'vitest'
import { computedFacts } from '../../../../src/renderer/panels/mode-connectivity/computed-facts.ts'
import { curveText, mapText } from '../../../../src/renderer/panels/mode-connectivity/figure-tooltip.ts'
import { connectivityTable } from '../../../../src/readings/analyses/mode-connectivity/table.ts'
import { printedTable } from '../../../support/printed-table.ts'
import type { ModeConnectivityParameters } from '../../../../src/readings/analyses/mode-connectivity/schema.ts'
import { runPairs } from '../../../../src/readings/analyses/mode-connectivity/pairs.ts'
import { measured, run } from '../../../support/measured-paths.ts'
import { analysisSummary } from '../../support/analysis-summary.ts'

const path = measured([run('disjoint'), run('joint')], { naive: 1.6, matched: 0.8 })
const [pair] = runPairs([path])
const reading = { path: 'matched', metric: 'loss', split: 'test' } as const
const parameters: ModeConnectivityParameters = {
  points: 25,
  matched: true,
  sweeps: 100,
  batchNorm: 're-estimated',
  statisticsImages: 2000,
  images: 1000,
  seed: 0,
  precision: 'float32',
}

describe('words about paths', () => {
  it('give the value under the pointer', () => {
    expect(mapText({ pair: pair!, reading, clip: 2 }, 2, 0)).toBe('exit 0, λ = 0.500\n1.300 nats')
    expect(curveText({ pair: pair!, exit: null, ...reading }, 0.5)).toBe('λ = 0.500\nnaive  2.900\nmatched  1.700')
  })

  it('are a table of places and exits', () => {
    const [titles, ...rows] = printedTable(connectivityTable([], [pair!], reading))
    expect(titles).toEqual(['λ', 'Exit 0', 'Final', 'Mean'])
    expect(rows[2]).toEqual(['0.500', '1.300', '2.100', '1.700'])
  })

  it('say how paths were computed and that matching was checked', () => {
    const analysis = analysisSummary({ id: 'a', status: 'done', seconds: 90 })
    const facts = computedFacts([{ analysis, result: path.result }], parameters)
    expect(Object.fromEntries(facts.map(({ name, text }) => [name, text]))).toMatchObject({
      Matching: 'of weights, 9 sweeps',
      'Distance A − ΠB': '61.8, was 84.3',
      Verified: 'f(B) = f(ΠB) on 1,000 samples, max |Δ| 3 × 10⁻⁶',
      Precision: 'float32',
      Time: '1 min 30 s, 1 path',
    })
  })

  it('state where there was nothing to permute, and where nothing was matched', () => {
    const textOf = (result: typeof path.result, name: string) =>
      computedFacts([{ analysis: null, result }], parameters).find((fact) => fact.name === name)?.text
    const matching = { ...path.result.matching!, distanceAfter: 84.3 }
    expect(textOf({ ...path.result, matching }, 'Distance A − ΠB')).toBe('84.3, nothing to permute')
    expect(textOf({ ...path.result, matching: null, matched: null }, 'Matching')).toBe('none')
  })
})

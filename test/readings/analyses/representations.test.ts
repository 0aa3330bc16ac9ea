import { describe, expect, it } from 'vitest'
import { numericalRankParameters } from '../../../src/readings/analyses/numerical-rank/schema.ts'
import { mutualInformationParameters } from '../../../src/readings/analyses/mutual-information/schema.ts'
import { informationReading, informationSubject } from '../../../src/readings/analyses/mutual-information/figure.ts'
import { informationLines } from '../../../src/readings/analyses/mutual-information/figure/information-lines.ts'
import { rankReading } from '../../../src/readings/analyses/numerical-rank/rank-reading.ts'
import { rankLines } from '../../../src/readings/analyses/numerical-rank/figure/rank-lines.ts'
import { rankTolerance } from '../../../src/readings/analyses/numerical-rank/rank-tolerance.ts'
import { seriesResults, sharedBlocks } from '../../../src/readings/analyses/series-results.ts'
import { spectrumLines } from '../../../src/readings/analyses/numerical-rank/figure/spectrum-lines.ts'
import { informationResult, ofRun, rankResult } from './results.ts'

const network = { blockCount: 2, exits: [0, 1], note: 'made up' }
const parameters = numericalRankParameters.parse({})

describe('the results of several runs', () => {
  it('come by regime in their usual order, seeds ascending', () => {
    const regimes = seriesResults([ofRun('mixed', 2, 'b'), ofRun('joint', 1, 'c'), ofRun('mixed', 1, 'a')])
    expect(regimes).toEqual([
      { regime: 'joint', series: 'joint', look: null, seeds: [1], results: ['c'], whole: true },
      { regime: 'mixed', series: 'mixed', look: null, seeds: [1, 2], results: ['a', 'b'], whole: true },
    ])
  })

  it('leave out those that are not complete where a regime has one that is', () => {
    const regimes = seriesResults([
      ofRun('joint', 1, 'half', false),
      ofRun('joint', 2, 'whole'),
      ofRun('mixed', 1, 'begun', false),
    ])
    expect(regimes.map(({ results, whole }) => [results, whole])).toEqual([
      [['whole'], true],
      [['begun'], false],
    ])
  })

  it('have the blocks that all of them have', () => {
    const blocks = sharedBlocks([rankResult([3, 4]), rankResult([5])])
    expect(blocks.map(({ block, values }) => [block, values.map(({ rank }) => rank)])).toEqual([[0, [3, 5]]])
  })
})

describe('lines of numerical rank', () => {
  const regimes = seriesResults([ofRun('joint', 1, rankResult([16, 8])), ofRun('joint', 2, rankResult([32, 8]))])

  it('are mean and unbiased standard deviation over seeds, under the full rank of each block', () => {
    const { lines, limit, fromZero } = rankLines(regimes, { measure: 'count', ...network })
    expect(lines).toEqual([
      {
        regime: 'joint',
        series: 'joint',
        look: null,
        seeds: [1, 2],
        points: [
          { block: 0, mean: 24, std: expect.closeTo(8 * Math.SQRT2) },
          { block: 1, mean: 8, std: 0 },
        ],
      },
    ])
    expect(limit).toEqual({
      name: 'full rank',
      points: [
        { block: 0, value: 64 },
        { block: 1, value: 32 },
      ],
    })
    expect(fromZero).toBe(true)
  })

  it('are in per cent of what each block could have where shares are asked for', () => {
    const { lines, limit, title } = rankLines(regimes, { measure: 'share', ...network })
    expect(lines[0]!.points.map(({ mean }) => mean)).toEqual([37.5, 25])
    expect([limit, title]).toEqual([null, 'Numerical rank (% of full rank)'])
  })
})

describe('lines of mutual information', () => {
  const regimes = seriesResults([
    ofRun('disjoint', 1, informationResult([6, 5], [1, 2])),
    ofRun('joint', 1, informationResult([7, 4], [])),
  ])

  it('have the logarithm of the number of references as their ceiling', () => {
    const { lines, limit } = informationLines(regimes, { target: 'input', ...network })
    expect(lines.map(({ regime, points }) => [regime, points.map(({ mean, std }) => [mean, std])])).toEqual([
      [
        'disjoint',
        [
          [6, null],
          [5, null],
        ],
      ],
      [
        'joint',
        [
          [7, null],
          [4, null],
        ],
      ],
    ])
    expect(limit!.name).toBe('ceiling ln 2000 =')
    expect(limit!.points.map(({ value }) => value)).toEqual([Math.log(2000), Math.log(2000)])
  })

  it('leave out regimes whose information about the class was not asked for', () => {
    const { lines, limit } = informationLines(regimes, { target: 'label', ...network })
    expect(lines.map(({ regime }) => regime)).toEqual(['disjoint'])
    expect(limit).toMatchObject({ name: 'entropy of the classes', points: [{ value: Math.log(10) }, {}] })
  })
})

describe('lines of a spectrum', () => {
  const spectrum = (...values: number[]) => values.map((value, place) => ({ index: place + 1, value }))

  it('average logarithms over the places that all seeds have with a value above 0', () => {
    const regimes = seriesResults([
      ofRun('mixed', 1, rankResult([2], spectrum(1, 1e-2, 0, 0))),
      ofRun('mixed', 2, rankResult([4], spectrum(1, 1e-4, 1e-5))),
    ])
    expect(spectrumLines(regimes, { block: 0, parameters, note: '' })).toEqual({
      block: 0,
      values: 'eigenvalue',
      tolerance: 1e-3,
      note: '',
      lines: [
        {
          regime: 'mixed',
          series: 'mixed',
          look: null,
          seeds: [1, 2],
          points: [
            { index: 1, mean: 0, std: 0 },
            { index: 2, mean: -3, std: expect.closeTo(Math.SQRT2) },
          ],
          rank: { mean: 3, std: expect.closeTo(Math.SQRT2) },
        },
      ],
    })
  })

  it('are absent for a block that no run has', () => {
    const regimes = seriesResults([ofRun('mixed', 1, rankResult([2]))])
    expect(spectrumLines(regimes, { block: 1, parameters, note: '' })).toBeNull()
  })
})

describe('the tolerance of a rank', () => {
  it('is the threshold of the eigenvalues, or max(n, m) · ε of the singular values', () => {
    expect(rankTolerance({ ...parameters, definition: 'covariance', threshold: 0.01 }, 200, 64)).toBe(0.01)
    expect(rankTolerance({ ...parameters, definition: 'tolerance' }, 200, 64)).toBe(200 * 2 ** -23)
  })
})

describe('the reading of an analysis', () => {
  const maps = { reads: 'map', token: 'class token' } as const
  const tokens = { reads: 'tokens', token: 'class token' } as const

  it('says how ranks were counted', () => {
    expect(rankReading(maps, parameters, 2000)).toEqual([
      'eigenvalues of the centred covariance above 10⁻³ of the largest',
      '2,000 test samples',
      'flattened maps, at most 1,024 features',
    ])
    const tolerance = { ...parameters, definition: 'tolerance' as const, tokens: 'all' as const }
    expect(rankReading(tokens, tolerance, 100).join()).toMatch(/^singular values above max\(n, m\).*all tokens/)
  })

  it('says how information was estimated', () => {
    expect(informationReading(maps, mutualInformationParameters.parse({}))).toEqual([
      'noise σ = 2 in standardised units',
      '2,000 noisy samples against 2,000 training samples',
      'feature maps pooled to at most 4 × 4',
    ])
    expect(informationReading(tokens, mutualInformationParameters.parse({})).at(-1)).toBe('class token')
  })

  it('says of figures how many samples there were, not how many were asked for', () => {
    const result = { ...informationResult([1], []), inputCeiling: Math.log(60) }
    const runs = [{ ...ofRun('joint', 1, result), network: {}, outline: { ...network, ...maps } }]
    const found = { parameters: mutualInformationParameters.parse({}), subjects: ['toy'], answers: [{ runs, result }] }
    const { reading } = informationSubject(found as unknown as Parameters<typeof informationSubject>[0])
    expect(reading[1]).toBe('2,000 noisy samples against 60 training samples')
  })
})

import { describe, expect, it } from 'vitest'
import type { FoundRun } from '../../../src/readings/analyses/analysis.ts'
import { analyses } from '../../../src/readings/analyses/index.ts'
import { wideCsv } from '../../../src/main/host/exports/writers/csv.ts'
import { figureFile } from '../../../src/main/host/exports/writers/figure-file.ts'
import { outlineOf } from '../../../src/engine/networks/families.ts'
import { regimeStyles, seriesStyle } from '../../../src/figures/regimes.ts'
import { figureLayout } from '../../../src/figures/figure-layout.ts'
import { smallResnet } from '../../support/networks.ts'
import { informationResult, rankResult } from './results.ts'

/** A run of `mixed` in an experiment that sweeps the head. */
function ofHead(head: string, seed: number, series = `mixed · head ${head}`): FoundRun {
  const network = { ...smallResnet(), head }
  return {
    id: `${head}-${seed}`,
    name: `toy-mixed-head-${head}-s${seed}`,
    regime: 'mixed',
    series,
    seed,
    experiment: 'toy',
    network,
    outline: outlineOf(network),
    phase: 'all exits',
    keptEpoch: 1,
  }
}

/** One seed with each of two heads, a result of its own each. */
function found<Result>(
  kind: string,
  results: readonly [Result, Result],
  runs = [ofHead('pooled', 1), ofHead('conv', 1)],
) {
  const answers = results.map((result, index) => ({ runs: [runs[index]!], result, whole: true }))
  return { parameters: analyses.get(kind).parameters.parse({}), answers, subjects: ['toy'] }
}

const tableOf = async (kind: string, results: readonly [unknown, unknown]) =>
  wideCsv(await analyses.get(kind).table(found(kind, results), { options: {} }, 'data'))
    .trimEnd()
    .split('\n')

const dominance = (final: number) => ({
  exits: [null, final],
  spread: [null, null],
  blocks: [[null], [1]],
  batches: 8,
  images: 8,
  caveats: [],
})

describe('two series of one regime and seed', () => {
  it('are two columns of a table of ranks, and of one of mutual information', async () => {
    const columns = 'mixed · head pooled,mixed · head pooled std,mixed · head conv,mixed · head conv std'
    const ranks = await tableOf('numerical-rank', [rankResult([16]), rankResult([8])])
    expect(ranks[0]).toBe(`quantity,block,exit,${columns}`)
    expect(ranks[1]).toMatch(/,16,,8,$/)
    const information = await tableOf('mutual-information', [informationResult([6], []), informationResult([5], [])])
    expect(information[0]).toBe(`quantity,block,exit,${columns}`)
    expect(information[1]).toMatch(/,6,,5,$/)
  })

  it('are two lines of a figure, each with a look and a name of its own', async () => {
    const figure = await analyses
      .get('numerical-rank')
      .figure(found('numerical-rank', [rankResult([16, 9]), rankResult([8, 4])]), { options: {} })
    const svg = await (await figureFile(figure, figureLayout.parse({}), 'svg')).bytes.text()
    for (const words of ['mixed · head pooled', 'mixed · head conv']) expect(svg).toContain(words)
    for (const colour of ['#00875f', '#7b4fb5']) expect(svg.toLowerCase()).toContain(colour)
  })

  it('are two rows of a table of gradient dominance, named in a column', async () => {
    const rows = await tableOf('gradient-dominance', [dominance(0.5), dominance(-0.25)])
    expect(rows[0]).toMatch(/^run,regime,series,seed,batches,/)
    expect(rows[1]).toMatch(/^toy-mixed-head-pooled-s1,mixed,mixed · head pooled,1,8,/)
    expect(rows[2]).toMatch(/^toy-mixed-head-conv-s1,mixed,mixed · head conv,1,8,/)
  })
})

it('refuses networks that no series names', async () => {
  const results = [rankResult([16]), rankResult([8])] as const
  const refused = (runs: FoundRun[]) =>
    analyses.get('numerical-rank').table(found('numerical-rank', results, runs), { options: {} }, 'data')
  const alike = [ofHead('pooled', 1, 'mixed · epochs 2'), ofHead('conv', 2, 'mixed · epochs 2')]
  await expect(refused(alike)).rejects.toThrow('different networks')
  await expect(refused([ofHead('pooled', 1, 'mixed'), ofHead('conv', 2, 'mixed')])).rejects.toThrow(
    'different networks',
  )
})

it('landscapes of two experiments are told apart by their names, each in a look of its own', async () => {
  const surface = [0, 1, 2].map(() => [1, 2, 3])
  const result = { coefficients: [-1, 0, 1], surfaces: [[surface, surface]], images: 100, caveats: [] }
  const runs = ['toy', 'other'].map((experiment) => ({ ...ofHead('pooled', 1, 'mixed'), id: experiment, experiment }))
  const drawn = async (name: string, options: object) => {
    const figure = await analyses
      .get('loss-landscape')
      .figure(found('loss-landscape', [result, result], runs), { name, options: { ...options } })
    return Buffer.from(await (await figureFile(figure, figureLayout.parse({}), 'svg')).bytes.arrayBuffer()).toString()
  }
  const seeds = await drawn('landscape-contour', { arrangement: 'seeds' })
  expect(seeds.match(/<clipPath/g)).toHaveLength(2)
  expect(seeds).toContain('>mixed, toy<')
  expect(seeds).toContain('>mixed, other<')
  const slice = await drawn('landscape-slice', {})
  const [own, further] = [regimeStyles.mixed.line.light, seriesStyle({ regime: 'mixed', look: 0 }).line.light]
  expect([slice.includes(own), slice.includes(further)]).toEqual([true, true])
})

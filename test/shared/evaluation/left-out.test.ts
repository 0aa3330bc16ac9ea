import { describe, expect, it } from 'vitest'
import { leftOutOf, leftOutSentences } from '../../../src/shared/evaluation/left-out.ts'
import type { RunStatus } from '../../../src/shared/runs/runs.ts'

const run = (series: string, seed: number, status: RunStatus, experiment = 'sweep') => {
  const [regime] = series.split(' ')
  return { id: `${series}-${seed}`, experiment, regime: regime!, series, seed, status }
}

const diverged = ['joint', 'mixed'].flatMap((regime) =>
  [1, 2].flatMap((seed) => [
    run(`${regime} · rate 0.001`, seed, 'done'),
    run(`${regime} · rate 1e+30`, seed, 'failed'),
  ]),
)

describe('what is left out of a comparison', () => {
  it('is nothing where every run has a result', () => {
    expect(leftOutOf([run('joint', 1, 'done')])).toEqual({})
    expect(leftOutSentences({})).toEqual([])
  })

  it('is each run without a result, and the series that have none at all', () => {
    const found = leftOutOf(diverged)
    expect(found.leftOut).toMatchObject({
      of: 8,
      runs: diverged.filter(({ status }) => status === 'failed'),
      series: [{ series: 'joint · rate 1e+30' }, { series: 'mixed · rate 1e+30' }],
    })
    expect(leftOutSentences(found)).toEqual([
      '4 of 8 runs are left out: 4 failed (joint · rate 1e+30: seeds 1, 2; mixed · rate 1e+30: seeds 1, 2).',
    ])
  })

  it('is a seed of a series that has a result of others', () => {
    const found = leftOutOf([run('joint', 1, 'done'), run('joint', 2, 'failed')])
    expect(found.leftOut!.series).toEqual([])
    expect(leftOutSentences(found)).toEqual(['1 of 2 runs is left out: 1 failed (joint: seed 2).'])
  })

  it('is said by what became of the runs, what failed first, with experiments where there are several', () => {
    const runs = [run('joint', 2, 'queued'), run('joint', 1, 'running', 'other'), run('joint', 3, 'failed')]
    expect(leftOutSentences(leftOutOf(runs))).toEqual([
      '3 of 3 runs are left out: 1 failed (joint of sweep: seed 3), 1 running (joint of other: seed 1), 1 queued (joint of sweep: seed 2).',
    ])
  })

  it('names some of many series and seeds', () => {
    const many = [1, 2, 3, 4, 5, 6].flatMap((rate) =>
      Array.from({ length: 12 }, (_, seed) => run(`joint · rate ${rate}`, seed, 'failed')),
    )
    const [sentence] = leftOutSentences(leftOutOf(many))
    expect(sentence).toContain('joint · rate 4: seeds 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more and 2 more)')
  })

  it('is no series whose results are among those that are not shown', () => {
    const { leftOut } = leftOutOf([run('joint', 2, 'failed')], [run('joint', 1, 'done')])
    expect([leftOut!.of, leftOut!.series]).toEqual([1, []])
  })
})

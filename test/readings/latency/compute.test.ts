import { expect, it } from 'vitest'
import type { EvaluationSummary } from '../../../src/engine/evaluation/evaluation-summary.ts'
import { compute } from '../../../src/readings/latency/compute.ts'
import { latencyQuestion } from '../../../src/readings/latency/schema.ts'
import type { ReadingSources } from '../../../src/readings/sources.ts'
import { ofOneNetwork } from './made-answer.ts'

const run = (regime: string, seed: number) => ({
  ...{ id: `${regime}-${seed}`, experiment: 'toy', regime, series: regime, look: null, seed },
  ...{ exitCosts: [1e6, 5e6], backboneCost: 4e6 },
})
const spread = (median: number) => ({ median, p95: 2 * median })
const batches = [
  { batchSize: 1, rounds: 30, backbone: spread(4), exits: [spread(3), spread(6)] },
  { batchSize: 8, rounds: 30, backbone: spread(36), exits: [spread(9), spread(45)] },
]

it('each series has the times of its network beside multiply-adds, both as shares of the backbone’s', async () => {
  const runs = [run('mixed', 2), run('joint', 1), run('mixed', 1)]
  const measured: string[] = []
  const sources = {
    runs: () => Promise.resolve(runs as unknown as EvaluationSummary[]),
    latencies(ids: readonly string[]) {
      measured.push(...ids)
      return { machine: 'A processor, 2 threads', of: new Map(ids.map((id) => [id, batches])) }
    },
  } as Partial<ReadingSources> as ReadingSources
  expect(await compute(sources, latencyQuestion.parse({}))).toEqual(ofOneNetwork)
  expect(measured).toEqual(['mixed-2', 'joint-1', 'mixed-1'])
})

it('is of measured times whatever costs a comparison is read against', () => {
  expect(latencyQuestion.parse({ cost: 'macs' }).cost).toBe('latency')
})

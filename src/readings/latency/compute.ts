import type { z } from 'zod'
import type { EvaluationSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import type { BatchLatency, Latency } from '../../shared/evaluation/latency.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import type { ReadingSources } from '../sources.ts'
import type { LatencyAnswer, latencyQuestion, MeasuredCosts, SeriesLatency } from './schema.ts'

/** @throws ExitlabError `conflict`, with the command that measures, where a network was not measured on the machine of the others. */
export async function compute(
  sources: ReadingSources,
  { runs, among }: z.output<typeof latencyQuestion>,
): Promise<LatencyAnswer> {
  const all = await sources.runs({ runs, among, split: 'both', cost: 'macs' })
  const { machine, of } = sources.latencies(all.map(({ id }) => id))
  return { machine, series: groupRuns(all).map((group) => seriesLatency(group, of.get(group.runs[0]!.id)!)) }
}

/** Of the network, which all seeds of a series have. */
function seriesLatency(group: SeriesGroup<EvaluationSummary>, batches: Latency['batches']): SeriesLatency {
  const { exitCosts, backboneCost } = group.runs[0]!
  const costsOf = (macs: number, timeOf: (batch: BatchLatency) => BatchLatency['backbone']): MeasuredCosts => ({
    macs,
    macsShare: macs / backboneCost,
    times: batches.map((batch) => ({
      batchSize: batch.batchSize,
      ...timeOf(batch),
      share: timeOf(batch).median / batch.backbone.median,
    })),
  })
  return {
    ...identityOf(group),
    exits: exitCosts.map((macs, exit) => costsOf(macs, ({ exits }) => exits[exit]!)),
    backbone: costsOf(backboneCost, ({ backbone }) => backbone),
  }
}

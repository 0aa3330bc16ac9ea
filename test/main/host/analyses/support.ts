import type { AnalysisStatus, AnalysisSummary } from '../../../../src/shared/evaluation/analysis.ts'
import type { AnalysisQuestion } from '../../../../src/contract/analyses.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { HostOptions } from '../../../../src/main/host/open/index.ts'
import type { FakeScript } from '../../../support/fake-trainer/script.ts'
import { bench, experiment, until } from '../support.ts'

export const rank: AnalysisQuestion = { kind: 'numerical-rank', runs: ['toy'] }
export const connectivity: AnalysisQuestion = { kind: 'mode-connectivity', runs: ['toy'] }

/** Three runs that differ in their seeds, of one short phase. */
export function short(changes: Parameters<typeof experiment>[0] = {}) {
  const training = { ...experiment().file.training, epochs: 1 }
  return experiment({ regimes: ['joint'], seeds: [1, 2, 3], training, ...changes })
}

/** A bench with a host where those are trained; the script holds from then on. */
export async function trainedBench(script: Partial<FakeScript> = {}, options: Partial<HostOptions> = {}) {
  const made = bench({ stepsPerEpoch: 1 })
  const opened = { ...made, script: (changes: Partial<FakeScript>) => made.script({ stepsPerEpoch: 1, ...changes }) }
  const host = await opened.open(options)
  const { runs } = await host.client.experiments.create(short())
  await host.idle()
  opened.script(script)
  return { ...opened, host, client: host.client, runs }
}

export async function one(client: HostClient, id: string): Promise<AnalysisSummary> {
  return (await client.analyses.show({ analysis: id })).analysis
}

export function untilAnalysis(client: HostClient, id: string, status: AnalysisStatus): Promise<AnalysisSummary> {
  return until(async () => {
    const found = await one(client, id)
    if (found.status === 'failed' && status !== 'failed') throw new Error(`${id} failed: ${found.error}`)
    return found.status === status && found
  })
}

/** Waits until so many parts of an analysis are kept. */
export function untilParts(client: HostClient, id: string, parts: number): Promise<AnalysisSummary> {
  return until(async () => {
    const found = await one(client, id)
    return found.done >= parts && found
  })
}

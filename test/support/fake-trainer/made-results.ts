import type { AnalysisTypes } from '../../../src/shared/evaluation/analysis.ts'
import { outlineOf } from '../../../src/engine/networks/families.ts'
import type { AnalyseJob } from '../../../src/contract/experiment/trainer-jobs.ts'

interface Made<Parameters> {
  parameters: Parameters
  exits: number[]
  blocks: number[]
  /** 0…1, follows from the parts. */
  level: number
  /** Of the work that is done. */
  share: number
}

export type Maker<Kind extends AnalysisTypes> = (made: Made<Kind['parameters']>) => Kind['result']

export const madeCaveats = ['These numbers are made up.']

/** Makes results of the job's analysis up, or the part of one that is there after a share of the work: its folder of tests says how. */
export async function resultMaker(job: AnalyseJob) {
  const { madeResult } = (await import(`../../readings/analyses/${job.analysis}/made-result.ts`)) as {
    madeResult: Maker<AnalysisTypes>
  }
  const { network } = job.runs[0]!
  return ({ draws, share }: { draws: readonly number[]; share: number }): unknown =>
    madeResult({
      parameters: job.parameters,
      exits: [...network.exits, -1].map((_, exit) => exit),
      blocks: Array.from({ length: outlineOf(network).blockCount }, (_, block) => block),
      level: draws.reduce((sum, draw) => sum + draw, 0) / draws.length,
      share,
    })
}

export function partOf<T>(all: readonly T[], share: number): T[] {
  return all.slice(0, Math.max(1, Math.floor(share * all.length)))
}

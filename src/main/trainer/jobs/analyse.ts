import { ExitlabError } from '../../../shared/error.ts'
import type { Analysis } from '../../engine/index.ts'
import { analyses } from '../../engine/index.ts'
import { analysedImages } from '../analyses/images.ts'
import { keptAnalysis } from '../analyses/kept-analysis.ts'
import { readModels } from '../analyses/models.ts'
import { versionsOf } from '../versions.ts'
import type { Job, JobOf } from './job.ts'

/** Looks into trained runs. */
export const analyse: Job<'analyse'> = (job, { channel, shouldPause, tensorFlow, dataset }) =>
  keptAnalysis(job, {
    channel,
    shouldPause,
    versions: () => versionsOf(tensorFlow()),
    run: async (progress) =>
      analysisOf(job).run({
        parameters: job.parameters,
        models: await readModels(job.runs),
        images: analysedImages(job, await dataset(job)),
        ...progress,
      }),
  })

function analysisOf({ analysis }: JobOf<'analyse'>): Analysis<unknown, unknown> {
  const found = analyses[analysis]
  if (found) return found as Analysis<unknown, unknown>
  throw new ExitlabError('internal', `There is no analysis ${analysis} in this version.`)
}

import { analyses } from '../../../analyses/index.ts'
import { analysedImages } from '../analyses/images.ts'
import { keptAnalysis } from '../analyses/kept-analysis.ts'
import { readModels } from '../analyses/models.ts'
import { versionsOf } from '../versions.ts'
import type { Job } from './job.ts'

/** Looks into trained runs. */
export const analyse: Job<'analyse'> = (job, { channel, shouldPause, tensorFlow, datasets }) =>
  keptAnalysis(job, {
    channel,
    shouldPause,
    versions: () => versionsOf(tensorFlow()),
    run: async (progress) =>
      analyses.get(job.analysis).compute({
        parameters: job.parameters,
        models: await readModels(job.runs),
        images: analysedImages(job, await datasets.load(job)),
        ...progress,
      }),
  })

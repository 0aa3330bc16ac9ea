import { analyses } from '../../../readings/analyses/index.ts'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { AnalysedModelSource, AnalyseJob } from '../../../contract/experiment/trainer-jobs.ts'
import { type AnalysedModel, createNetwork, type AnalysedImages, someSamples } from '../../../engine/index.ts'
import { keptAnalysis } from '../analyses/kept-analysis.ts'
import { versionsOf } from '../versions.ts'
import { readWeights } from '../checkpoints/codec.ts'
import { trainingBatches, uniformBatches } from '../batches.ts'
import type { LoadedDataset } from '../data/open-dataset.ts'
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

/** The trained runs of an analysis. @throws ExitlabError `conflict` where their networks do not have one shape. */
async function readModels(runs: readonly AnalysedModelSource[]): Promise<AnalysedModel[]> {
  const models: AnalysedModel[] = []
  for (const { network, phase, phaseId, epochs, checkpoint } of runs) {
    const weights = await readWeights({ ...checkpoint, phaseId })
    models.push({ network: createNetwork(network), weights, phase, epochs })
  }
  const [first, ...others] = models.map(shapeOf)
  if (others.every((shape) => shape === first)) return models
  throw new ExitlabError(
    'conflict',
    'The runs of an analysis must have networks of the same shape, with the same exits; these differ. Choose runs of one experiment.',
  )
}

function shapeOf({ network }: AnalysedModel): string {
  return canonicalJson(network.parameters.map(({ name, shape }) => [name, [...shape]]))
}

/** The images of an analysis's runs. `train` is what they were trained on, without the images held back for validation. */
function analysedImages({ runs, data }: AnalyseJob, dataset: LoadedDataset): AnalysedImages {
  const run = runs[0]!
  return {
    some: (split, options) => uniformBatches(someSamples(dataset[split], options), run.network),
    training: trainingBatches(dataset.train, { ...run, data }),
  }
}

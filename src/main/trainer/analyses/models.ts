import { canonicalJson } from '../../../shared/canonical-json.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { AnalysedModelSource } from '../../../experiment/trainer-jobs.ts'
import type { AnalysedModel } from '../../engine/index.ts'
import { createNetwork } from '../../engine/index.ts'
import { readWeights } from '../checkpoints/codec.ts'

/** The trained runs of an analysis. @throws ExitlabError `conflict` where their networks do not have one shape. */
export async function readModels(runs: readonly AnalysedModelSource[]): Promise<AnalysedModel[]> {
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

import type { GradientDominanceParameters, GradientDominanceResult } from './schema.ts'
import { objectiveWords } from '../../../shared/methods/objective-words.ts'
import { standardDeviation } from '../../../shared/statistics/statistics.ts'
import { stream } from '../../../engine/random.ts'
import { phasesOf } from '../../../engine/regimes/index.ts'
import { createState } from '../../../engine/tf.ts'
import { withDisposables } from '../../../engine/training/with-disposables.ts'
import { addDominance, dominanceOf, meanDominance } from '../../../engine/training/dominance.ts'
import { backboneWithoutClassifier, dominanceScope, spacedBatches } from '../../../engine/training/dominance-probe.ts'
import type { DominanceScope } from '../../../engine/training/dominance-probe.ts'
import { createGradientProducts } from '../../../engine/training/gradient-products.ts'
import type { GradientProducts, ProductsRequest } from '../../../engine/training/gradient-products.ts'
import { modelValues } from '../../../engine/training/phase-state.ts'
import type { AnalysedModel, AnalysisRequest, Compute } from '../../../engine/analyses/analysis.ts'
import { checkFinite } from '../../../engine/analyses/check-finite.ts'

type Request = AnalysisRequest<GradientDominanceParameters, GradientDominanceResult>

/** Which exits steer the backbone at the weights of a checkpoint: the same quantity that a measurement during training gives there. */
export const compute: Compute<GradientDominanceParameters, GradientDominanceResult> = async (request) => {
  const { network, weights } = request.models[0]!
  const arrays = modelValues(network, weights)
  checkFinite([arrays])
  const scope = scopeOf(request)
  const products = createGradientProducts({ network, ...scope })
  const state = createState(arrays)
  return withDisposables([products, state], () => measure(request, { ...scope, products, state }))
}

interface Means extends AnalysedScope, Pick<ProductsRequest, 'state'> {
  products: GradientProducts
}

/** One part a batch. */
async function measure(request: Request, { products, state, ...scope }: Means): Promise<GradientDominanceResult> {
  const { parameters, models, images, plan, part, preview } = request
  const { batchesPerEpoch } = images.training
  const epoch = parameters.epoch === null ? models[0]!.epochs : parameters.epoch - 1
  const batches = spacedBatches(Math.min(parameters.batches, batchesPerEpoch), batchesPerEpoch)
  plan(batches.length)
  const measured: Float64Array[] = []
  for (const index of batches) {
    const values = await part(`batch/${index}`, async () => {
      const batch = await images.training.batch(epoch, index)
      return products.of({ state, batch, dropoutSeed: dropoutSeedOf(epoch, index) })
    })
    measured.push(values)
    preview(() => resultOf(measured, request, scope))
  }
  return resultOf(measured, request, scope)
}

function dropoutSeedOf(epoch: number, batch: number): [number, number] {
  const source = stream(0, 'gradient-dominance', epoch, batch)
  return [source.integer(2 ** 30), source.integer(2 ** 30)]
}

function resultOf(
  measured: readonly Float64Array[],
  { models }: Request,
  { caveats, ...scope }: AnalysedScope,
): GradientDominanceResult {
  const { network } = models[0]!
  const batches = measured.map((products) => dominanceOf(products, { network, ...scope }))
  const sums = batches.slice(1).reduce(addDominance, addDominance(undefined, batches[0]!))
  const spread = network.exits.map((_, exit) =>
    standardDeviation(batches.map(({ exits }) => exits[exit]!).filter((value) => value !== null)),
  )
  return { ...meanDominance(sums), spread, batches: batches.length, caveats }
}

interface AnalysedScope extends DominanceScope {
  caveats: string[]
}

/** The last phase; if it trains nothing that can be measured, a phase that trains everything. */
function scopeOf({ models, images, parameters }: Request): AnalysedScope {
  const model = models[0]!
  const { batchesPerEpoch } = images.training
  const few = parameters.batches > batchesPerEpoch
  const objective = objectiveWords(model.phase.objective)
  const caveats = [
    ...(objective ? [`The whole loss is that of phase “${model.phase.name}”: ${objective}.`] : []),
    ...(few ? [`An epoch has only ${batchesPerEpoch} training batches; all of them were measured.`] : []),
  ]
  const epoch = parameters.epoch ?? model.epochs + 1
  const trained = dominanceScope(model, epoch)
  if (trained !== null) return { ...trained, caveats }
  return { ...wholeScope(model, epoch), caveats: [...caveats, untrainedCaveat(model)] }
}

/** All exits, all of the backbone, by the objective of the last phase. */
function wholeScope({ network, phase }: AnalysedModel, epoch: number): DominanceScope {
  const { objective } = phase
  return dominanceScope(
    { network, phase: { ...phasesOf('joint', network)[0]!, ...(objective && { objective }) } },
    epoch,
  )!
}

function untrainedCaveat({ network, phase }: AnalysedModel): string {
  const frozen = !backboneWithoutClassifier(network).some((group) => phase.trains.includes(group))
  return frozen
    ? `The backbone was frozen in phase “${phase.name}”: these are the gradients of joint training at its weights.`
    : `Phase “${phase.name}” has one exit in its loss: these are the gradients of joint training at its weights.`
}

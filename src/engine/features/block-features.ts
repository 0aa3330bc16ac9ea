import { ExitlabError } from '../../shared/basics/error.ts'
import type { Network } from '../networks/index.ts'
import type { State, StateScope, Tensor, TensorRecord } from '../tf.ts'
import { tf, traced } from '../tf.ts'
import type { EvaluationBatches } from '../training/batch.ts'
import { filledUp, withInputs } from '../training/batch.ts'
import { withDisposables } from '../training/with-disposables.ts'
import { evaluationContext } from '../training/evaluate.ts'
import { createModelState } from '../training/phase-state.ts'
import type { AnalysedModel } from '../analyses/analysis.ts'
import { blocksOfPass } from './memory-budget.ts'

/** Options that select the features of a block. */
export interface FeatureView {
  /** Numbers that are left of one image. */
  width: number
  /** From [images, …shape of the block] to [images, width]. */
  apply(features: Tensor): Tensor
}

interface FeatureSource {
  model: AnalysedModel
  batches: EvaluationBatches
  /** In all batches. */
  imageCount: number
  /** One a block. */
  views: readonly FeatureView[]
}

/** Features of the blocks of a network. */
export interface FeatureReader {
  /**
   * [images, width] of a block, row-major; each block can be asked for once.
   * @throws ExitlabError `conflict` where one is not finite.
   */
  of(block: number): Promise<Float32Array>
}

/** Does some work on the features of a network's blocks in evaluation mode, which are read in as few passes as memory allows. */
export async function readingFeatures<T>(
  source: FeatureSource,
  work: (reader: FeatureReader) => Promise<T>,
): Promise<T> {
  const { network, weights } = source.model
  const state = createModelState(network, weights)
  const pass = createPass(source, state)
  const kept = new Map<number, Float32Array>()
  return withDisposables([pass, state], () =>
    work({
      async of(block) {
        if (!kept.has(block)) await pass.run(blocksOfPass(block, source), kept)
        const features = kept.get(block)!
        kept.delete(block)
        checkFinite(features, block)
        return features
      },
    }),
  )
}

/** The forward pass as one TensorFlow function: the same whichever blocks are kept, so that their features are the same too. */
function createPass({ model: { network }, batches, imageCount, views }: FeatureSource, state: State) {
  const forward = traced('features', (inputs: TensorRecord, scope: StateScope) =>
    viewsOf(network, { inputs, scope, views }),
  )
  return {
    async run(blocks: readonly number[], kept: Map<number, Float32Array>): Promise<void> {
      for (const block of blocks) kept.set(block, new Float32Array(imageCount * views[block]!.width))
      const { size: fullSize } = await batches.batch(0)
      for (let index = 0; index < batches.batchCount; index++) {
        const batch = await batches.batch(index)
        await withInputs(filledUp(batch, fullSize), {}, async (inputs) => {
          const outputs = await forward.run(inputs, state)
          for (const block of blocks) {
            const width = views[block]!.width
            const values = await outputs[block]!.data()
            kept.get(block)!.set(values.subarray(0, batch.size * width), index * fullSize * width)
          }
          tf.dispose(outputs)
        })
      }
    },
    dispose: () => forward.dispose(),
  }
}

interface Viewing {
  inputs: TensorRecord
  scope: StateScope
  views: readonly FeatureView[]
}

function viewsOf(network: Network, { inputs, scope, views }: Viewing): TensorRecord {
  const seen: TensorRecord = {}
  network.forward(evaluationContext(scope), inputs, {
    exits: [network.exits.length - 1],
    onBlock: (block, features) => void (seen[block] = views[block]!.apply(features[network.reads]!)),
  })
  return seen
}

function checkFinite(features: Float32Array, block: number): void {
  if (features.every(Number.isFinite)) return
  throw new ExitlabError(
    'conflict',
    `The features of block ${block} are not finite: the training of this run diverged. Choose another run.`,
  )
}

/** Labels of all images, in their order. */
export async function labelsOf({ batchCount, batch }: EvaluationBatches): Promise<Int32Array> {
  const batches = await Promise.all(Array.from({ length: batchCount }, (_, index) => batch(index)))
  return Int32Array.from(batches.flatMap(({ targets }) => Array.from(targets)))
}

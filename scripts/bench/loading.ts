/**
 * Measures how fast a training's batches of images are prepared: files decoded, a random part scaled to 224 × 224, flipped,
 * normalised. Prints one JSON line. Run by image-loading.ts, in a process of its own.
 */
import { availableParallelism } from 'node:os'
import { decodeByTensorFlow } from '../../src/datasets/formats/image-threads.ts'
import { createTrainingBatches } from '../../src/engine/index.ts'
import { type BatchesAhead, batchesAhead } from '../../src/engine/training/batches-ahead.ts'
import { loadDataset } from '../../src/main/trainer/data/open-dataset.ts'
import { dataSpec } from '../../src/shared/data/data.ts'
import { peakMemoryMb, report, timed } from './measure.ts'
import { openWithThreads } from './open-tensorflow.ts'

const batchSize = 64
const warmUpBatches = 8

const [folder] = process.argv.slice(2) as [string]
report(await measure())

async function measure() {
  decodeByTensorFlow(openWithThreads(availableParallelism()).shared)
  const data = dataSpec.parse({ source: 'image-folder', imageSize: 224, augmentation: 'resized-crop-flip' })
  const { train, description } = await loadDataset(data, { dataPath: folder })
  if (train.kind !== 'streamed-images' || description.kind !== 'images') throw new Error('expected streamed images')
  const { normalisation } = description
  const batches = createTrainingBatches(train, { data, normalisation, batchSize, seed: 0, phaseId: 'bench' })
  const ahead = batchesAhead(batches)
  await drain(ahead, { epoch: 0, batch: Math.max(0, batches.batchesPerEpoch - warmUpBatches) })
  const { seconds, processorSeconds } = await timed(() => drain(ahead, { epoch: 1, batch: 0 }))
  const images = batches.batchesPerEpoch * batchSize
  return {
    engine: 'exitlab',
    workers: availableParallelism(),
    images,
    imagesPerSecond: Number((images / seconds).toFixed(1)),
    processorMsPerImage: Number(((1000 * processorSeconds) / images).toFixed(2)),
    peakMemoryMb: peakMemoryMb(),
  }
}

/** Asks for batches as the training loop does. */
async function drain(batches: BatchesAhead, place: Parameters<BatchesAhead['from']>[0]): Promise<void> {
  batches.from(place)
  while ((await batches.next()) !== null);
}

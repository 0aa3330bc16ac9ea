/**
 * Measures how fast a training's batches of images are prepared: files decoded, a random part scaled to 224 × 224, flipped,
 * normalised. Prints one JSON line. Run by image-loading.ts, in a process of its own.
 */
import { availableParallelism } from 'node:os'
import { decodeByTensorFlow } from '../../src/main/datasets/formats/image-threads.ts'
import { createTrainingBatches, openTensorFlow } from '../../src/main/engine/index.ts'
import type { TrainingBatch } from '../../src/main/engine/training/batch.ts'
import { batchesAhead } from '../../src/main/engine/training/batches-ahead.ts'
import { tensorflowFolder } from '../../src/main/host/paths.ts'
import { loadDataset } from '../../src/main/trainer/data/load-dataset.ts'
import { dataSpec } from '../../src/shared/data.ts'

const batchSize = 64
const warmUpBatches = 8

const [folder] = process.argv.slice(2) as [string]
console.log(JSON.stringify(await measure()))

async function measure() {
  decodeByTensorFlow(openTensorFlow({ libraryFolder: tensorflowFolder() }).shared)
  const data = dataSpec.parse({ source: 'image-folder', imageSize: 224, augmentation: 'resized-crop-flip' })
  const { train, description } = await loadDataset(data, { dataPath: folder })
  if (train.kind !== 'streamed-images' || description.kind !== 'images') throw new Error('expected streamed images')
  const { normalisation } = description
  const batches = createTrainingBatches(train, { data, normalisation, batchSize, seed: 0, phaseId: 'bench' })
  for (let index = 0; index < warmUpBatches; index++) await batches.batch(0, index)
  const [began, used] = [performance.now(), process.cpuUsage()]
  // As the training loop asks for them: while one is trained on, the next ones are made, one of them over the one before.
  const ahead = batchesAhead(batches, { epoch: 1, batch: 0 })
  let batch = await ahead.next(null)
  let spare: TrainingBatch | null = null
  while (batch !== null) {
    const next = await ahead.next(spare)
    ;[batch, spare] = [next, batch]
  }
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(used)
  const images = batches.batchesPerEpoch * batchSize
  return {
    engine: 'exitlab',
    workers: availableParallelism(),
    images,
    imagesPerSecond: Number((images / seconds).toFixed(1)),
    processorMsPerImage: Number(((user + system) / 1000 / images).toFixed(2)),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1000),
  }
}

import { LRUCache } from 'lru-cache'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { DatasetDescription, DataSpec, ImageSplit } from '../../../shared/data.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { DrawnImage, PictureJob } from '../../../shared/trainer.ts'
import type { DatasetMemory } from './dataset-descriptions.ts'
import { resolveRun } from '../runs/references.ts'
import type { Store } from '../../store/open.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'

/** PNG files kept in memory; one of 32 × 32 pixels takes about 2 kB. */
const keptBytes = 32 * 2 ** 20

export interface PictureRequest {
  data: DataSpec
  dataPath: string
  /** Fingerprint that the data set must have; null: whatever is there. */
  dataset: string | null
  split: ImageSplit
  samples: number[]
  augmented: boolean
}

export interface Pictures {
  classes: string[]
  images: DrawnImage[]
}

/** Draws images of data sets, and keeps the drawings: what a data set is takes as long as reading it, and is remembered too. */
export interface SamplePictures {
  draw(request: PictureRequest): Promise<Pictures>
}

export function createSamplePictures(
  trainers: Pick<TrainerJobs, 'picture'>,
  datasets: Pick<DatasetMemory, 'describe'>,
): SamplePictures {
  const drawings = new LRUCache<string, DrawnImage[], PictureJob>({
    maxSize: keptBytes,
    sizeCalculation: bytesOf,
    fetchMethod: (_key, _stale, { context }) => trainers.picture(context),
    ignoreFetchAbort: true,
  })
  return {
    async draw({ data, dataPath, dataset, split, samples, augmented }) {
      const description = await datasets.describe({ kind: 'describe', data, dataPath })
      checkUnchanged(description, { dataPath, dataset })
      checkSamples(description, { split, samples })
      const job = {
        kind: 'picture' as const,
        data,
        dataPath,
        dataset: description.fingerprint,
        split,
        samples,
        augmented,
      }
      const images = await drawings.forceFetch(canonicalJson(job), { context: job })
      return { classes: description.classNames, images }
    },
  }
}

/** The data that a run was trained on. */
export function dataOfRun(
  { store }: { store: Store },
  reference: string,
): Pick<PictureRequest, 'data' | 'dataPath' | 'dataset'> {
  const { id, experimentId } = resolveRun(store, reference, 'any')
  const { data, dataset } = store.phases.chain(id).at(-1)!.definition
  return { data, dataPath: store.experiments.get(experimentId)!.dataPath, dataset }
}

/** At least 1: a cache has no place for what weighs nothing. */
const bytesOf = (images: readonly DrawnImage[]) => images.reduce((sum, { png }) => sum + png.byteLength, 1)

function checkUnchanged(
  { fingerprint }: DatasetDescription,
  { dataPath, dataset }: Pick<PictureRequest, 'dataPath' | 'dataset'>,
): void {
  if (dataset === null || dataset === fingerprint) return
  throw new ExitlabError(
    'data',
    `The images in ${dataPath} have changed since this run was planned: their fingerprint was ${dataset}, it is ` +
      `${fingerprint}. Put the original files back to see the images of this run.`,
  )
}

function checkSamples(
  { counts }: DatasetDescription,
  { split, samples }: Pick<PictureRequest, 'split' | 'samples'>,
): void {
  const beyond = samples.find((sample) => sample >= counts[split])
  if (beyond === undefined) return
  throw new ExitlabError(
    'usage',
    `There is no ${split} image ${beyond}: expected 0 to ${counts[split] - 1}, for the data set has ${counts[split]}.`,
  )
}

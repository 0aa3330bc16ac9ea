import { LRUCache } from 'lru-cache'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { DatasetDescription, DataSpec, ImageSplit } from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import type { DataLocation, PictureJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { DrawnSample } from '../../../shared/phases/trainer-events.ts'
import type { DatasetMemory } from './kept-descriptions.ts'
import { resolveRun } from '../runs/references.ts'
import { storedDataLocation } from '../../store/data-location.ts'
import type { Store } from '../../store/open.ts'
import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'

/** PNG files and texts kept in memory; an image of 32 × 32 pixels takes about 2 kB. */
const keptBytes = 32 * 2 ** 20

export interface PictureRequest {
  data: DataSpec
  location: DataLocation
  /** Expected fingerprint of the data set; null: any. */
  dataset: string | null
  split: ImageSplit
  samples: number[]
  augmented: boolean
}

interface Pictures {
  classes: string[]
  samples: DrawnSample[]
}

/** Renders images of data sets and caches them, and the descriptions of the data sets. */
export interface SamplePictures {
  draw(request: PictureRequest): Promise<Pictures>
}

export function createSamplePictures(
  trainers: Pick<TrainerJobs, 'picture'>,
  datasets: Pick<DatasetMemory, 'describe'>,
): SamplePictures {
  const drawings = new LRUCache<string, DrawnSample[], PictureJob>({
    maxSize: keptBytes,
    sizeCalculation: bytesOf,
    fetchMethod: (_key, _stale, { context }) => trainers.picture(context),
    ignoreFetchAbort: true,
  })
  return {
    async draw({ data, location, dataset, split, samples, augmented }) {
      const description = await datasets.describe({ kind: 'describe', data, ...location })
      checkUnchanged(description, { dataPath: location.dataPath, dataset })
      checkSamples(description, { split, samples })
      const job = {
        kind: 'picture' as const,
        data,
        ...location,
        dataset: description.fingerprint,
        split,
        samples,
        augmented,
      }
      const drawn = await drawings.forceFetch(canonicalJson(job), { context: job })
      return { classes: description.classNames, samples: drawn }
    },
  }
}

/** The data that a run was trained on. */
export function dataOfRun(
  { store }: { store: Store },
  reference: string,
): Pick<PictureRequest, 'data' | 'location' | 'dataset'> {
  const run = resolveRun(store, reference, 'any')
  const { id, experimentId } = run
  const { data, dataset, methods } = store.phases.chain(id).at(-1)!.definition
  requireMethods({ data, methods }, run)
  return { data, location: storedDataLocation(store, experimentId), dataset }
}

/** At least 1: the cache refuses entries of size 0. */
const bytesOf = (samples: readonly DrawnSample[]) =>
  samples.reduce((sum, { png, texts }) => sum + (png?.byteLength ?? 0) + JSON.stringify(texts ?? '').length, 1)

function checkUnchanged(
  { kind, fingerprint }: DatasetDescription,
  { dataPath, dataset }: { dataPath: string; dataset: string | null },
): void {
  if (dataset === null || dataset === fingerprint) return
  throw new ExitlabError(
    'data',
    `The ${kind === 'images' ? 'images' : 'texts, or the tokenizer,'} in ${dataPath} have changed since this run was planned: their fingerprint was ${dataset}, it is ` +
      `${fingerprint}. Restore the original files to see the samples of this run.`,
  )
}

function checkSamples(
  { counts }: DatasetDescription,
  { split, samples }: Pick<PictureRequest, 'split' | 'samples'>,
): void {
  const beyond = samples.find((sample) => sample >= counts[split])
  if (beyond === undefined) return
  throw new ExitlabError('usage', `There is no ${split} sample ${beyond}: expected 0 to ${counts[split] - 1}.`)
}

import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { DataSpec } from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { DataLocation } from '../../../contract/experiment/trainer-jobs.ts'
import type { OpenedDataset } from '../../../datasets/index.ts'
import type { Selection } from '../../../engine/index.ts'
import { recordFile } from './decoded-record.ts'
import { descriptionKey, forgetDescription } from './description-cache.ts'
import { loadDataset, type LoadedDataset, type LoadOptions } from './open-dataset.ts'
import { openSource } from './open-source.ts'
import { selectSound, soundSamples } from './sound-images.ts'

interface DatasetRequest extends DataLocation {
  data: DataSpec
  /** Fingerprint that it must have. */
  dataset: string
}

/** Data sets for the jobs of one process. It keeps the latest: two at once may not fit into memory. */
export interface DatasetCache {
  /** A data set in memory: the phases of an experiment all use the same. */
  load(request: DatasetRequest): Promise<LoadedDataset>
  /** An opened data set, to read some of its samples. Its fingerprint is not checked. */
  open(request: DatasetRequest): Promise<{ source: OpenedDataset; selection: Selection }>
}

/** `say`: told what takes long. */
export function createDatasetCache(say: (message: string) => void): DatasetCache {
  const latest = lastKept()
  const loading = { descriptions: process.env.EXITLAB_DESCRIPTIONS, say }
  return {
    load: ({ data, dataPath, tokenizer, dataset }) => {
      const request = { data, dataPath, ...(tokenizer && { tokenizer }), dataset }
      return latest({ loaded: request }, () => loadPlanned(request, loading))
    },
    open: async ({ data, dataPath, dataset }) => {
      const { source: name, imageSize, testFraction, columns = null, ...rest } = data
      const { limit, validation, calibration, damagedImages } = rest
      const key = { source: name, imageSize, testFraction, columns, dataPath, dataset }
      const { source, selections } = await latest({ opened: key }, async () => ({
        source: await openSource(data, dataPath),
        selections: lastKept(),
      }))
      const selection = await selections({ limit, validation, calibration, damagedImages }, async () => {
        const check = { record: recordFile(loading.descriptions, dataPath), most: 0, say }
        return selectSound(source, data, await soundSamples(source, data, check))
      })
      return { source, selection }
    },
  }
}

/** Caches the latest result. A failure is not cached. */
function lastKept(): <T>(of: object, make: () => Promise<T>) => Promise<T> {
  let kept: { key: string; value: unknown } | null = null
  return async <T>(of: object, make: () => Promise<T>) => {
    const key = canonicalJson(of)
    if (kept?.key === key) return kept.value as T
    kept = null
    const value = await make()
    kept = { key, value }
    return value
  }
}

/** Loads a data set that must be the one that the run was planned with. */
async function loadPlanned(
  { data, dataset, ...location }: DatasetRequest,
  loading: LoadOptions,
): Promise<LoadedDataset> {
  const { dataPath } = location
  try {
    const loaded = await loadDataset(data, location, loading)
    if (loaded.description.fingerprint !== dataset) throw otherFingerprint(loaded, { dataPath, dataset })
    return loaded
  } catch (error) {
    await forgetDescription(loading.descriptions, descriptionKey({ data, dataPath }))
    throw error
  }
}

function otherFingerprint(
  { description: { kind, fingerprint } }: LoadedDataset,
  { dataPath, dataset }: Pick<DatasetRequest, 'dataPath' | 'dataset'>,
): ExitlabError {
  const samples = kind === 'images' ? 'images' : 'texts, or the tokenizer,'
  return new ExitlabError(
    'data',
    `The ${samples} in ${dataPath} differ from those that this run was planned with: expected fingerprint ${dataset}, ` +
      `got ${fingerprint}. Restore the original files, or run the experiment again with the changed ones.`,
  )
}

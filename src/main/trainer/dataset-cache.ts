import { ExitlabError } from '../../shared/error.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { DataSpec } from '../../shared/data.ts'
import type { LoadedDataset } from './load-dataset.ts'
import { loadDataset, openSource } from './load-dataset.ts'
import type { OpenedDataset } from '../datasets/index.ts'

export interface DatasetRequest {
  data: DataSpec
  dataPath: string
  /** Fingerprint that it must have. */
  dataset: string
}

/** Data sets for the jobs of one process. It keeps the latest: two at once may not fit into memory. */
export interface DatasetCache {
  /** A data set in memory: the phases of an experiment all use the same. */
  load(request: DatasetRequest): Promise<LoadedDataset>
  /** A data set that has been opened, for those who need some of its images. Its fingerprint is not checked. */
  open(request: DatasetRequest): Promise<OpenedDataset>
}

export function createDatasetCache(): DatasetCache {
  const latest = lastKept()
  return {
    load: ({ data, dataPath, dataset }) =>
      latest({ loaded: { data, dataPath, dataset } }, async () => {
        const loaded = await loadDataset(data, dataPath)
        checkFingerprint(loaded, { data, dataPath, dataset })
        return loaded
      }),
    open: ({ data, dataPath, dataset }) => {
      const { source, imageSize, testFraction } = data
      const opened = { source, imageSize, testFraction, dataPath, dataset }
      return latest({ opened }, () => openSource(data, dataPath))
    },
  }
}

/** Remembers the latest answer. One that fails is not kept. */
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

function checkFingerprint(
  { description: { fingerprint } }: LoadedDataset,
  { dataPath, dataset }: DatasetRequest,
): void {
  if (fingerprint === dataset) return
  throw new ExitlabError(
    'data',
    `The images in ${dataPath} are not those that this run was planned with: their fingerprint should be ${dataset}, ` +
      `it is ${fingerprint}. Put the original files back, or run the experiment anew on the changed ones.`,
  )
}

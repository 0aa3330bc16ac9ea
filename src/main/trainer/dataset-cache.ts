import { ExitlabError } from '../../shared/error.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { DataSpec } from '../../shared/data.ts'
import type { LoadedDataset } from './data-files/index.ts'
import { loadDataset } from './data-files/index.ts'

export interface DatasetRequest {
  data: DataSpec
  dataPath: string
  /** Fingerprint that it must have. */
  dataset: string
}

/** Loads data sets, and keeps the latest: the phases of an experiment all use the same. */
export function createDatasetCache(): (request: DatasetRequest) => Promise<LoadedDataset> {
  let kept: { key: string; loaded: LoadedDataset } | null = null
  return async ({ data, dataPath, dataset }) => {
    const key = canonicalJson({ data, dataPath, dataset })
    if (kept?.key === key) return kept.loaded
    // Two data sets at once may not fit into memory.
    kept = null
    const loaded = await loadDataset(data, dataPath)
    checkFingerprint(loaded, { data, dataPath, dataset })
    kept = { key, loaded }
    return loaded
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

import type { DataSpec, DatasetDescription } from '../../../shared/data.ts'
import type { DataLocation } from '../../../experiment/trainer-jobs.ts'
import { recordFile } from './decoded-record.ts'
import { cachedDescription, descriptionKey } from './description-cache.ts'
import { openDataset } from './open-dataset.ts'

/** Images that are decoded at most to describe a data set that refuses damaged ones: the others are decoded before it is trained on. */
const decodedToDescribe = 2000

interface Describing {
  /** Folder that keeps descriptions; undefined: none does. */
  descriptions?: string | undefined
  /** Told what takes long. */
  say?: (message: string) => void
}

/**
 * Says what a data set is.
 * @throws ExitlabError `data` that says which file is not as it should be.
 */
export async function describeDataset(
  data: DataSpec,
  location: DataLocation,
  { descriptions, say = () => {} }: Describing = {},
): Promise<DatasetDescription> {
  const { dataPath } = location
  const check = { record: recordFile(descriptions, dataPath), most: decodedToDescribe, say }
  return cachedDescription(descriptions, descriptionKey({ data, dataPath }), () => openDataset(data, location, check))
}

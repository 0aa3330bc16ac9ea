import type { DataSpec, DatasetDescription, OfSplits } from '../../../shared/data.ts'
import type { DataLocation } from '../../../experiment/trainer-jobs.ts'
import type { SampleSet, Selection } from '../../engine/index.ts'
import { recordFile } from './decoded-record.ts'
import { openDataset } from './open-dataset.ts'

/** A data set in memory, limited and split. */
export interface LoadedDataset extends OfSplits<SampleSet> {
  description: DatasetDescription
  /** Where the samples of each split are in the data set. */
  selection: Selection
}

interface Loading {
  /** Folder that remembers which images can be decoded; undefined: none does. */
  descriptions?: string | undefined
  /** Told what takes long. */
  say?: (message: string) => void
}

/**
 * Reads a data set, after every image has been decoded once.
 * @throws ExitlabError `data` that says which file is not as it should be.
 */
export async function loadDataset(
  data: DataSpec,
  location: DataLocation,
  { descriptions, say = () => {} }: Loading = {},
): Promise<LoadedDataset> {
  const record = recordFile(descriptions, location.dataPath)
  const { description, selection, load } = await openDataset(data, location, { record, most: Infinity, say })
  return { description, selection, ...(await load()) }
}

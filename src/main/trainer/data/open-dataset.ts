import type { DataSpec, OfSplits, DatasetDescription } from '../../../shared/data/data.ts'
import type { DataLocation } from '../../../contract/experiment/trainer-jobs.ts'
import type { SampleSet, Selection } from '../../../engine/index.ts'
import { openTexts } from '../text/open-texts.ts'
import type { Check } from './damaged-files.ts'
import { describedSamples } from './described-samples.ts'
import { type MadeDescription, cachedDescription, descriptionKey } from './description-cache.ts'
import { openImages } from './open-images.ts'
import { openSource } from './open-source.ts'
import { selectSound, soundSamples } from './sound-images.ts'
import { recordFile } from './decoded-record.ts'

/** A data set that is described and can be read. */
interface DescribedDataset extends MadeDescription {
  selection: Selection
  /** Reads the samples of every split. */
  load(): Promise<OfSplits<SampleSet>>
}

/** Opens a data set, selects its samples and describes them. @throws ExitlabError `data` that says which file is not as it should be. */
export async function openDataset(data: DataSpec, location: DataLocation, check: Check): Promise<DescribedDataset> {
  const source = await openSource(data, location.dataPath)
  const sound = await soundSamples(source, data, check)
  const selection = selectSound(source, data, sound)
  const opening = { selection, samples: await describedSamples(source, selection), data }
  const described =
    source.kind === 'images'
      ? await openImages(source, { ...opening, leftOut: sound.leftOut })
      : { ...(await openTexts(source, { ...opening, location })), readFrom: null }
  return { selection, ...described }
}

/** Images that are decoded at most to describe a data set that refuses damaged ones: the others are decoded before it is trained on. */
const decodedToDescribe = 2000

export interface LoadOptions {
  /** Folder that keeps descriptions, and remembers which images can be decoded; undefined: none does. */
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
  { descriptions, say = () => {} }: LoadOptions = {},
): Promise<DatasetDescription> {
  const { dataPath } = location
  const check = { record: recordFile(descriptions, dataPath), most: decodedToDescribe, say }
  return cachedDescription(descriptions, descriptionKey({ data, dataPath }), () => openDataset(data, location, check))
}

/** A data set in memory, limited and split. */
export interface LoadedDataset extends OfSplits<SampleSet> {
  description: DatasetDescription
  /** Where the samples of each split are in the data set. */
  selection: Selection
}

/**
 * Reads a data set, after every image has been decoded once.
 * @throws ExitlabError `data` that says which file is not as it should be.
 */
export async function loadDataset(
  data: DataSpec,
  location: DataLocation,
  { descriptions, say = () => {} }: LoadOptions = {},
): Promise<LoadedDataset> {
  const record = recordFile(descriptions, location.dataPath)
  const { description, selection, load } = await openDataset(data, location, { record, most: Infinity, say })
  return { description, selection, ...(await load()) }
}

import type { DataSpec, OfSplits } from '../../../shared/data.ts'
import type { DataLocation } from '../../../experiment/trainer-jobs.ts'
import type { SampleSet, Selection } from '../../engine/index.ts'
import { openTexts } from '../text/open-texts.ts'
import type { Check } from './damaged-files.ts'
import { describedSamples } from './described-samples.ts'
import type { MadeDescription } from './description-cache.ts'
import { openImages } from './open-images.ts'
import { openSource } from './open-source.ts'
import { selectSound, soundSamples } from './sound-images.ts'

/** A data set that is described and can be read. */
export interface DescribedDataset extends MadeDescription {
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

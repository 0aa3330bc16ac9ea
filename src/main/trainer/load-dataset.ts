import { canonicalJson } from '../../shared/canonical-json.ts'
import type { DataSpec, DatasetDescription, DescribedSamples, LeftOutImages } from '../../shared/data.ts'
import { ExitlabError } from '../../shared/error.ts'
import type { DataLocation } from '../../shared/trainer-jobs.ts'
import { checkFits } from '../datasets/formats/in-memory.ts'
import { resizedTo } from '../datasets/formats/resized.ts'
import type { OpenedDataset, OpenedImages } from '../datasets/index.ts'
import { datasets } from '../datasets/index.ts'
import type { ImageSet, SampleSet, Selection, SplitValues, StreamedImages } from '../engine/index.ts'
import { gatherTargets, isStreamed, targetsOf } from '../engine/index.ts'
import type { Check } from './damaged-files.ts'
import { cachedDescription, forgetDescription, type MadeDescription, recordFile } from './description-cache.ts'
import { selectSound, soundSamples } from './sound-images.ts'
import { openTexts } from './text/load-texts.ts'

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
  open(request: DatasetRequest): Promise<Opened>
}

interface Opened {
  source: OpenedDataset
  selection: Selection
}

/** `say`: told what takes long. */
export function createDatasetCache(say: (message: string) => void): DatasetCache {
  const latest = lastKept()
  const descriptions = process.env.EXITLAB_DESCRIPTIONS
  return {
    load: ({ data, dataPath, tokenizer, dataset }) => {
      const location = { dataPath, ...(tokenizer && { tokenizer }) }
      return latest({ loaded: { data, location, dataset } }, async () => {
        try {
          const loaded = await loadDataset(data, location, { descriptions, say })
          if (loaded.description.fingerprint !== dataset) throw otherFingerprint(loaded, { data, dataPath, dataset })
          return loaded
        } catch (error) {
          await forgetDescription(descriptions, { data, dataPath })
          throw error
        }
      })
    },
    open: async ({ data, dataPath, dataset }) => {
      const { source: name, imageSize, testFraction, columns = null, limit, validation, damagedImages } = data
      const key = { source: name, imageSize, testFraction, columns, dataPath, dataset }
      const { source, selections } = await latest({ opened: key }, async () => ({
        source: await openSource(data, dataPath),
        selections: lastKept(),
      }))
      const selection = await selections({ limit, validation, damagedImages }, async () => {
        const check = { record: recordFile(descriptions, dataPath), most: 0, say }
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

function otherFingerprint(
  { description: { kind, fingerprint } }: LoadedDataset,
  { dataPath, dataset }: DatasetRequest,
): ExitlabError {
  const samples = kind === 'images' ? 'images' : 'texts, or the tokenizer,'
  return new ExitlabError(
    'data',
    `The ${samples} in ${dataPath} differ from those that this run was planned with: expected fingerprint ${dataset}, ` +
      `got ${fingerprint}. Restore the original files, or run the experiment again with the changed ones.`,
  )
}

/** A data set in memory, limited and split. */
export interface LoadedDataset {
  description: DatasetDescription
  /** Where the samples of each split are in the data set. */
  selection: Selection
  train: SampleSet
  validation: SampleSet
  test: SampleSet
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
  const opened = await openDataset(data, location, { record, most: Infinity, say })
  const { description, selection } = opened
  return { description, selection, ...(await opened.load()) }
}

/** Says what a data set is; `descriptions` is the folder that keeps descriptions. @throws ExitlabError `data` that says which file is not as it should be. */
export async function describeDataset(
  data: DataSpec,
  location: DataLocation,
  descriptions?: string,
): Promise<DatasetDescription> {
  const { dataPath } = location
  const check = { record: recordFile(descriptions, dataPath), most: decodedToDescribe, say: () => {} }
  return cachedDescription(descriptions, { data, dataPath }, () => openDataset(data, location, check))
}

/** Images that are decoded at most to describe a data set that refuses damaged ones: the others are decoded before it is trained on. */
const decodedToDescribe = 2000

interface Described extends MadeDescription {
  selection: Selection
  /** Reads the samples of every split. */
  load(): Promise<Record<'train' | 'validation' | 'test', SampleSet>>
}

/** Opens a data set without reading its samples where the format allows it. @throws ExitlabError `data` that says which file is not as it should be. */
async function openSource(data: DataSpec, dataPath: string): Promise<OpenedDataset> {
  const opened = await datasets.get(data.source).open(data, dataPath)
  const { imageSize } = data
  const isOther = opened.kind === 'images' && imageSize !== null && imageSize !== opened.height
  return isOther ? resizedTo(opened, imageSize) : opened
}

async function openDataset(data: DataSpec, location: DataLocation, check: Check): Promise<Described> {
  const source = await openSource(data, location.dataPath)
  const sound = await soundSamples(source, data, check)
  const { leftOut } = sound
  const selection = selectSound(source, data, sound)
  const samples = await describedSamples(source, selection)
  if (source.kind === 'images') return describedImages(source, selection, { samples, data, leftOut })
  const { description, load } = await openTexts(source, { selection, samples, data, location })
  return { selection, description, readFrom: null, load }
}

async function describedSamples(source: OpenedDataset, selection: Selection): Promise<DescribedSamples> {
  const { labels, classNames, testHeldBack, values } = source
  if (values) checkValues(values)
  return {
    ...(values && { task: 'regression' as const }),
    ...{ classes: classNames.length, classNames },
    counts: {
      train: selection.train.length,
      validation: selection.validation.length,
      test: selection.test.length,
    },
    classCounts: classCountsOf(source, selection),
    available: { train: labels.train.length, test: labels.test.length },
    testHeldBack,
    fingerprint: await source.fingerprint(selection),
  }
}

/** @throws ExitlabError `data` where a value is not a finite number. */
function checkValues(values: SplitValues): void {
  for (const split of ['train', 'test'] as const) {
    const wrong = values[split].findIndex((value) => !Number.isFinite(value))
    if (wrong < 0) continue
    throw new ExitlabError(
      'data',
      `data.path: the value of ${split} sample ${wrong} is ${values[split][wrong]}; expected a finite number`,
    )
  }
}

async function describedImages(
  source: OpenedImages,
  selection: Selection,
  { samples, data, leftOut }: { samples: DescribedSamples; data: DataSpec; leftOut: LeftOutImages | null },
): Promise<Described> {
  const { height, width, channels } = source
  const normalisation = await source.normalisation(selection)
  const canStream = source.prepare && { canStream: true as const }
  const shape = { height, width, channels }
  const description = {
    ...{ kind: 'images' as const, ...shape, ...canStream, normalisation, ...samples },
    ...(leftOut && { leftOut }),
  }
  return {
    selection,
    description,
    readFrom: source.readFrom ?? null,
    load: async () => {
      const streams = isStreamed(description, data)
      if (!streams) checkFits(description, process.availableMemory())
      const load = streams ? streamImages : readImages
      return {
        train: await load(source, 'train', selection.train),
        validation: await load(source, 'train', selection.validation),
        test: await load(source, 'test', selection.test),
      }
    },
  }
}

function classCountsOf({ labels, classNames }: OpenedDataset, selection: Selection): DatasetDescription['classCounts'] {
  const countsOf = (split: 'train' | 'test', positions: Int32Array) => {
    const counts = classNames.map(() => 0)
    for (const position of positions) counts[labels[split][position]!]!++
    return counts
  }
  return {
    train: countsOf('train', selection.train),
    validation: countsOf('train', selection.validation),
    test: countsOf('test', selection.test),
  }
}

/** Images at positions of the data set's own training or test images, in memory. */
export async function readImages(
  source: OpenedImages,
  split: 'train' | 'test',
  positions: Int32Array,
): Promise<ImageSet> {
  return { kind: 'images', ...labelled(source, split, positions), images: await source.images(split, positions) }
}

/** The same, prepared for each batch. */
export function streamImages(source: OpenedImages, split: 'train' | 'test', positions: Int32Array): StreamedImages {
  return {
    kind: 'streamed-images',
    ...labelled(source, split, positions),
    prepare: ({ positions: wanted, ...request }, spare) =>
      source.prepare!(split, { ...request, positions: wanted.map((position) => positions[position]!) }, spare),
  }
}

function labelled(source: OpenedImages, split: 'train' | 'test', positions: Int32Array) {
  const { height, width, channels, classNames } = source
  return {
    ...{ height, width, channels, classes: classNames.length },
    ...gatherTargets(targetsOf(source, split), positions),
    count: positions.length,
  }
}

import { canonicalJson } from '../../shared/canonical-json.ts'
import type { DataSpec, DatasetDescription } from '../../shared/data.ts'
import { ExitlabError } from '../../shared/error.ts'
import { checkFits } from '../datasets/formats/in-memory.ts'
import type { OpenedDataset } from '../datasets/index.ts'
import { datasets } from '../datasets/index.ts'
import type { ImageSet, Selection } from '../engine/index.ts'
import { selectImages } from '../engine/index.ts'

interface DatasetRequest {
  data: DataSpec
  dataPath: string
  /** Fingerprint that it must have. */
  dataset: string
}

/** Data sets for the jobs of one process. It keeps the latest: two at once may not fit into memory. */
export interface DatasetCache {
  /** A data set in memory: the phases of an experiment all use the same. */
  load(request: DatasetRequest): Promise<LoadedDataset>
  /** An opened data set, to read some of its images. Its fingerprint is not checked. */
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

/** A data set in memory, limited and split. */
export interface LoadedDataset {
  description: DatasetDescription
  /** Where the images of each split are in the data set. */
  selection: Selection
  train: ImageSet
  validation: ImageSet
  test: ImageSet
}

/** Reads a data set. @throws ExitlabError `data` that says which file is not as it should be. */
export async function loadDataset(data: DataSpec, dataPath: string): Promise<LoadedDataset> {
  const { source, selection, description } = await openDataset(data, dataPath)
  checkFits(description, process.availableMemory())
  return {
    ...{ description, selection },
    train: await readImages(source, 'train', selection.train),
    validation: await readImages(source, 'train', selection.validation),
    test: await readImages(source, 'test', selection.test),
  }
}

/** Says what a data set is. @throws ExitlabError `data` that says which file is not as it should be. */
export async function describeDataset(data: DataSpec, dataPath: string): Promise<DatasetDescription> {
  return (await openDataset(data, dataPath)).description
}

interface Opened {
  source: OpenedDataset
  selection: Selection
  description: DatasetDescription
}

/** Opens a data set without reading its images where the format allows it. @throws ExitlabError `data` that says which file is not as it should be. */
function openSource(data: DataSpec, dataPath: string): Promise<OpenedDataset> {
  return datasets.get(data.source).open(data, dataPath)
}

async function openDataset(data: DataSpec, dataPath: string): Promise<Opened> {
  const source = await openSource(data, dataPath)
  const { labels, height, width, channels, classNames, testHeldBack } = source
  const selection = selectImages(labels, data, classNames)
  const description = {
    ...{ height, width, channels, classes: classNames.length, classNames },
    normalisation: await source.normalisation(selection),
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
  return { source, selection, description }
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

/** Images at positions of the data set's own training or test images. */
export async function readImages(
  source: OpenedDataset,
  split: 'train' | 'test',
  positions: Int32Array,
): Promise<ImageSet> {
  const { height, width, channels, classNames } = source
  return {
    ...{ height, width, channels, classes: classNames.length },
    images: await source.images(split, positions),
    labels: positions.map((position) => source.labels[split][position]!),
    count: positions.length,
  }
}

import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '../../../src/shared/basics/canonical-json.ts'
import type { DataSpec, ImageDescription } from '../../../src/shared/data/data.ts'
import type { ImageDataset } from '../../../src/datasets/dataset.ts'
import { datasets } from '../../../src/datasets/index.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'

type Shape = Pick<ImageDescription, 'height' | 'width' | 'channels' | 'classNames' | 'available'>

/** A data set that is the same everywhere, with labels in place of the names of its classes. */
function knownShape({ source }: DataSpec): Shape {
  const { classes, ...image } = (datasets.get(source) as ImageDataset).images!
  const classNames = Array.from({ length: classes }, (_, label) => String(label))
  return { ...image, classNames, available: { train: image.channels === 1 ? 60_000 : 50_000, test: 10_000 } }
}

/** What the data set of a job is, as the real trainer would say it of the real files; of a folder, what lies there. */
export function describeFake(data: DataSpec, dataPath: string, version: string): ImageDescription {
  if (!existsSync(dataPath)) throw new ExitlabError('data', `${dataPath}: there are no images`)
  const { classNames, available, ...shape } =
    data.source === 'image-folder' ? folderShape(data, dataPath) : knownShape(data)
  const { limit, validation, source, imageSize, testFraction } = data
  const pool = Math.min(available.train, limit.train ?? Infinity)
  const heldBack = Math.round(pool * validation.fraction)
  const counts = {
    train: pool - heldBack,
    validation: heldBack,
    test: Math.min(available.test, limit.test ?? Infinity),
  }
  const shares = (count: number) =>
    classNames.map((_, label) => Math.floor((count + classNames.length - 1 - label) / classNames.length))
  return {
    kind: 'images',
    ...shape,
    classes: classNames.length,
    classNames,
    counts,
    available,
    ...(source === 'image-folder' && { canStream: true as const }),
    normalisation: { mean: Array(shape.channels).fill(0.5), std: Array(shape.channels).fill(0.25) },
    classCounts: { train: shares(counts.train), validation: shares(counts.validation), test: shares(counts.test) },
    testHeldBack: source === 'image-folder' ? (testFraction ?? 0.2) : null,
    fingerprint: createHash('sha256').update(canonicalJson({ source, imageSize, testFraction, version })).digest('hex'),
  }
}

/** A folder for each class, files in each. */
function folderShape({ imageSize, testFraction = 0.2 }: DataSpec, path: string): Shape {
  const classNames = readdirSync(path, { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? [each.name] : [],
  )
  const images = classNames.reduce((sum, name) => sum + readdirSync(join(path, name)).length, 0)
  const test = Math.round(images * testFraction)
  const side = imageSize ?? 32
  return {
    height: side,
    width: side,
    channels: 3,
    classNames: classNames.toSorted(),
    available: { train: images - test, test },
  }
}

/** @throws ExitlabError `data` where the images of a job are other ones than it was planned with. */
export function checkDataset(
  job: { data: DataSpec; dataPath: string; dataset: string },
  version: string,
): ImageDescription {
  const description = describeFake(job.data, job.dataPath, version)
  if (description.fingerprint === job.dataset) return description
  throw new ExitlabError('data', `The images in ${job.dataPath} are not those that this run was planned with.`)
}

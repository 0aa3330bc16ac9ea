import { join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { heldBackShares } from '../../engine/data/split.ts'
import { type Annotations, imageNetAnnotations, listAnnotated, tinyImageNetAnnotations } from './annotations.ts'
import { contentDigests } from './file-digests.ts'
import { realPath, requireFolder, statOf } from './files.ts'
import { createFolderFiles, type Files, type LabelledFile } from './folder-files.ts'
import type { FileListing } from './opened-files.ts'
import { byCodeUnit, foldersIn, hasImages, imageEndings, imagesIn } from './walk-folder.ts'

/** The images of a data set with one folder a class: names of the folders, sorted; their positions are the labels. */
interface FolderListing extends FileListing {
  isTinyImageNet: boolean
}

const layouts =
  'a folder with train/CLASS/… and test/CLASS/… (or val/CLASS/…) of JPEG or PNG images, a folder with CLASS/… alone (two ' +
  'classes or more), or TinyImageNet as distributed'

/**
 * Lists the images: `train/CLASS` and `test/CLASS`, or `val/CLASS` where test has no class; TinyImageNet's validation images,
 * whose classes are in a text file, are its test images (method 5.1). Of folders `CLASS` without a split, a share is held back for test.
 */
export async function listFolder(folder: string, testFraction?: number): Promise<FolderListing> {
  await requireFolder(folder, layouts)
  if (await isUnsplit(folder)) return listUnsplit(folder, testFraction ?? defaultTestFraction)
  if (testFraction !== undefined) {
    throw new ExitlabError('data', `data.testFraction: ${folder} has its own test images; remove testFraction`)
  }
  await requireTrain(folder)
  return listSplits(folder)
}

/** Lists the images under train and val or test; `labels` is the folder that may hold the classes of those of val. */
export async function listSplits(folder: string, labels = folder): Promise<FolderListing> {
  const train = join(folder, 'train')
  const classNames = await classesIn(train)
  const files = await listClasses(train, classNames)
  if (files.length === 0) throw noImages(train)
  const annotated = await annotationsOf(folder, labels)
  const test = annotated ? await listAnnotated(annotated, classNames) : await listTest(folder, classNames)
  return { classNames, train: files, test, testHeldBack: null, isTinyImageNet: annotated?.name === 'TinyImageNet' }
}

async function annotationsOf(folder: string, labels: string): Promise<Annotations | null> {
  for (const annotations of [tinyImageNetAnnotations(folder), imageNetAnnotations(folder, labels)]) {
    if ((await statOf(annotations.file))?.isFile() && (await hasImages(annotations.images))) return annotations
  }
  return null
}

/** Names of folders that hold splits rather than images of a class. */
const splitNames = ['train', 'test', 'val']

async function isUnsplit(folder: string): Promise<boolean> {
  const names = await foldersIn(folder)
  return names.length >= 2 && !names.some((name) => splitNames.includes(name))
}

/** Describes the folder's content: its author may have meant another layout. */
async function requireTrain(folder: string): Promise<void> {
  const train = await statOf(join(folder, 'train'))
  if (train?.isDirectory()) return
  const names = await foldersIn(folder)
  const found = [...(train ? ['a file train'] : []), ...names.slice(0, mostFound).map((name) => `the folder ${name}`)]
  const more = names.length > mostFound ? [`${names.length - mostFound} more`] : []
  throw new ExitlabError(
    'data',
    `data.path: ${folder} has no folder train; found ${[...found, ...more].join(', ') || 'no folder in it'}; ` +
      `expected ${layouts}; set data.path to its folder`,
  )
}

/** Folders that a message lists. */
const mostFound = 5

async function listUnsplit(folder: string, fraction: number): Promise<FolderListing> {
  const classNames = await classesIn(folder)
  const files = await listClasses(folder, classNames)
  if (files.length === 0) throw noImages(folder)
  const parts = await holdBackTest(files, { classes: classNames.length, fraction })
  return { classNames, ...parts, testHeldBack: fraction, isTinyImageNet: false }
}

async function classesIn(folder: string): Promise<string[]> {
  const names = await foldersIn(folder)
  if (names.length >= 2) return names
  throw new ExitlabError('data', `data.path: ${folder} has ${names.length} class folders; expected two or more`)
}

/** Of `test`, unless it has no folder of a class, as where its images come without labels; else of `val`. */
async function listTest(folder: string, classNames: readonly string[]): Promise<Files> {
  for (const name of ['test', 'val']) {
    const path = join(folder, name)
    const found = (await statOf(path))?.isDirectory() ? await foldersIn(path) : []
    if (!found.some((each) => classNames.includes(each))) continue
    const unknown = found.find((each) => !classNames.includes(each))
    if (unknown !== undefined) {
      throw new ExitlabError('data', `data.path: ${join(path, unknown)} is a class without a folder in train`)
    }
    const files = await listClasses(path, classNames)
    if (files.length === 0) throw noImages(path)
    return files
  }
  const loose = (await hasImages(join(folder, 'val')))
    ? `the images of ${join(folder, 'val')} are not in folders of their classes; sort them into val/CLASS/…, or put ImageNet’s LOC_val_solution.csv beside val`
    : `${folder} has no test images; expected ${layouts}`
  throw new ExitlabError('data', `data.path: ${loose}`)
}

function noImages(path: string): ExitlabError {
  return new ExitlabError(
    'data',
    `data.path: no file in the class folders of ${path} ends in ${imageEndings.join(', ')}; add images`,
  )
}

/** A class that a split lacks has no images in it. */
async function listClasses(folder: string, classNames: readonly string[]): Promise<Files> {
  const files = createFolderFiles()
  const around = [await realPath(folder)]
  for (const [label, name] of classNames.entries()) {
    const path = join(folder, name)
    if ((await statOf(path)) === null) continue
    files.add({ folder: path, label, names: await imagesIn(path, around) })
  }
  return files
}

/** Share of the images that become test images where a data set has none of its own. */
const defaultTestFraction = 0.2

/**
 * Splits images into training and test images: of each class a share (largest remainder), the images whose bytes have the smallest
 * SHA-256. So the split is the same for every seed, on every machine, and under other file names.
 */
async function holdBackTest(
  files: Files,
  { classes, fraction }: { classes: number; fraction: number },
): Promise<{ train: LabelledFile[]; test: LabelledFile[] }> {
  const digests = await contentDigests(files)
  const hashed = digests.map((sha256, index) => ({ ...files.at(index)!, sha256 }))
  const groups = Map.groupBy(hashed, ({ label }) => label)
  const byClass = Array.from({ length: classes }, (_, label) => groups.get(label) ?? [])
  const shares = heldBackShares(
    byClass.map(({ length }) => length),
    fraction,
  )
  const held = new Set(
    byClass.flatMap((each, label) => each.toSorted((a, b) => byCodeUnit(a.sha256, b.sha256)).slice(0, shares[label])),
  )
  return { train: hashed.filter((file) => !held.has(file)), test: hashed.filter((file) => held.has(file)) }
}

import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { ExitlabError } from '../../../shared/error.ts'
import { heldBackShares } from '../../engine/data/split.ts'
import { forEach, readWhole, requireFolder, statOf } from './files.ts'
import type { LabelledFile } from './walk-folder.ts'
import { foldersIn, imageEndings, imagesIn, notAFile, byCodeUnit } from './walk-folder.ts'

/** The images of a data set with one folder a class. */
export interface FolderListing {
  layout: 'folders' | 'tiny-imagenet'
  /** Names of the folders of the classes, sorted; their positions are the labels. */
  classNames: string[]
  train: LabelledFile[]
  test: LabelledFile[]
  /** Share of the images that was made test images, for the folder has none; null where it has. */
  testHeldBack: number | null
}

const layouts =
  'a folder with train/CLASS/… and test/CLASS/… (or val/CLASS/…) of JPEG or PNG images, a folder with CLASS/… alone (two ' +
  'classes or more), or TinyImageNet as distributed'

/**
 * Lists the images: `train/CLASS` and `test/CLASS`, or `val/CLASS` where test has no class; TinyImageNet's validation images,
 * whose classes are in a text file, are its test images (method 5.1). Of `CLASS` alone a share is held back as test images.
 */
export async function listFolder(folder: string, testFraction?: number): Promise<FolderListing> {
  await requireFolder(folder, layouts)
  if (await isUnsplit(folder)) return listUnsplit(folder, testFraction ?? usualTestFraction)
  if (testFraction !== undefined) {
    throw new ExitlabError('data', `data.testFraction: ${folder} has its own test images; remove testFraction`)
  }
  await requireTrain(folder)
  const classNames = await classesIn(join(folder, 'train'))
  const train = await listClasses(join(folder, 'train'), classNames)
  if (train.length === 0) throw noImages(join(folder, 'train'))
  const annotations = join(folder, 'val', 'val_annotations.txt')
  if ((await statOf(annotations))?.isFile()) {
    const test = await listAnnotated(annotations, classNames)
    return { layout: 'tiny-imagenet', classNames, train, test, testHeldBack: null }
  }
  return { layout: 'folders', classNames, train, test: await listTest(folder, classNames), testHeldBack: null }
}

/** Names of folders that hold splits rather than images of a class. */
const splitNames = ['train', 'test', 'val']

async function isUnsplit(folder: string): Promise<boolean> {
  const names = await foldersIn(folder)
  return names.length >= 2 && !names.some((name) => splitNames.includes(name))
}

/** Says what is in the folder instead: its author may have meant one of the other layouts. */
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
  return { layout: 'folders', classNames, ...parts, testHeldBack: fraction }
}

async function classesIn(folder: string): Promise<string[]> {
  const names = await foldersIn(folder)
  if (names.length >= 2) return names
  throw new ExitlabError('data', `data.path: ${folder} has ${names.length} class folders; expected two or more`)
}

/** Of `test`, unless it has no folder of a class, as where its images come without labels; else of `val`. */
async function listTest(folder: string, classNames: readonly string[]): Promise<LabelledFile[]> {
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
  throw new ExitlabError('data', `data.path: ${folder} has no test images; expected ${layouts}`)
}

function noImages(path: string): ExitlabError {
  return new ExitlabError(
    'data',
    `data.path: no file in the class folders of ${path} ends in ${imageEndings.join(', ')}; add images`,
  )
}

/** A class that a split lacks has no images in it. */
async function listClasses(folder: string, classNames: readonly string[]): Promise<LabelledFile[]> {
  const files: LabelledFile[] = []
  const around = [await realpath(folder)]
  for (const [label, name] of classNames.entries()) {
    const path = join(folder, name)
    if ((await statOf(path)) === null) continue
    for (const each of await imagesIn(path, around)) files.push({ path: join(path, each), label })
  }
  return files
}

async function listAnnotated(annotations: string, classNames: readonly string[]): Promise<LabelledFile[]> {
  const text = Buffer.from(await readWhole(annotations)).toString()
  const files = parseValidationAnnotations(text, { file: annotations, classNames })
  const images = files.map(({ path, label }) => ({ path: join(annotations, '..', 'images', path), label }))
  await forEach(images, async ({ path }) => {
    if ((await statOf(path))?.isFile() === false) throw notAFile(path)
  })
  return images
}

/**
 * Reads TinyImageNet's `val_annotations.txt`: file, class and a box a line, parted by tabs.
 * @throws ExitlabError `data` naming the line that is anything else.
 */
function parseValidationAnnotations(
  text: string,
  options: { file: string; classNames: readonly string[] },
): LabelledFile[] {
  const { file, classNames } = options
  const labels = new Map(classNames.map((name, label) => [name, label]))
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  return lines.map((line, index) => {
    const [path, className] = line.split('\t')
    const label = labels.get(className ?? '')
    if (!path || label === undefined) {
      throw new ExitlabError(
        'data',
        `data.path: ${file}, line ${index + 1}: expected an image and one of the ${classNames.length} classes under train, got “${line}”`,
      )
    }
    return { path, label }
  })
}

/** Share of the images that become test images where a data set has none of its own. */
const usualTestFraction = 0.2

/**
 * Parts images into training and test images: a share of each class (largest remainder), those whose bytes have the smallest
 * SHA-256. It depends on nothing else, so it is the same for every seed and on every machine, whatever the files are called.
 */
async function holdBackTest(
  files: readonly LabelledFile[],
  { classes, fraction }: { classes: number; fraction: number },
): Promise<{ train: LabelledFile[]; test: LabelledFile[] }> {
  const hashed = await hashFiles(files)
  const groups = Map.groupBy(hashed, ({ label }) => label)
  const byClass = Array.from({ length: classes }, (_, label) => groups.get(label) ?? [])
  const shares = heldBackShares(
    byClass.map(({ length }) => length),
    fraction,
  )
  const held = new Set(
    byClass.flatMap((each, label) => each.toSorted((a, b) => byCodeUnit(a.sha256!, b.sha256!)).slice(0, shares[label])),
  )
  return { train: hashed.filter((file) => !held.has(file)), test: hashed.filter((file) => held.has(file)) }
}

/** The same files with the SHA-256 of their bytes. */
export async function hashFiles(files: readonly LabelledFile[]): Promise<LabelledFile[]> {
  const hashed: LabelledFile[] = []
  await forEach(files, async (file, index) => {
    hashed[index] = file.sha256 === undefined ? { ...file, sha256: sha256(await readWhole(file.path)) } : file
  })
  return hashed
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

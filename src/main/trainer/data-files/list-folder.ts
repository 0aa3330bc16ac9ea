import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ExitlabError } from '../../../shared/error.ts'
import type { LabelledFile } from '../../engine/index.ts'
import { byCodeUnit, imageEndings, isImageName, parseValidationAnnotations } from '../../engine/index.ts'
import { readWhole, requireFolder, statOf } from './files.ts'

/** The images of a data set that lies as one folder a class. */
export interface FolderListing {
  layout: 'folders' | 'tiny-imagenet'
  /** Names of the folders under train, sorted; their positions are the labels. */
  classNames: string[]
  train: LabelledFile[]
  test: LabelledFile[]
}

const layouts =
  'a folder with train/CLASS/… and test/CLASS/… (or val/CLASS/…) of JPEG or PNG images, or TinyImageNet as distributed'

/**
 * Lists the images: `train/CLASS` and `test/CLASS`, or `val/CLASS` where test has no class; TinyImageNet's validation images,
 * whose classes are in a text file, are its test images (method 5.1).
 */
export async function listFolder(folder: string): Promise<FolderListing> {
  await requireFolder(folder, layouts)
  await requireFolder(join(folder, 'train'), layouts)
  const classNames = await foldersIn(join(folder, 'train'))
  if (classNames.length < 2) {
    throw new ExitlabError(
      'data',
      `data.path: ${join(folder, 'train')} has ${classNames.length} class folders; expected two or more`,
    )
  }
  const train = await listClasses(join(folder, 'train'), classNames)
  if (train.length === 0) throw noImages(join(folder, 'train'))
  const annotations = join(folder, 'val', 'val_annotations.txt')
  if (await statOf(annotations)) {
    return { layout: 'tiny-imagenet', classNames, train, test: await listAnnotated(annotations, classNames) }
  }
  return { layout: 'folders', classNames, train, test: await listTest(folder, classNames) }
}

/** Of `test`, unless it has no folder of a class, as where its images come without labels; else of `val`. */
async function listTest(folder: string, classNames: readonly string[]): Promise<LabelledFile[]> {
  for (const name of ['test', 'val']) {
    const path = join(folder, name)
    const found = (await statOf(path))?.isDirectory() ? await foldersIn(path) : []
    if (!found.some((each) => classNames.includes(each))) continue
    const unknown = found.find((each) => !classNames.includes(each))
    if (unknown !== undefined) {
      throw new ExitlabError('data', `data.path: ${join(path, unknown)} is a class that has no folder under train`)
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
    `data.path: no file in the class folders of ${path} ends in ${imageEndings.join(', ')}; put the images there`,
  )
}

/** A class that a split lacks has no images in it. */
async function listClasses(folder: string, classNames: readonly string[]): Promise<LabelledFile[]> {
  const files: LabelledFile[] = []
  for (const [label, name] of classNames.entries()) {
    const path = join(folder, name)
    if ((await statOf(path)) === null) continue
    const names = (await readdir(path, { recursive: true })).filter(isImageName).sort(byCodeUnit)
    for (const each of names) files.push({ path: join(path, each), label })
  }
  return files
}

async function listAnnotated(annotations: string, classNames: readonly string[]): Promise<LabelledFile[]> {
  const text = Buffer.from(await readWhole(annotations)).toString()
  const files = parseValidationAnnotations(text, { file: annotations, classNames })
  return files.map(({ path, label }) => ({ path: join(annotations, '..', 'images', path), label }))
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
  return folders
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.'))
    .sort(byCodeUnit)
}

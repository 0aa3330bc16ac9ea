import type { Dirent } from 'node:fs'
import { join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { entriesOf, realPath, statOf } from './files.ts'

/** In small or capital letters. */
export const imageEndings = ['.jpg', '.jpeg', '.png'] as const

const isImageName = (name: string): boolean => imageEndings.some((ending) => name.toLowerCase().endsWith(ending))

/** By code unit, so that the classes have the same numbers on every machine. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Hidden names are ignored: folders of tools, and files that macOS writes to foreign disks (`._1.png`). */
const isHidden = (name: string) => name.startsWith('.')

/**
 * Relative paths of the images in a folder and its subfolders, sorted. Links are followed.
 * @throws ExitlabError `data` if a link leads to a folder that contains it, or an image is not a file.
 */
export async function imagesIn(folder: string, around: readonly string[] = []): Promise<string[]> {
  return (await walk(folder, around)).sort(byCodeUnit)
}

/** Whether a folder has an image file in it; not in the folders in it. */
export async function hasImages(folder: string): Promise<boolean> {
  if (!(await statOf(folder))?.isDirectory()) return false
  return (await visibleIn(folder)).some((entry) => isImageName(entry.name) && !entry.isDirectory())
}

/** Names of the folders in a folder, and of links to folders, sorted. */
export async function foldersIn(folder: string): Promise<string[]> {
  const names: string[] = []
  for (const entry of await visibleIn(folder)) {
    if ((await kindOf(join(folder, entry.name), entry)) === 'folder') names.push(entry.name)
  }
  return names.sort(byCodeUnit)
}

/** `around`: real paths of its parent folders. */
async function walk(folder: string, around: readonly string[]): Promise<string[]> {
  const real = await realPath(folder)
  if (around.includes(real)) {
    throw new ExitlabError('data', `data.path: ${folder} is a link to its own parent folder ${real}; remove the link`)
  }
  const images: string[] = []
  for (const entry of await visibleIn(folder)) {
    const kind = entry.isFile() ? 'file' : await kindOf(join(folder, entry.name), entry)
    if (kind === 'folder') {
      const inside = await walk(join(folder, entry.name), [...around, real])
      for (const each of inside) images.push(join(entry.name, each))
    } else if (isImageName(entry.name)) {
      if (kind === 'other') throw notAFile(join(folder, entry.name))
      images.push(entry.name)
    }
  }
  return images
}

async function visibleIn(folder: string): Promise<Dirent[]> {
  return (await entriesOf(folder)).filter(({ name }) => !isHidden(name))
}

/** A broken link counts as a file: reading it says that it is missing. */
async function kindOf(path: string, entry: Dirent): Promise<'folder' | 'file' | 'other'> {
  const found = entry.isSymbolicLink() ? await statOf(path) : entry
  if (found === null || found.isFile()) return 'file'
  return found.isDirectory() ? 'folder' : 'other'
}

/** Reading a pipe or a device may never end. */
function notAFile(path: string): ExitlabError {
  return new ExitlabError('data', `data.path: ${path} is a pipe, a device or a folder, not an image file; remove it`)
}

import { join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { DatasetOptions, OpenedImages } from '../dataset.ts'
import { imageNetClasses } from './annotations.ts'
import { contentDigests, listingDigests } from './file-digests.ts'
import { longestText, readWhole, requireFolder, statOf } from './files.ts'
import { listSplits } from './list-folder.ts'
import { openedFiles } from './opened-files.ts'
import type { WordNetDefinition } from './wordnet-definition.ts'

/** Opens a data set of WordNet classes. @throws ExitlabError `data` where the folder is not as distributed. */
export async function openWordNet(
  definition: WordNetDefinition,
  { imageSize }: DatasetOptions,
  path: string,
): Promise<OpenedImages> {
  const { side, hasOneSize, normalisation } = definition
  const folder = await imagesFolder(definition, path)
  const listing = await listSplits(folder, path)
  checkClasses(definition, listing.classNames, folder)
  const size = imageSize ?? side
  return openedFiles(
    { ...listing, classNames: await namesOf(definition, listing.classNames, [path, folder]) },
    {
      ...{
        shape: { height: size, width: size, channels: 3 },
        resize: !hasOneSize || imageSize !== null,
        normalisation,
      },
      ...(hasOneSize
        ? { digestsOf: contentDigests }
        : { digestsOf: listingDigests, readFrom: readFrom({ path, folder }, listing.classNames) }),
    },
  )
}

/** What a listing follows from: folders of images, and files with the words or the classes of images. Not all need exist. */
function readFrom({ path, folder }: { path: string; folder: string }, classNames: readonly string[]): string[] {
  const splits = ['train', 'val', 'test'].map((split) => join(folder, split))
  const classes = splits.flatMap((split) => classNames.map((name) => join(split, name)))
  const texts = [path, folder].flatMap((each) => [...wordFiles, imageNetClasses].map((file) => join(each, file)))
  return [...new Set([path, folder, ...splits, ...classes, ...texts])]
}

async function imagesFolder({ folders, expected }: WordNetDefinition, path: string): Promise<string> {
  await requireFolder(path, expected)
  for (const folder of folders) {
    if ((await statOf(join(path, folder, 'train')))?.isDirectory()) return join(path, folder)
  }
  throw new ExitlabError(
    'data',
    `data.path: ${path} has no folder train; expected ${expected}; unpack archives and set data.path to the folder`,
  )
}

function checkClasses({ classes, info }: WordNetDefinition, ids: readonly string[], folder: string): void {
  const train = join(folder, 'train')
  const other = ids.find((id) => !/^n\d{8}$/.test(id))
  const problem =
    other !== undefined
      ? `${join(train, other)} is not named after a WordNet id such as n01440764`
      : `${train} has ${ids.length} classes, not the ${classes} of ${info.title}`
  if (other === undefined && ids.length === classes) return
  throw new ExitlabError(
    'data',
    `data.path: ${problem}; restore the original folder, or set data.source to image-folder for a part of it or images of your own`,
  )
}

/** Files that say in words what classes are: `n01440764<tab>tench, Tinca tinca` a line, or a space in place of the tab. */
const wordFiles = ['words.txt', 'LOC_synset_mapping.txt']

/** Names of classes: the first word for each, or all its words where another class has the same first one. */
async function namesOf(
  { names }: WordNetDefinition,
  ids: readonly string[],
  folders: readonly string[],
): Promise<string[]> {
  const words = new Map(Object.entries(names))
  for (const path of folders.flatMap((folder) => wordFiles.map((file) => join(folder, file)))) {
    if (!(await statOf(path))?.isFile()) continue
    for (const [, id, found] of Buffer.from(await readWhole(path, longestText))
      .toString()
      .matchAll(/^(n\d{8})[\t ](.+?)\r?$/gm)) {
      words.set(id!, found!)
    }
    break
  }
  const all = ids.map((id) => words.get(id) ?? id)
  const short = all.map((each) => each.split(',')[0]!)
  const unique = short.map((name, label) => (isOnce(name, short) ? name : all[label]!))
  return unique.map((name, label) => (isOnce(name, unique) ? name : `${name} (${ids[label]})`))
}

const isOnce = (name: string, names: readonly string[]) => names.indexOf(name) === names.lastIndexOf(name)

import { basename, join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { ImageSet } from '../../engine/data/image-set.ts'
import type { OpenedImages } from '../dataset.ts'
import { readArchive } from './archive.ts'
import { cifarNames, readCifar } from './cifar-content.ts'
import type { CifarDefinition, CifarForm } from './cifar-definition.ts'
import { cifarForms } from './cifar-definition.ts'
import { readWhole, statOf } from './files.ts'
import { openedInMemory } from './in-memory.ts'

/** Location of the files of a format, and a function that reads one. */
interface Distribution {
  form: CifarForm
  where: string
  has(name: string): Promise<boolean>
  read(name: string): Promise<Uint8Array>
}

/**
 * Opens CIFAR-10 or CIFAR-100 as distributed: the binary or the python archive, its unpacked folder, or a folder that holds
 * one of them.
 */
export async function openCifar(dataset: CifarDefinition, path: string): Promise<OpenedImages> {
  const distribution = await findDistribution(dataset, path)
  const train = await readSplit(dataset, distribution, 'train')
  const test = await readSplit(dataset, distribution, 'test')
  const classNames = await namesIn(dataset, distribution)
  return openedInMemory({ train, test }, { normalisation: dataset.normalisation, classNames })
}

async function readSplit(
  dataset: CifarDefinition,
  { form, where, read }: Distribution,
  split: 'train' | 'test',
): Promise<ImageSet> {
  const files = []
  for (const name of dataset.forms[form][split]) {
    files.push({ name: join(where, name), bytes: await read(name) })
  }
  return readCifar(dataset, form, files)
}

/** The numbers of the classes where their names are not there. */
async function namesIn(dataset: CifarDefinition, { form, where, has, read }: Distribution): Promise<string[]> {
  const { classes, forms } = dataset
  const { names } = forms[form]
  if (await has(names)) return cifarNames(dataset, form, { name: join(where, names), bytes: await read(names) })
  return Array.from({ length: classes }, (_, label) => String(label))
}

async function findDistribution(dataset: CifarDefinition, path: string): Promise<Distribution> {
  const found = await statOf(path)
  if (found === null) throw new ExitlabError('data', `data.path: ${path} does not exist; expected ${expected(dataset)}`)
  if (found.isFile()) return distributionInArchive(dataset, path)
  if (!found.isDirectory()) throw noDataset(dataset, path)
  for (const form of cifarForms) {
    const { folder } = dataset.forms[form]
    for (const candidate of [path, join(path, folder)]) {
      const distribution = await distributionInFolder(dataset, form, candidate)
      if (distribution) return distribution
    }
  }
  for (const form of cifarForms) {
    const archive = join(path, dataset.forms[form].archive)
    if ((await statOf(archive))?.isFile()) return distributionInArchive(dataset, archive)
  }
  throw noDataset(dataset, path)
}

/** Null if none of the files exist. @throws ExitlabError `data` if only some exist. */
async function distributionInFolder(
  dataset: CifarDefinition,
  form: CifarForm,
  where: string,
): Promise<Distribution | null> {
  const missing = []
  const names = namesOf(dataset, form)
  for (const name of names) {
    if (!(await statOf(join(where, name)))?.isFile()) missing.push(name)
  }
  if (missing.length === names.length) return null
  if (missing.length > 0) throw incomplete(where, missing)
  return {
    ...{ form, where },
    has: async (name) => (await statOf(join(where, name)))?.isFile() === true,
    read: (name) => readWhole(join(where, name)),
  }
}

async function distributionInArchive(dataset: CifarDefinition, archive: string): Promise<Distribution> {
  const wanted = wantedOf(dataset)
  const content = await readArchive(archive, (name) => wanted.has(basename(name)))
  const files = new Map(Array.from(content, ([name, bytes]) => [basename(name), bytes]))
  const form = cifarForms.find((each) => namesOf(dataset, each).some((name) => files.has(name)))
  if (!form) {
    throw new ExitlabError(
      'data',
      `data.path: ${archive} is not an archive of ${dataset.name}; expected ${expected(dataset)}`,
    )
  }
  const missing = namesOf(dataset, form).filter((name) => !files.has(name))
  if (missing.length > 0) throw incomplete(archive, missing)
  return { form, where: archive, has: async (name) => files.has(name), read: async (name) => files.get(name)! }
}

function namesOf(dataset: CifarDefinition, form: CifarForm): string[] {
  const { train, test } = dataset.forms[form]
  return [...train, ...test]
}

/** Files to extract from an archive. */
const wantedOf = (dataset: CifarDefinition) =>
  new Set(cifarForms.flatMap((form) => [...namesOf(dataset, form), dataset.forms[form].names]))

function expected(dataset: CifarDefinition): string {
  const { binary, python } = dataset.forms
  return `${binary.archive} or ${python.archive}, the unpacked folder (${binary.folder}, ${python.folder}), or a folder that contains one of these`
}

function noDataset(dataset: CifarDefinition, path: string): ExitlabError {
  return new ExitlabError('data', `data.path: ${path} does not hold ${dataset.name}; expected ${expected(dataset)}`)
}

function incomplete(where: string, missing: readonly string[]): ExitlabError {
  return new ExitlabError('data', `data.path: ${where} has no ${missing.join(', ')}; put the original files there`)
}

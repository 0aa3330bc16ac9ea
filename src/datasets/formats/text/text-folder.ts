import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { DatasetOptions, OpenedText } from '../../dataset.ts'
import { entriesOf, forEach, requireFolder, statOf } from '../files.ts'
import { byCodeUnit, foldersIn } from '../walk-folder.ts'
import { linesOf, readText } from './decode-text.ts'
import { openedText, type LabelledTexts } from './opened-text.ts'

const expected =
  'a folder of train/CLASS/… and test/CLASS/… or of CLASS/… alone, where each file is a text; or of CLASS.txt files, where each ' +
  'line is a text (in train and test, or alone)'

/** Opens a folder of texts: a folder or a file a class. Without a folder train, a share is held back as test texts. */
export async function openTextFolder({ testFraction }: DatasetOptions, path: string): Promise<OpenedText> {
  await requireFolder(path, expected)
  const isSplit = (await statOf(join(path, 'train')))?.isDirectory() === true
  if (!isSplit) return openedText({ train: await classesIn(path), test: null }, { testFraction, path })
  const test = join(path, 'test')
  if (!(await statOf(test))?.isDirectory()) {
    throw new ExitlabError('data', `data.path: ${path} has a folder train but no folder test; expected ${expected}`)
  }
  return openedText(
    { train: await classesIn(join(path, 'train')), test: await classesIn(test) },
    { testFraction, path },
  )
}

interface Labelled {
  text: string
  label: string
}

/** Class after class, files sorted by name, so that the order is the same on every machine. */
async function classesIn(folder: string): Promise<LabelledTexts> {
  const folders = await foldersIn(folder)
  const files = (await visibleIn(folder)).filter((name) => !folders.includes(name) && name.endsWith('.txt'))
  if (folders.length > 0 && files.length > 0) {
    throw new ExitlabError(
      'data',
      `data.path: ${folder} has folders (${folders[0]}) and .txt files (${files[0]}); expected a folder a class, or a file a class`,
    )
  }
  const classes: Labelled[][] = []
  for (const label of folders) classes.push(await filesOf(join(folder, label), label))
  for (const name of files) classes.push(await linesIn(join(folder, name), name.slice(0, -'.txt'.length)))
  const texts = classes.flat()
  if (texts.length === 0) throw new ExitlabError('data', `data.path: ${folder} has no texts; expected ${expected}`)
  return { first: texts.map(({ text }) => text), second: null, targets: texts.map(({ label }) => label) }
}

async function filesOf(folder: string, label: string): Promise<Labelled[]> {
  const names = await visibleIn(folder)
  const texts: Labelled[] = []
  await forEach(names, async (name, index) => {
    texts[index] = { text: await readText(join(folder, name)), label }
  })
  return texts
}

async function linesIn(path: string, label: string): Promise<Labelled[]> {
  const lines = linesOf(await readText(path)).filter((line) => line.trim() !== '')
  return lines.map((text) => ({ text, label }))
}

async function visibleIn(folder: string): Promise<string[]> {
  const names = (await entriesOf(folder)).map(({ name }) => name)
  return names.filter((name) => !name.startsWith('.')).sort(byCodeUnit)
}

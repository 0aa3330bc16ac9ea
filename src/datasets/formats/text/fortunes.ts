import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { TextColumns } from '../../../shared/data/text-columns.ts'
import type { DatasetOptions, OpenedText } from '../../dataset.ts'
import { entriesOf, requireFolder, statOf } from '../files.ts'
import { byCodeUnit } from '../walk-folder.ts'
import { readText } from './decode-text.ts'
import { openedText } from './opened-text.ts'
import { readingEase } from './reading-ease.ts'

/** Files that hold texts of no topic. */
const withoutTopic = ['cookie', 'fortunes', 'miscellaneous']

/** Topics with fewer texts are no class: too few of them would be held back for validation and test. */
const fewestTexts = 100

/** The value that can be predicted from a text, as `columns.value`. */
const easeColumn = 'reading-ease'

/**
 * Opens the texts of the Debian packages fortunes and fortunes-min: one file for each topic, its texts separated by lines of `%`.
 * Topics with 100 texts or more are the classes; with `columns.value: reading-ease` the value of a text is its reading ease.
 */
export async function openFortunes({ columns, testFraction }: DatasetOptions, path: string): Promise<OpenedText> {
  if (columns !== undefined) requireEase(columns)
  await requireFolder(path, 'the files of the Debian packages fortunes and fortunes-min')
  const topics: { first: string[]; targets: string[] }[] = []
  for (const topic of await topicsIn(path)) {
    const file = join(path, topic)
    const first = textsOf(await readText(file))
    if (first.length >= fewestTexts) topics.push({ first, targets: first.map(() => topic) })
  }
  if (topics.length === 0) {
    throw new ExitlabError(
      'data',
      `data.path: no file of ${path} has ${fewestTexts} texts parted by lines of %; expected those of the Debian packages ` +
        'fortunes and fortunes-min',
    )
  }
  const first = topics.flatMap((topic) => topic.first)
  const targets =
    columns === undefined ? topics.flatMap((topic) => topic.targets) : Float32Array.from(first, readingEase)
  return openedText({ train: { first, second: null, targets }, test: null }, { testFraction, path })
}

function requireEase({ text, text2, label, value }: TextColumns): void {
  if (text === 'text' && text2 === undefined && label === undefined && value === easeColumn) return
  throw new ExitlabError(
    'data',
    `data.columns: fortunes have no columns but the text and its reading ease; expected { value: ${easeColumn} }, or leave it out`,
  )
}

/** Names with a dot are indices (`art.dat`) and links (`art.u8`). */
async function topicsIn(folder: string): Promise<string[]> {
  const names = (await entriesOf(folder))
    .map(({ name }) => name)
    .filter((name) => !name.includes('.') && !withoutTopic.includes(name))
  const files: string[] = []
  for (const name of names.sort(byCodeUnit)) {
    if ((await statOf(join(folder, name)))?.isFile()) files.push(name)
  }
  return files
}

/** Texts between lines of `%`, without blank ones. */
export function textsOf(content: string): string[] {
  return content
    .split(/^%[ \t]*\r?$/m)
    .map((text) => text.replace(/^\r?\n|\r?\n$/g, ''))
    .filter((text) => text.trim() !== '')
}

import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { OpenedText } from '../../dataset.ts'
import { readArchive } from '../archive.ts'
import { entriesOf, forEach, readWhole, statOf } from '../files.ts'
import { byCodeUnit, foldersIn } from '../walk-folder.ts'
import { openedText, type LabelledTexts } from './opened-text.ts'

const newsgroupsArchive = '20news-bydate.tar.gz'
const newsgroupsFolders = { train: '20news-bydate-train', test: '20news-bydate-test' } as const

const expected = `${newsgroupsArchive}, or a folder with it or with ${newsgroupsFolders.train} and ${newsgroupsFolders.test}`

/** A message: `alt.atheism/49960`. */
interface Message {
  path: string
  bytes: Uint8Array
}

type Messages = Record<keyof typeof newsgroupsFolders, Message[]>

/**
 * Opens 20 Newsgroups, the messages as they are: headers, footers and quotes kept, bytes read as Latin-1 (method 5.1). A class is a
 * newsgroup.
 */
export async function openNewsgroups(path: string): Promise<OpenedText> {
  const messages = await read(path)
  const parts = { train: labelled(messages.train), test: labelled(messages.test) }
  return openedText(parts, { testFraction: undefined, path })
}

/** Ordered by group, then by name: the same from an archive as from its folder. */
function labelled(messages: readonly Message[]): LabelledTexts {
  const sorted = messages.toSorted((a, b) => byCodeUnit(a.path, b.path))
  return {
    first: sorted.map(({ bytes }) => Buffer.from(bytes).toString('latin1')),
    second: null,
    targets: sorted.map(({ path }) => path.split('/')[0]!),
  }
}

async function read(path: string): Promise<Messages> {
  const found = await statOf(path)
  if (found?.isFile()) return checked(await inArchive(path), path)
  if (found?.isDirectory()) {
    if ((await statOf(join(path, newsgroupsFolders.train)))?.isDirectory()) return checked(await inFolder(path), path)
    const archive = join(path, newsgroupsArchive)
    if ((await statOf(archive))?.isFile()) return checked(await inArchive(archive), archive)
  }
  throw new ExitlabError('data', `data.path: ${path} does not hold 20 Newsgroups; expected ${expected}`)
}

function checked(messages: Messages, path: string): Messages {
  const missing = (['train', 'test'] as const).find((split) => messages[split].length === 0)
  if (missing === undefined) return messages
  throw new ExitlabError(
    'data',
    `data.path: ${path} has no messages in ${newsgroupsFolders[missing]}; expected ${expected}`,
  )
}

async function inArchive(path: string): Promise<Messages> {
  const files = await readArchive(path, (name) => placeOf(name) !== null)
  const messages: Messages = { train: [], test: [] }
  for (const [name, bytes] of files) {
    const { split, path } = placeOf(name)!
    messages[split].push({ path, bytes })
  }
  return messages
}

/** Of a file of the archive, perhaps in a folder around it; null where it is no message. */
function placeOf(name: string): { split: keyof Messages; path: string } | null {
  const [, train, test, path] =
    /(?:^|\/)(?:(20news-bydate-train)|(20news-bydate-test))\/([^/.][^/]*\/[^/.][^/]*)$/.exec(name) ?? []
  if (path === undefined) return null
  return { split: train !== undefined && test === undefined ? 'train' : 'test', path }
}

async function inFolder(path: string): Promise<Messages> {
  return {
    train: await messagesIn(join(path, newsgroupsFolders.train)),
    test: await messagesIn(join(path, newsgroupsFolders.test)),
  }
}

async function messagesIn(folder: string): Promise<Message[]> {
  if (!(await statOf(folder))?.isDirectory()) return []
  const messages: Message[] = []
  for (const group of await foldersIn(folder)) {
    await forEach(await entriesOf(join(folder, group)), async ({ name }) => {
      if (!name.startsWith('.')) {
        messages.push({ path: `${group}/${name}`, bytes: await readWhole(join(folder, group, name)) })
      }
    })
  }
  return messages
}

import { basename, dirname, extname, isAbsolute, join } from 'node:path'
import type { OpenDialogOptions, OpenDialogReturnValue, SaveDialogOptions, SaveDialogReturnValue } from 'electron'
import { makeFolders } from '../../files/make-folders.ts'
import { NoFileError, readRegularFileSync } from '../../files/regular-file.ts'
import { replaceFile } from '../../files/replace-file.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { OpenedText, SavedFile } from '../../shared/window/shell.ts'
import { asFolder, writtenFolder } from './saved-folder.ts'

/** The dialogs of the platform. */
interface NativeDialogs {
  save(options: SaveDialogOptions): Promise<SaveDialogReturnValue>
  open(options: OpenDialogOptions): Promise<OpenDialogReturnValue>
  showInFolder(path: string): void
  /** Folders of the user's files. */
  documents: string
}

export type Dialogs = ReturnType<typeof createDialogs>

/** No experiment file is near this size; a wrong choice shall not fill the page. */
const largestTextBytes = 4 << 20

const fileTypes: Record<string, string> = {
  '.csv': 'Comma-separated values',
  '.tex': 'LaTeX',
  '.svg': 'SVG drawing',
  '.pdf': 'PDF document',
  '.png': 'PNG picture',
  '.yaml': 'Experiment',
  '.json': 'JSON',
  '.txt': 'Text',
}

/** Asks the user for places, and reads and writes there. Each dialog begins where the last one ended. */
export function createDialogs({ save, open, showInFolder, documents }: NativeDialogs) {
  let folder = documents

  async function chooseFolder(): Promise<string | null> {
    const properties = ['openDirectory', 'createDirectory'] as const
    const { canceled, filePaths } = await open({ defaultPath: folder, properties: [...properties] })
    const [path] = filePaths
    if (canceled || path === undefined) return null
    folder = path
    return path
  }

  return {
    async saveFile(file: unknown): Promise<string | null> {
      const { name, bytes } = asFile(file)
      const { canceled, filePath } = await save({ defaultPath: join(folder, name), filters: filtersOf(name) })
      if (canceled || !filePath) return null
      folder = dirname(filePath)
      await written(filePath, bytes)
      return filePath
    },

    async openText(): Promise<OpenedText | null> {
      const filters = [
        { name: 'Experiments', extensions: ['yaml', 'yml', 'json'] },
        { name: 'All files', extensions: ['*'] },
      ]
      const { canceled, filePaths } = await open({ defaultPath: folder, filters, properties: ['openFile'] })
      const [path] = filePaths
      if (canceled || path === undefined) return null
      folder = dirname(path)
      return { name: basename(path), folder, text: textOf(path) }
    },

    async saveFolder(given: unknown): Promise<string | null> {
      const saved = asFolder(given)
      const parent = await chooseFolder()
      return parent === null ? null : writtenFolder(parent, saved)
    },

    chooseFolder,

    async chooseFiles(): Promise<string[]> {
      const { canceled, filePaths } = await open({ defaultPath: folder, properties: ['openFile', 'multiSelections'] })
      const [first] = filePaths
      if (canceled || first === undefined) return []
      folder = dirname(first)
      return filePaths
    },

    async showInFolder(path: unknown): Promise<void> {
      if (typeof path !== 'string' || !isAbsolute(path)) throw new ExitlabError('usage', 'Expected the path of a file.')
      showInFolder(path)
    },
  }
}

function asFile(file: unknown): SavedFile {
  const { name, bytes } = (file ?? {}) as Partial<SavedFile>
  const named = typeof name === 'string' && name !== '' && name === basename(name) && !name.includes('\\')
  if (!named || !(bytes instanceof Uint8Array)) throw new ExitlabError('usage', 'Expected a file to save.')
  return { name, bytes }
}

function filtersOf(name: string) {
  const ending = extname(name)
  const type = fileTypes[ending]
  return type ? [{ name: type, extensions: [ending.slice(1)] }] : []
}

async function written(path: string, bytes: Uint8Array): Promise<void> {
  try {
    makeFolders(dirname(path))
    await replaceFile(path, bytes)
  } catch (error) {
    throw new ExitlabError(
      'disk',
      `${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Choose another place, or free some space.`,
      { cause: error },
    )
  }
}

function textOf(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readRegularFileSync(path, largestTextBytes))
  } catch (error) {
    if (error instanceof NoFileError)
      throw new ExitlabError('usage', `${error.message}: it is no experiment file.`, { cause: error })
    const reason = error instanceof TypeError ? 'it is not text' : (error as NodeJS.ErrnoException).code
    throw new ExitlabError('data', `${path} cannot be read: ${reason}.`, { cause: error })
  }
}

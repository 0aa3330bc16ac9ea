import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { SavedFolder } from '../../shared/window/shell.ts'

/** Checks what the page wants to have written: nothing outside of the folder. @throws ExitlabError `usage` */
export function asFolder(given: unknown): SavedFolder {
  const { name, files } = (given ?? {}) as Partial<SavedFolder>
  const isSound = typeof name === 'string' && isName(name) && Array.isArray(files) && files.every(isFile)
  if (!isSound) throw new ExitlabError('usage', 'Expected a folder of files to save.')
  return { name, files }
}

const isName = (name: string) =>
  name !== '' && name !== '.' && name !== '..' && name === basename(name) && !name.includes('\\')

function isFile(file: unknown): boolean {
  const { path, bytes } = (file ?? {}) as Partial<SavedFolder['files'][number]>
  return typeof path === 'string' && path.split('/').every(isName) && bytes instanceof Uint8Array
}

/** Writes a new folder inside another: all of it, or nothing. @returns its path; it has a number where its name is taken. */
export function writtenFolder(parent: string, { name, files }: SavedFolder): string {
  const staging = join(parent, `.${name}.partial`)
  try {
    rmSync(staging, { recursive: true, force: true })
    for (const { path, bytes } of files) {
      const file = join(staging, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes, { flush: true })
    }
    const target = freePath(join(parent, name))
    renameSync(staging, target)
    return target
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    throw new ExitlabError(
      'disk',
      `Nothing was written to ${parent} (${(error as NodeJS.ErrnoException).code}). Choose another folder, or free some space.`,
      { cause: error },
    )
  }
}

function freePath(path: string): string {
  if (!existsSync(path)) return path
  for (let number = 2; ; number++) if (!existsSync(`${path}-${number}`)) return `${path}-${number}`
}

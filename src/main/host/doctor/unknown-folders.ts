import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sizeOf } from '../disk/disk-use.ts'
import { type Outcome, warning } from './check.ts'

export interface Kept {
  folder: string
  /** Whether the store knows what lies there under a name. */
  known: (name: string) => boolean
  /** What each belongs to. */
  owner: string
  remedy: string
}

/** Folders that the store does not know: of a store that was moved away, or of a purge that was cut short. */
export async function forgotten({ folder, known, owner, remedy }: Kept): Promise<Outcome[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const unknown = names.filter((name) => !known(name))
  if (unknown.length === 0) return []
  const bytes = await Promise.all(unknown.map((name) => sizeOf(join(folder, name))))
  const megabytes = (bytes.reduce((sum, size) => sum + size, 0) / 1e6).toFixed(1)
  const [count, verb] = unknown.length === 1 ? ['1 folder', 'belongs'] : [`${unknown.length} folders`, 'belong']
  return [warning(`${count} in ${folder} (${megabytes} MB) ${verb} to no ${owner}`, remedy)]
}

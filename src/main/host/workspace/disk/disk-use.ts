import { lstat, readdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sum } from '../../../../shared/statistics/statistics.ts'
import { evaluationFile, type Workspace } from '../../../store/workspace.ts'

/** Bytes of a file, or of all files in a folder; 0 if there is none. Files that vanish meanwhile count 0. */
export async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path).catch(nothing)
  if (found === null) return 0
  if (!found.isDirectory()) return found.size
  const names = (await readdir(path).catch(nothing)) ?? []
  return sum(await Promise.all(names.map((name) => sizeOf(join(path, name)))))
}

/** Bytes of the evaluations in the folders of phases. */
export async function evaluationBytes(workspace: Workspace, phases: readonly string[]): Promise<number> {
  return sum(await Promise.all(phases.map((id) => sizeOf(evaluationFile(workspace, id)))))
}

/** Below a file, or below a link that leads in a circle, there is nothing either. */
const absences = ['ENOENT', 'ENOTDIR', 'ELOOP']

function nothing(error: NodeJS.ErrnoException): null {
  if (absences.includes(error.code ?? '')) return null
  throw error
}

/** Bytes that may still be written where a folder is, or will be made. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error
    return freeBytes(dirname(folder))
  }
}

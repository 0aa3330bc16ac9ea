import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Workspace } from './workspace.ts'

/** As much as SQLite's journal takes before it is written over again (1,000 pages). Random, for zeros may take no space. */
const reserveBytes = 4 * 2 ** 20

/** Keeps space that is given up when runs are deleted on a full disk. Where there is none now, a later host keeps it. @returns whether it is kept. */
export function keepReserve({ reserve }: Workspace): boolean {
  if (existsSync(reserve)) return true
  const partial = `${reserve}.partial`
  try {
    writeFileSync(partial, randomBytes(reserveBytes))
    renameSync(partial, reserve)
    return true
  } catch {
    rmSync(partial, { force: true })
    return false
  }
}

/** Does what frees space: if the disk refuses it, once more without the reserve. `givenUp`: told of the refusal. */
export function withReserve<T>({ reserve }: Workspace, work: () => T, givenUp?: (refusal: ExitlabError) => void): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ExitlabError) || error.code !== 'disk' || !existsSync(reserve)) throw error
    rmSync(reserve)
    givenUp?.(error)
    return work()
  }
}

import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { SetupFailure } from './failure.mjs'
import { productModule } from './places.mjs'

/**
 * Whether a command could write its workspace, before much is fetched for it. Where nothing has to be fetched, the command says so itself.
 * @param {readonly string[]} args of the command
 * @throws SetupFailure where the workspace could not be made, or not be written
 */
export async function requireWritableWorkspace(args) {
  const folder = await workspaceOf(args)
  let there = folder
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  try {
    if (!statSync(there).isDirectory()) throw Object.assign(new Error(`${there} is a file`), { code: 'ENOTDIR' })
    accessSync(there, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    throw new SetupFailure(
      `The workspace ${folder} cannot be written (${code}: ${there}). Nothing was fetched.`,
      'Give this user write permission, or choose another folder with --workspace DIR or EXITLAB_WORKSPACE.',
      { cause: error },
    )
  }
}

/** @param {readonly string[]} args */
async function workspaceOf(args) {
  const { values } = parseArgs({ args: [...args], options: { workspace: { type: 'string' } }, strict: false })
  if (typeof values.workspace === 'string') return resolve(values.workspace)
  /** @type {typeof import('../../src/files/user-folders.ts')} */
  const { defaultWorkspace } = await import(productModule('files/user-folders'))
  return resolve(defaultWorkspace())
}

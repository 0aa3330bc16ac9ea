import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { severalMeant } from '../../../shared/runs/references.ts'
import { refuseOddPath, refuseOddPlace } from '../../../files/odd-path.ts'
import { makeFolders } from '../../../files/make-folders.ts'

/** The id of a phase, which is the name of its folder. */
const phaseName = /^[0-9a-f]{64}$/

/** The folder of a phase in a depot, a folder of phases that several machines may fill. */
export function phaseFolder(depot: string, phaseId: string): string {
  return join(depot, phaseId)
}

/** Makes the folder of a depot where it is missing. @throws ExitlabError `usage` where it is a file, `disk` */
export function makeDepot(depot: string): void {
  refuseOtherDepot(depot)
  try {
    makeFolders(depot)
  } catch (error) {
    refuseOddPath(depot, error)
    const { message } = error as Error
    throw new ExitlabError('disk', `The depot ${depot} cannot be made (${message}). Choose another path.`, {
      cause: error,
    })
  }
}

/** Refuses a depot that is there and no folder, and a path at which none can be. @throws ExitlabError */
export function refuseOtherDepot(depot: string): void {
  refuseOddPlace(depot)
  if (existsSync(depot) && !statSync(depot).isDirectory()) throw noFolder(depot)
}

/** Ids of the phases in a depot, sorted; other files and folders in it are left alone. @throws ExitlabError `not-found`, or `usage` where it is a file */
export async function phaseIds(depot: string): Promise<string[]> {
  const entries = await readdir(depot, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw noDepot(depot, error)
  })
  return entries.flatMap((entry) => (entry.isDirectory() && phaseName.test(entry.name) ? [entry.name] : [])).sort()
}

/** The phase in a depot whose id begins like this. @throws ExitlabError `not-found`, or `conflict` where several do. */
export async function resolvePhase(depot: string, reference: string): Promise<string> {
  if (phaseName.test(reference)) return reference
  const found = (await phaseIds(depot)).filter((id) => reference !== '' && id.startsWith(reference))
  if (found.length === 1) return found[0]!
  if (found.length === 0) throw new ExitlabError('not-found', `There is no phase “${reference}” in the depot ${depot}.`)
  throw severalMeant(reference, `${found.length} phases of the depot ${depot}`, found.slice(0, 10))
}

function noDepot(depot: string, error: NodeJS.ErrnoException): unknown {
  refuseOtherDepot(depot)
  if (error.code === 'ENOENT') return new ExitlabError('not-found', `There is no depot ${depot}.`)
  return new ExitlabError('disk', `The depot ${depot} cannot be read (${error.code}).`, { cause: error })
}

const noFolder = (depot: string) =>
  new ExitlabError('usage', `${depot} is a file, and a depot is a folder of phases. Choose another path.`)

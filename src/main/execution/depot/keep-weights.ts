import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { PhaseDefinition } from '../../../contract/experiment/phase-definition.ts'
import { makeFolders } from '../../../files/make-folders.ts'
import { copyVerified, faultOf, type ExpectedFile } from '../../../files/verified-file.ts'

/** Files of weights that phases of a depot start from, each under its SHA-256. */
const weightsFolder = (depot: string): string => join(depot, 'weights')

const keptFile = (depot: string, sha256: string): string => join(weightsFolder(depot), sha256)

/**
 * Brings the file of weights that a phase starts from into its depot, as whoever trains it may not see where it lies. Nothing where it
 * cannot be had: then the training says why.
 */
export async function keepWeights(depot: string, { initial }: Pick<PhaseDefinition, 'initial'>): Promise<void> {
  if (initial.kind === 'weights') await copyMissing({ path: initial.source, sha256: initial.sha256 }, depot)
}

/** A definition with the file of weights that its depot keeps, wherever that depot is now. Its id is the same. */
export function withKeptWeights(depot: string, definition: PhaseDefinition): PhaseDefinition {
  const { initial } = definition
  if (initial.kind !== 'weights' || !existsSync(keptFile(depot, initial.sha256))) return definition
  return { ...definition, initial: { ...initial, source: keptFile(depot, initial.sha256) } }
}

/** Copies the files of weights that one depot keeps into another. @returns paths of those that are damaged, which are left where they are. */
export async function mergeWeights(source: string, target: string): Promise<string[]> {
  const damaged: string[] = []
  for (const expected of keptFiles(source))
    if ((await copyMissing(expected, target)) !== null) damaged.push(expected.path)
  return damaged
}

/** Paths of damaged files among the weights that a depot keeps. */
export async function damagedWeights(depot: string): Promise<string[]> {
  const damaged: string[] = []
  for (const expected of keptFiles(depot)) if ((await faultOf(expected)) !== null) damaged.push(expected.path)
  return damaged
}

/** @returns the fault of a file that is not copied, as `faultOf`. */
async function copyMissing(expected: ExpectedFile, depot: string): Promise<string | null> {
  const kept = keptFile(depot, expected.sha256)
  if (existsSync(kept)) return null
  makeFolders(weightsFolder(depot))
  return copyVerified(expected, kept)
}

const keptFiles = (depot: string): ExpectedFile[] =>
  weightsBut(depot, new Set()).flatMap(({ path }) => {
    const sha256 = basename(path)
    return /^[0-9a-f]{64}$/.test(sha256) ? [{ path, sha256 }] : []
  })

/** Files of weights in a depot other than those of these SHA-256, and their bytes. */
export function weightsBut(depot: string, needed: ReadonlySet<string>): { path: string; bytes: number }[] {
  const folder = weightsFolder(depot)
  const names = existsSync(folder) ? readdirSync(folder) : []
  const paths = names.filter((name) => !needed.has(name)).map((name) => join(folder, name))
  // Another process may be bringing one, which then gets its name.
  return paths.flatMap((path) => {
    const found = lstatSync(path, { throwIfNoEntry: false })
    return found === undefined ? [] : [{ path, bytes: found.size }]
  })
}

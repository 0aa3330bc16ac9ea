import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PhaseDefinition } from '../../experiment/phase-definition.ts'
import { partialSuffix } from '../files/durable-file.ts'
import { makeFolders } from '../files/make-folders.ts'
import { copyVerified } from '../files/verified-file.ts'

/** Files of weights that phases of a depot start from, each under its SHA-256. */
const weightsFolder = (depot: string): string => join(depot, 'weights')

/**
 * Brings the file of weights that a phase starts from into its depot, as whoever trains it may not see where it lies.
 * @returns the definition with that file, whose id is the same; as it was where the file cannot be had: then the training says why.
 */
export async function keepWeights(depot: string, definition: PhaseDefinition): Promise<PhaseDefinition> {
  const { initial } = definition
  if (initial.kind !== 'weights') return definition
  const { sha256, source } = initial
  const kept = join(weightsFolder(depot), sha256)
  if (!existsSync(kept)) {
    makeFolders(weightsFolder(depot))
    if ((await copyVerified({ path: source, sha256 }, kept)) !== null) return definition
  }
  return { ...definition, initial: { ...initial, source: kept } }
}

/** Files of weights in a depot other than those of these SHA-256, and their bytes. */
export function weightsBut(depot: string, needed: ReadonlySet<string>): { path: string; bytes: number }[] {
  const folder = weightsFolder(depot)
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names
    .filter((name) => !needed.has(name) || name.endsWith(partialSuffix))
    .map((name) => ({ path: join(folder, name), bytes: statSync(join(folder, name)).size }))
}

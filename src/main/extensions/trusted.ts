import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ExitlabError } from '../../shared/error.ts'
import type { ExtensionState } from '../../shared/extension-state.ts'
import { readSealed } from '../files/sealed-json.ts'
import type { Environment } from '../host/paths.ts'
import { hashOf } from './archive.ts'
import { collect } from './collect.ts'
import { announceExtensions, loadedExtensions } from './launch.ts'
import { registerExtension } from './register.ts'
import { type Trust, trust, trustedArchive, trustFolder } from './trust.ts'

/** Why extensions could not be loaded when this process started, by their hashes. */
const refusals = new Map<string, string>()

/** What the user has agreed to, the latest content of each file. */
export async function trustedFiles(environment: Environment): Promise<Trust[]> {
  const folder = trustFolder(environment)
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith('.trust.json')) : []
  const records = await Promise.all(names.map((name) => readSealed(join(folder, name), trust)))
  const inOrder = records.filter((each) => each !== null).sort((a, b) => a.at - b.at || a.file.localeCompare(b.file))
  return [...new Map(inOrder.map((each) => [each.file, each])).values()]
}

/** The content of a file now; null where it is missing. @throws ExitlabError where it is no extension any more. */
async function contentOf(file: string) {
  try {
    return await collect(file)
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'not-found') return null
    throw error
  }
}

/**
 * Loads what the user has agreed to and what has not changed since, for a workbench. What cannot be loaded is left out, and the
 * list of extensions says why.
 */
export async function loadTrusted(environment: Environment): Promise<void> {
  for (const { file, sha256 } of await trustedFiles(environment)) {
    const others = loadedExtensions()
    if (others.some((each) => each.sha256 === sha256)) continue
    try {
      const archive = await contentOf(file)
      if (archive === null || hashOf(archive) !== sha256) continue
      const origin = await registerExtension(archive, file, others)
      announceExtensions([...others, { ...origin, archive: trustedArchive(sha256, environment) }])
    } catch (error) {
      if (!(error instanceof ExitlabError)) throw error
      refusals.set(sha256, error.message)
    }
  }
}

/** What the user has agreed to and what this process has loaded, each with how it stands with it. */
export async function extensionStates(environment: Environment): Promise<ExtensionState[]> {
  const loaded = loadedExtensions().map(({ archive: _, ...origin }) => origin)
  const trusted = await trustedFiles(environment)
  const others = loaded.filter(({ sha256 }) => !trusted.some((each) => each.sha256 === sha256))
  const all = [...trusted, ...others.map((each) => ({ ...each, at: null }))]
  return Promise.all(
    all.map(async ({ file, sha256, at }) => {
      const name = loaded.find((each) => each.sha256 === sha256)?.extension ?? null
      return { file, sha256, trustedAt: at, name, ...(await stateOf({ file, sha256 })) }
    }),
  )
}

async function stateOf({
  file,
  sha256,
}: Pick<Trust, 'file' | 'sha256'>): Promise<Pick<ExtensionState, 'state' | 'problem'>> {
  try {
    const now = await contentOf(file)
    if (now !== null && hashOf(now) !== sha256) return { state: 'changed', problem: null }
    if (loadedExtensions().some((each) => each.sha256 === sha256)) return { state: 'loaded', problem: null }
    const problem = refusals.get(sha256) ?? null
    return { state: now === null ? 'missing' : problem === null ? 'not-loaded' : 'refused', problem }
  } catch (error) {
    if (error instanceof ExitlabError) return { state: 'changed', problem: error.message }
    throw error
  }
}

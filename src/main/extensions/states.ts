import { existsSync } from 'node:fs'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExtensionState, UsedExtension } from '../../shared/extensions/extension-state.ts'
import type { Environment } from '../../files/user-folders.ts'
import { hashOf } from './archive.ts'
import { keptArchive } from './keep.ts'
import { isLoaded, loadedExtensions } from './launch.ts'
import { contentOf, refusals, trustedFiles } from './trusted.ts'

type Listed = Pick<ExtensionState, 'file' | 'sha256' | 'trustedAt'>

/**
 * What the user has agreed to, what this process has loaded, and what runs were trained with, each with how it stands with it. Former
 * contents of a file are counted with it. `folder`: of the workspace.
 */
export async function extensionStates(
  used: readonly UsedExtension[],
  { environment, folder }: { environment: Environment; folder: string },
): Promise<ExtensionState[]> {
  const loaded = loadedExtensions().map(({ file, sha256 }) => ({ file, sha256, trustedAt: null }))
  const trusted = (await trustedFiles(environment)).map(({ at, ...rest }) => ({ ...rest, trustedAt: at }))
  const here: Listed[] = [...trusted, ...loaded.filter(({ sha256 }) => !has(trusted, { sha256 }))]
  const elsewhere = used.filter(({ file, sha256 }) => !has(here, { sha256 }) && !has(here, { file }))
  const all = [
    ...here,
    ...new Map(elsewhere.map(({ file, sha256 }) => [file, { file, sha256, trustedAt: null }])).values(),
  ]
  return Promise.all(
    all.map(async ({ file, sha256, trustedAt }) => {
      const use = used.find((each) => each.sha256 === sha256)
      const former = used.filter((each) => each.file === file && each.sha256 !== sha256)
      const copy = keptArchive(folder, sha256)
      return {
        ...{ file, sha256, trustedAt, methods: use?.methods ?? [], runs: use?.runs.size ?? 0 },
        formerRuns: new Set(former.flatMap(({ runs }) => [...runs])).size,
        copy: existsSync(copy) ? copy : null,
        ...(has(here, { sha256 }) ? await stateOf({ file, sha256 }) : { state: 'untrusted' as const, problem: null }),
      }
    }),
  )
}

const has = (all: readonly Listed[], { file, sha256 }: Partial<Listed>) =>
  all.some((each) => each.file === file || each.sha256 === sha256)

async function stateOf({
  file,
  sha256,
}: Omit<Listed, 'trustedAt'>): Promise<Pick<ExtensionState, 'state' | 'problem'>> {
  try {
    const now = await contentOf(file)
    if (now !== null && hashOf(now) !== sha256) return { state: 'changed', problem: null }
    if (isLoaded(sha256)) return { state: 'loaded', problem: null }
    const problem = refusals.get(sha256) ?? null
    return { state: now === null ? 'missing' : problem === null ? 'not-loaded' : 'refused', problem }
  } catch (error) {
    if (error instanceof ExitlabError) return { state: 'changed', problem: error.message }
    throw error
  }
}

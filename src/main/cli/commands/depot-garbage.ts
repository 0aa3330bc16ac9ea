import { resolve } from 'node:path'
import { bytes, plural } from '../../../shared/format/numbers.ts'
import type { Garbage } from '../../execution/depot/collect-garbage.ts'
import { commandLine, type Context, print, printJson } from '../context.ts'
import type { JsonOption } from '../options.ts'

export interface GarbageCommandOptions extends JsonOption {
  keep?: string[]
  yes?: boolean
}

/** `depot gc`: removes what no run of some workspaces needs, or prints how much that is. */
export async function collectGarbageOf(
  context: Context,
  folder: string,
  { keep, yes = false, json }: GarbageCommandOptions,
): Promise<void> {
  const [{ collectGarbage }, { lockOwnWorkspace, workspaceOfDepot }] = await Promise.all([
    import('../../execution/depot/collect-garbage.ts'),
    import('../../host/open/depot-workspaces.ts'),
  ])
  const depot = resolve(context.workingFolder, folder)
  const own = workspaceOfDepot(depot)
  const kept = keep?.map((each) => resolve(context.workingFolder, each))
  const lock = yes ? lockOwnWorkspace(depot) : null
  try {
    const needed = kept && (await phasesReader([...kept, ...(own === null ? [] : [own])]))
    const garbage = await collectGarbage(depot, { needed: needed ?? null, remove: yes })
    if (json) return printJson(context.stdout, { ...garbage, removed: yes })
    print(context.stdout, linesOf(garbage, yes))
    if (!yes && garbage.phases.length + garbage.files > 0)
      print(context.stdout, ['Nothing was removed. To remove it:', `→ ${again(context, depot, kept)}`])
  } finally {
    lock?.release()
  }
}

/** Reads, each time, the phases of all runs of some workspaces. @throws ExitlabError where one is no workspace. */
async function phasesReader(workspaces: readonly string[]): Promise<() => Set<string>> {
  const { phasesOfWorkspace } = await import('../../host/open/depot-workspaces.ts')
  return () => new Set(workspaces.flatMap(phasesOfWorkspace))
}

function linesOf({ phases, files, bytes: size, busy, submitted, parents }: Garbage, removed: boolean): string[] {
  const left = [
    [busy, 'in work'],
    [submitted, 'with a submitted job'],
    [parents, 'from which one of these starts'],
  ] as const
  const what = `${plural(phases.length, 'phase')} and ${plural(files, 'file')} of others`
  return [
    ...left.flatMap(([ids, why]) => (ids.length === 0 ? [] : [`Left alone: ${plural(ids.length, 'phase')} ${why}.`])),
    `${what} ${removed ? 'are' : 'would be'} removed: ${bytes(size)}.`,
  ]
}

function again(context: Context, depot: string, keep: readonly string[] | undefined): string {
  return commandLine(context, ['depot', 'gc', depot, ...(keep ? ['--keep', ...keep] : []), '--yes'])
}

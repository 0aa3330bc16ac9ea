import { ExitlabError } from '../../../shared/basics/error.ts'
import type { ImportedResult } from '../../../shared/runs/imported.ts'
import { nearestWord } from '../../../shared/text/nearest-word.ts'
import { severalMeant } from '../../../shared/runs/references.ts'
import type { Store } from '../../store/open.ts'
import { namesRuns } from './references.ts'

/**
 * Parts references into those of runs, or of nothing, and the imported results that they mean: by their id, name or experiment, so that a name
 * may mean both, or by the beginning of an id that is none of a run.
 */
export function splitReferences(store: Store, references: readonly string[]) {
  if (store.imports.isEmpty()) return { runs: [...references], imports: [] }
  const imports = new Map<string, ImportedResult>()
  const runs = [...new Set(references)].filter((reference) => {
    // The window names runs by their ids, thousands at once.
    if (store.runs.get(reference) !== null) return true
    const isOfRuns = namesRuns(store, reference)
    const found = isOfRuns ? store.imports.find(reference).filter(isNamed(reference)) : meantBy(store, reference)
    for (const each of found) imports.set(each.id, each)
    return isOfRuns || found.length === 0
  })
  return { runs, imports: [...imports.values()] }
}

/** The imported results that references mean, each once. @throws ExitlabError `not-found` with the nearest name, or `conflict` where one is the beginning of several ids. */
export function resolveImports(store: Store, references: readonly string[]): ImportedResult[] {
  const found = new Map<string, ImportedResult>()
  for (const reference of new Set(references)) {
    const meant = meantBy(store, reference)
    if (meant.length === 0) throw unknown(store, reference)
    for (const each of meant) found.set(each.id, each)
  }
  return [...found.values()]
}

/** @throws ExitlabError `conflict` where it is the beginning of several ids. */
function meantBy(store: Store, reference: string): ImportedResult[] {
  const found = store.imports.find(reference)
  if (found.length < 2 || found.some(isNamed(reference))) return found
  const lines = found.map(({ id, name, seed }) => `${id.slice(0, 12)}  ${name}, seed ${seed}`)
  throw severalMeant(reference, 'several imported results', lines)
}

/** Whether a result has this id, name or experiment, not just the beginning of an id. */
const isNamed =
  (reference: string) =>
  ({ id, name, experiment }: ImportedResult): boolean =>
    [id, name, experiment].includes(reference)

function unknown(store: Store, reference: string): ExitlabError {
  const nearest = nearestWord(reference, [...new Set(store.imports.all().map(({ name }) => name))])
  const hint = nearest === undefined ? '' : ` Did you mean “${nearest}”?`
  const fields = nearest === undefined ? { command: ['import', 'list'] } : {}
  return new ExitlabError('not-found', `There is no imported result “${reference}” in this workspace.${hint}`, fields)
}

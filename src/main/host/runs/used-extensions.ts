import type { Registered } from '../../../contract/registered.ts'
import { distinctBy } from '../../../shared/basics/distinct.ts'
import type { UsedExtension } from '../../../shared/extensions/extension-state.ts'
import type { MethodKind } from '../../../shared/methods/unknown-method.ts'
import type { Store } from '../../store/open.ts'

/** The extensions of methods, and the runs that use them: by their phases, or by a regime, which phases do not name. */
export function usedExtensions(store: Store, methods: Registered['methods']): UsedExtension[] {
  const here = methods.flatMap(({ kind, name, origin }) => {
    if (origin === null) return []
    const runs = kind === 'regime' ? store.extensionUses.ofRegime(name) : []
    return [{ ...origin, kind, name, runs }]
  })
  const stored = store.extensionUses.all().map(({ method, run, ...origin }) => {
    const [kind, name] = method.split(':') as [MethodKind, string]
    return { ...origin, kind, name, runs: [run] }
  })
  const byContent = Map.groupBy([...here, ...stored], ({ sha256 }) => sha256)
  return [...byContent.values()].map((uses) => ({
    file: uses[0]!.file,
    sha256: uses[0]!.sha256,
    methods: distinctBy(uses, ({ kind, name }) => `${kind}:${name}`).map(({ kind, name }) => ({ kind, name })),
    runs: new Set(uses.flatMap(({ runs }) => runs)),
  }))
}

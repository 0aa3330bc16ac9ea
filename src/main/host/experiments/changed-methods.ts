import { plural } from '../../../shared/format/numbers.ts'
import { shortHash } from '../../../shared/methods/method-origin.ts'
import { methodInWords, type MethodKind } from '../../../shared/methods/unknown-method.ts'
import type { Store } from '../../store/open.ts'
import type { Lineage } from './lineage.ts'

/** Why phases are trained anew that look the same: sentences on extensions whose content has changed since phases were trained with it. */
export function changedMethods(store: Store, { seeds, runsOf }: Pick<Lineage, 'seeds' | 'runsOf'>): string[] {
  const phases = runsOf(seeds[0]!).flatMap((run) => run.phases)
  const used = new Map(phases.flatMap(({ definition }) => Object.entries(definition.methods ?? {})))
  return [...used].flatMap(([key, { sha256, file }]) => {
    const { phases, sha256: former } = store.phases.ofOtherVersion(key, sha256)
    if (former === null) return []
    const [kind, name] = key.split(':') as [MethodKind, string]
    return [
      `The ${methodInWords({ kind, name })} of ${file} has changed: its sha256 was ${shortHash(former)}… for ${plural(phases, 'trained phase')}, it is ` +
        `${shortHash(sha256)}… now. Phases that use it are trained anew; the former ones stay as they are.`,
    ]
  })
}

import type { Problem } from '../../../../shared/basics/error.ts'
import { datasets } from '../../../../datasets/index.ts'
import { conditionalKeys, saysNothing, takenKeys } from '../../../../datasets/taken-keys.ts'
import { isRecord } from '../../../../shared/basics/json-schema.ts'

/** Keys of `data`, or of a phase, that only other data sets take. */
export function foreignKeys(source: unknown, data: Readonly<Record<string, unknown>>): Problem[] {
  if (typeof source !== 'string' || !datasets.has(source)) return []
  const taken = takenKeys(datasets.get(source))
  return conditionalKeys
    .filter((key) => !taken.includes(key) && !saysNothing(key, data[key]))
    .map((key) => {
      const takers = datasets.entries().flatMap(([name, each]) => (takenKeys(each).includes(key) ? [name] : []))
      return {
        path: [key],
        message: `${source} takes none: only ${takers.join(', ')} ${takers.length === 1 ? 'does' : 'do'}; leave it out`,
      }
    })
}

/** Mixing, of `data` or of a phase, that mixes nothing. */
export function mixingOff(mixing: unknown): Problem[] {
  if (!isRecord(mixing) || mixing['mixupAlpha'] !== 0 || mixing['cutmixAlpha'] !== 0) return []
  return [{ path: ['mixing'], message: 'both alphas are 0, which disables mixing; use mixing: null instead' }]
}

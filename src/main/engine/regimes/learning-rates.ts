import { settingRefused } from '../../../shared/error.ts'
import type { PhaseSpec } from '../../../shared/phase.ts'
import type { WrittenPhase } from '../../../shared/written-phase.ts'
import { backboneGroups, noSuchPart, partsNamed, type PhasePlace } from './parts.ts'

/** With the factors of its learning rates, by part; those of 1 are left out. */
export function withRates<Phase extends PhaseSpec>(
  phase: Phase,
  { learningRates }: WrittenPhase,
  { network, path }: PhasePlace,
): PhaseSpec {
  if (learningRates === undefined) return phase
  const factors = new Map<string, number>()
  for (const [part, factor] of Object.entries(learningRates)) {
    const found = part === 'backbone' ? backboneGroups(network) : partsNamed(network, part)
    const trained = found.filter((group) => phase.trains.includes(group))
    const at = [...path, 'learningRates', part]
    if (found.length === 0) throw settingRefused(at, noSuchPart(network, part))
    if (trained.length === 0) throw settingRefused(at, `the phase does not train ${part}; leave it out`)
    trained.forEach((group) => factors.set(group, factor))
  }
  const rates = phase.trains.flatMap((group) => {
    const factor = factors.get(group) ?? 1
    return factor === 1 ? [] : [[group, factor] as const]
  })
  return rates.length === 0 ? phase : { ...phase, learningRates: Object.fromEntries(rates) }
}

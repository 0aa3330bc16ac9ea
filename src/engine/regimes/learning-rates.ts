import { settingRefused } from '../../shared/basics/error.ts'
import type { PhaseSpec } from '../../shared/phases/phase.ts'
import type { WrittenPhase } from '../../shared/phases/written-phase.ts'
import { backboneGroups, noSuchPart, partsNamed, type PhasePlace } from './parts.ts'

/** A key of `learningRates`: the groups that it names. */
interface Rate {
  part: string
  factor: number
  groups: readonly string[]
}

/** With the factors of its learning rates, by part; those of 1 are left out. */
export function withRates<Phase extends PhaseSpec>(
  phase: Phase,
  { learningRates }: WrittenPhase,
  { network, path }: PhasePlace,
): PhaseSpec {
  if (learningRates === undefined) return phase
  const refused = (part: string, why: string) => settingRefused([...path, 'learningRates', part], why)
  const written = Object.entries(learningRates).map(([part, factor]): Rate => {
    const groups = part === 'backbone' ? backboneGroups(network) : partsNamed(network, part)
    if (groups.length === 0) throw refused(part, noSuchPart(network, part))
    if (!groups.some((group) => phase.trains.includes(group)))
      throw refused(part, `the phase does not train ${part}; leave it out`)
    return { part, factor, groups }
  })
  const rates = phase.trains.flatMap((group) => {
    const [first, ...others] = mostSpecific(written, group)
    const rival = others.find(({ factor }) => factor !== first!.factor)
    if (rival) throw refused(rival.part, ambiguous(first!, group))
    return first === undefined || first.factor === 1 ? [] : [[group, first.factor] as const]
  })
  return rates.length === 0 ? phase : { ...phase, learningRates: Object.fromEntries(rates) }
}

/** Keys that name a group and the fewest others: the order of keys is no part of what identifies a training. */
function mostSpecific(rates: readonly Rate[], group: string): Rate[] {
  const naming = rates.filter(({ groups }) => groups.includes(group))
  const fewest = Math.min(...naming.map(({ groups }) => groups.length))
  return naming.filter(({ groups }) => groups.length === fewest)
}

const ambiguous = ({ part }: Rate, group: string): string =>
  `${part} gives ${group} another factor, and names as many parts; give ${group} a key of its own`

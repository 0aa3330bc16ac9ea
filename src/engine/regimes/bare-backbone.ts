import type { WrittenPhase, WrittenRegime } from '../../shared/phases/written-phase.ts'
import { startOf } from './unfold.ts'

/** Whether the final exit of what a regime trains is the bare backbone: that is trained alone, then heads alone on it, frozen. */
export function keepsBareBackbone({ phases }: WrittenRegime): boolean {
  let at: number | null = phases.length - 1
  while (at !== null && trainsHeadsAlone(phases[at]!)) at = startOf(phases, at)
  return at !== null && at < phases.length - 1 && phases[at]!.trains === 'backbone'
}

const trainsHeadsAlone = ({ trains }: WrittenPhase): boolean =>
  typeof trains === 'string' ? trains === 'heads' : trains.every((part) => /^heads(\.|$)/.test(part))

import type { WrittenPhase } from '../../shared/phases/written-phase.ts'
import type { PhasePlace } from './parts.ts'

/** Name of a phase: its author's, with its exit where it is repeated, else what it trains. */
export function nameOfPhase({ name, trains, exits, cycle }: WrittenPhase, { network, exit }: PhasePlace): string {
  const final = network.exits.length - 1
  const label = exit === final ? 'final' : exit
  if (name !== undefined) return exit === null ? name : `${name} ${label}`
  if (trains === 'backbone' || trains === 'heads') return trains
  if (trains === 'segment') return `branch ${label}`
  if (typeof trains !== 'string') return trains.join(', ')
  if (cycle !== undefined) return 'exits in turn'
  switch (exits) {
    case undefined:
    case 'all':
      return 'all exits'
    case 'up-to-this':
      return `exits up to ${label}`
    case 'from-this':
      return `last ${final + 1 - exit!} exits`
    case 'this':
      return `exit ${label}`
    case 'final':
      return 'final exit'
    default:
      return `exits ${exits.join(', ')}`
  }
}

import { listed } from '../../shared/format/lists.ts'
import { plural } from '../../shared/format/numbers.ts'
import type { TrainingCostAnswer } from './schema.ts'

/** More phases are counted, not listed. */
const mostListed = 4

/** Which phases several series share, and how they count. */
export function sharedSentence({ shared }: Pick<TrainingCostAnswer, 'shared'>): string[] {
  if (shared.length === 0) return []
  return [`Phases that series share count in full for each of them, as if it were trained alone: ${phasesOf(shared)}.`]
}

function phasesOf(shared: TrainingCostAnswer['shared']): string {
  if (shared.length > mostListed) {
    const sharing = new Set(shared.flatMap(({ series }) => series))
    return `${shared.length} phases of ${plural(sharing.size, 'series', 'series')}`
  }
  return shared.map(({ phase, series }) => `${phase} of ${listed(series)}`).join('; ')
}

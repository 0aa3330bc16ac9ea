import { listed } from '../../shared/format/lists.ts'
import type { TrainingCostAnswer } from './schema.ts'

/** Which phases several series share, and how they count. */
export function sharedSentence({ shared }: Pick<TrainingCostAnswer, 'shared'>): string[] {
  if (shared.length === 0) return []
  const phases = shared.map(({ phase, series }) => `${phase} of ${listed(series)}`)
  return [`Phases that series share count in full for each of them, as if it were trained alone: ${phases.join('; ')}.`]
}

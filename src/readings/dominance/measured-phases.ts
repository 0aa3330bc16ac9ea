import { ExitlabError } from '../../shared/basics/error.ts'
import type { RunDominance } from '../given.ts'

/**
 * The phases in which it was measured, of all or of one by its id. @throws ExitlabError `not-found` where there is no such phase,
 * `conflict` where it was measured in none.
 */
export function measuredPhases({ run, phases }: RunDominance, phase: string | undefined) {
  const chosen = phases.filter(({ id }) => phase === undefined || id === phase)
  if (chosen.length === 0) throw new ExitlabError('not-found', `${run} has no phase ${phase}.`)
  const [first, ...others] = chosen.filter(({ epochs }) => epochs.length > 0)
  if (first) return [first, ...others] as const
  throw new ExitlabError(
    'conflict',
    `Gradient dominance of ${run} was not measured during training. Compute it at the best checkpoint, as an analysis.`,
    { command: ['analyse', 'gradient-dominance', run] },
  )
}

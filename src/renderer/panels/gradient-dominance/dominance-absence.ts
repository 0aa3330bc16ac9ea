import type { PhaseDetail } from '../../../shared/runs/runs.ts'
import type { RunDetail } from '../../../contract/run-detail.ts'

/** Why nothing was measured in a phase. */
export type Absence = 'one-exit' | 'frozen' | 'off' | 'to-come' | 'earlier'

/** Why a phase without measurements has none. */
export function absenceOf(run: RunDetail, phase: Pick<PhaseDetail, 'trains' | 'exits' | 'epochs'>): Absence {
  const { trains, exits, epochs } = phase
  const isExit = (group: string) => group.startsWith('heads.') || group === run.network.head || group === 'classifier'
  if (!trains.some((group) => !isExit(group))) return 'frozen'
  if (exits.length < 2) return 'one-exit'
  if (run.file.probes.gradientDominance === 0) return 'off'
  return epochs === 0 ? 'to-come' : 'earlier'
}

/** Explanation for the user. */
export const absenceWords: Record<Absence, string> = {
  'one-exit': 'This phase trains one exit: its gradient is the total gradient.',
  frozen: 'The backbone is frozen in this phase.',
  off: 'Switched off in the experiment (probes.gradientDominance is 0).',
  'to-come': 'Available after the first epoch.',
  earlier: 'Not measured during this phase.',
}

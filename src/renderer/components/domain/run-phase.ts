import type { Progress } from '../../../shared/phases/events.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'

/**
 * How far a run has come through its phases: the one that trains, or would train next, or of a run that is done the last one; its number
 * among them, from 1; and the fraction, 0…1, over all, in which a phase under way counts by its epochs up to the cap, which is known
 * while it trains. Null for a run without phases.
 */
export function phaseState({ phases, status }: RunSummary, progress?: Progress) {
  const running = phases.findIndex((phase) => phase.status === 'running')
  const open = phases.findIndex((phase) => phase.status !== 'done')
  const index = running !== -1 ? running : open !== -1 ? open : phases.length - 1
  const phase = phases[index]
  if (phase === undefined) return null
  const done = phases.filter((each) => each.status === 'done').length
  const within = progress?.phase === phase.id ? withinPhase(progress) : 0
  const fraction = status === 'done' ? 1 : (done + within) / phases.length
  return { phase, number: index + 1, of: phases.length, fraction }
}

function withinPhase({ epoch, maxEpochs, batch, batchesPerEpoch }: Progress): number {
  return Math.min(1, (epoch + batch / batchesPerEpoch) / maxEpochs)
}

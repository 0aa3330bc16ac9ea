import { plural } from '../../../../shared/format/numbers.ts'
import type { PhaseLineage } from '../../../../shared/phase-lineage.ts'

type Phase = PhaseLineage['phases'][number]

/** Where the outline's colour must say the rest. */
export function shortDetailOf(phase: Phase): string {
  if (phase.status === 'done') return countOf(phase)
  return phase.status === 'running' ? `epoch ${phase.epochs + 1} …` : phase.status === 'failed' ? 'failed' : 'not begun'
}

function countOf({ epochs }: Phase): string {
  return plural(epochs, 'epoch')
}

/** How far a phase is, in words. */
export function detailOf(phase: Phase): string {
  const { status, epochs } = phase
  const count = countOf(phase)
  if (status === 'done') return `done, ${count}`
  if (status === 'running') return `epoch ${epochs + 1}, running`
  if (status === 'failed') return `failed after ${count}`
  return epochs === 0 ? 'not begun' : `${count} so far`
}

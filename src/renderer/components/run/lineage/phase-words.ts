import type { RunDetail } from '../../../../contract/run-detail.ts'
import { objectiveWords } from '../../../../shared/methods/objective-words.ts'
import { settingWords } from '../../../../shared/experiment/setting-words.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import type { PhaseLineage } from '../../../../shared/phases/phase-lineage.ts'
import { ownObjective } from '../../domain/phase-setting.ts'

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

/** What phases of a run have of their own, each behind its number: `phase 2: training.learningRate 0.0001`; null where none has anything. */
export function ownSettingsInWords({ phases, file }: Pick<RunDetail, 'phases' | 'file'>): string | null {
  const own = phases.flatMap((phase, index) => {
    const objective = objectiveWords(ownObjective(file, phase))
    const words = [settingWords(phase.settings ?? {}), objective].filter(Boolean).join(', ')
    return words === '' ? [] : [`phase ${index + 1}: ${words}`]
  })
  return own.length === 0 ? null : own.join('; ')
}

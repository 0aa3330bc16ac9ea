import { nameForFrom, type WrittenPhase } from '../../../../shared/phases/written-phase.ts'
import { valueAt } from '../../setting/setting-value.ts'
import type { ExperimentDraft } from '../use-experiment-draft.ts'
import type { SettingPath } from '../yaml-text.ts'
import { exitsText, typedExits } from './written-parts.ts'

export type Repeat = 'once' | 'exit' | 'early-exit'

/** Phases of a regime as a draft has them. */
export function phasesAt(values: unknown, regime: number): WrittenPhase[] {
  const phases = valueAt(values, ['regimes', String(regime), 'phases'])
  return Array.isArray(phases) ? phases.filter((each) => typeof each === 'object' && each !== null) : []
}

/** Changes of one phase of a regime in a draft; what another choice rules out goes with it. */
export function phaseEdits(draft: ExperimentDraft, regime: number, index: number) {
  const path: SettingPath = ['regimes', regime, 'phases', index]
  const phases = () => phasesAt(draft.values.value, regime)
  const set = (key: SettingPath, value: unknown) => draft.set([...path, ...key], value)
  const drop = (...keys: (keyof WrittenPhase)[]) => {
    for (const key of keys) if (phases()[index]?.[key] !== undefined) set([key], undefined)
  }
  const isOfThis = () => /this/.test(exitsText(phases()[index] ?? {}))
  return {
    set,
    train(what: WrittenPhase['trains']): void {
      // The bare backbone has one exit, and cannot be repeated for others.
      if (what === 'backbone') drop('exits', 'cycle', 'stopsOn', 'forEach', 'order')
      if (what === 'segment' && phases()[index]?.forEach === undefined) set(['forEach'], 'exit')
      if (what === 'segment' && exitsText(phases()[index]!) === '') set(['exits'], 'this')
      set(['trains'], what)
    },
    /** Exits in the loss, as they are typed. */
    exits(text: string): void {
      const { exits, cycle } = typedExits(text)
      drop(...(exits === undefined ? (['exits'] as const) : []), ...(cycle === undefined ? (['cycle'] as const) : []))
      if (exits !== undefined) set(['exits'], exits)
      if (cycle !== undefined) set(['cycle'], cycle)
    },
    repeat(how: Repeat): void {
      if (how !== 'once') {
        if (phases()[index]?.trains !== 'segment' && !isOfThis()) set(['exits'], 'up-to-this')
        return set(['forEach'], how)
      }
      if (isOfThis()) drop('exits', 'cycle')
      drop('order', 'forEach')
      if (phases()[index]?.trains === 'segment') set(['trains'], 'all')
    },
    /** `start`: index of the phase that it starts from; `fresh`: as the first one does; null: from the one before. */
    startFrom(start: number | 'fresh' | null): void {
      if (typeof start === 'number') return set(['from'], nameFor(draft, { regime, phase: start, before: index }))
      set(['from'], start ?? undefined)
    },
  }
}

/** By which a later phase names this one; it is given a name where it has none that means it alone. */
function nameFor(
  draft: ExperimentDraft,
  { regime, phase, before }: { regime: number; phase: number; before: number },
): string {
  const names = phasesAt(draft.values.value, regime).slice(0, before).map(nameForFrom)
  const own = names[phase]
  if (own !== undefined && names.filter((name) => name === own).length === 1) return own
  const made = `phase ${phase + 1}`
  draft.set(['regimes', regime, 'phases', phase, 'name'], made)
  return made
}

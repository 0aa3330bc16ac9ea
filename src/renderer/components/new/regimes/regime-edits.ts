import type { KnownRegime } from '../../../../contract/experiments.ts'
import type { WrittenPhase } from '../../../../shared/phases/written-phase.ts'
import { valueAt } from '../../setting/setting-value.ts'
import { regimesOf } from '../regimes-and-seeds.ts'
import type { ExperimentDraft } from '../use-experiment-draft.ts'
import { phasesAt } from './phase-edits.ts'

const listOf = (values: unknown): unknown[] => {
  const regimes = valueAt(values, ['regimes'])
  return Array.isArray(regimes) ? regimes : []
}

/** Place of a regime of the file's own among those that it lists; null where there is none of the name. */
export function indexOfOwn(values: unknown, name: string): number | null {
  const place = listOf(values).findIndex((each) => typeof each === 'object' && valueAt(each, ['name']) === name)
  return place === -1 ? null : place
}

/** Adds a regime of the file's own. @returns its name. */
export function addRegime(
  draft: ExperimentDraft,
  known: readonly KnownRegime[],
  { like, phases }: { like: string; phases: readonly WrittenPhase[] },
): string {
  const taken = new Set([...regimesOf(draft.values.value.regimes), ...known.map(({ name }) => name)])
  const base = like.startsWith('my ') ? like.replace(/ \d+$/, '') : `my ${like}`
  let name = base
  for (let number = 2; taken.has(name); number++) name = `${base} ${number}`
  const plain = JSON.parse(JSON.stringify(phases)) as WrittenPhase[]
  draft.setOrder(['regimes'], [...listOf(draft.values.value).keys(), { name, phases: plain }])
  return name
}

/** Moves, doubles or removes a phase of a regime. @returns where the keyboard goes on; null: nothing was changed. */
export function changePhases(
  draft: ExperimentDraft,
  regime: number,
  { kind, index, step }: { kind: 'move' | 'duplicate' | 'remove'; index: number; step: number },
): number | null {
  const path = ['regimes', regime, 'phases'] as const
  const order = [...phasesAt(draft.values.value, regime).keys()]
  const place = kind === 'move' ? index + step : kind === 'duplicate' ? index + 1 : Math.min(index, order.length - 2)
  if (place < 0 || (kind === 'move' && place >= order.length)) return null
  if (kind !== 'duplicate') order.splice(index, 1)
  if (kind !== 'remove') order.splice(place, 0, index)
  draft.setOrder(path, order)
  // Names are for one phase each.
  if (kind === 'duplicate' && phasesAt(draft.values.value, regime)[place]?.name !== undefined)
    draft.set([...path, place, 'name'], undefined)
  return place
}

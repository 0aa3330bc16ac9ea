import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import type { PathKind, PathMetric, PathSplit } from '../../../readings/analyses/mode-connectivity/pairs.ts'
import { useAddress, wholeNumber } from '../../composables/use-address.ts'

export type CurveExit = number | null | 'all'

/** Options of paths in the address. */
export interface ConnectivityChoice {
  split: WritableComputedRef<PathSplit>
  path: WritableComputedRef<PathKind>
  metric: WritableComputedRef<PathMetric>
  /** Loss above which every colour is the same, in nats. */
  clip: WritableComputedRef<number>
  /** Exit of curves: the mean of the exits (null), one exit, or all. */
  exit: WritableComputedRef<CurveExit>
}

/** Losses at which colours may end. */
export const clips = [0.5, 1, 1.5, 2, 3, 5, 10]

/** `splits`: of which there are losses. */
export function useConnectivityChoice(splits: ComputedRef<PathSplit[]>): ConnectivityChoice {
  const address = useAddress()
  const asked = address.oneOf('split', ['test', 'train'])
  return {
    split: computed({
      get: () => (splits.value.includes(asked.value) ? asked.value : 'train'),
      set: (split) => (asked.value = split),
    }),
    path: address.oneOf('path', ['matched', 'naive']),
    metric: address.oneOf('metric', ['loss', 'accuracy']),
    clip: address.choice('clip', 2, (text) => clips.find((clip) => String(clip) === text) ?? null),
    exit: address.choice<CurveExit>('exit', null, (text) => (text === 'all' ? text : wholeNumber(text))),
  }
}

import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import type { PathKind, PathMetric, PathSplit } from '../pairs.ts'
import { useAddress } from '../../../renderer/composables/use-address.ts'

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
const defaultClip = 2

/** `splits`: of which there are losses. */
export function useConnectivityChoice(splits: ComputedRef<PathSplit[]>): ConnectivityChoice {
  const address = useAddress()
  /** One of some words; the first is not written. */
  const oneOf = <T extends string>(key: string, words: readonly [T, ...T[]]) =>
    computed<T>({
      get: () => words.find((word) => word === address.text(key)) ?? words[0],
      set: (word) => address.change({ [key]: word === words[0] ? null : word }),
    })
  const asked = oneOf('split', ['test', 'train'])
  return {
    split: computed({
      get: () => (splits.value.includes(asked.value) ? asked.value : 'train'),
      set: (split) => (asked.value = split),
    }),
    path: oneOf('path', ['matched', 'naive']),
    metric: oneOf('metric', ['loss', 'accuracy']),
    clip: computed({
      get: () => clips.find((clip) => String(clip) === address.text('clip')) ?? defaultClip,
      set: (clip) => address.change({ clip: clip === defaultClip ? null : String(clip) }),
    }),
    exit: computed({
      get: () => exitOf(address.text('exit')),
      set: (exit) => address.change({ exit: exit === null ? null : String(exit) }),
    }),
  }
}

function exitOf(text: string | null): CurveExit {
  if (text === null || text === 'all') return text
  return /^\d+$/.test(text) ? Number(text) : null
}

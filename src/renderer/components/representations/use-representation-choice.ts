import { computed, type WritableComputedRef } from 'vue'
import { rankMeasures, type RankMeasure } from '../../../analyses/numerical-rank/figure/rank-lines.ts'
import { useAddress } from '../../composables/use-address.ts'

const shownValues = ['rank', 'input', 'label'] as const
/** What the table shows: numerical rank, I(X;Z) or I(Z;Y). */
export type ShownValues = (typeof shownValues)[number]

export interface RepresentationChoice {
  measure: WritableComputedRef<RankMeasure>
  /** Block whose spectrum is shown; null: the last. */
  block: WritableComputedRef<number | null>
  values: WritableComputedRef<ShownValues>
}

/** The block whose spectrum is shown, of a network of so many blocks. */
export function shownBlock({ block }: Pick<RepresentationChoice, 'block'>, blockCount: number): number {
  return Math.min(block.value ?? Infinity, blockCount - 1)
}

/** How ranks and information are looked at, as the address says: `?measure=share&block=3&values=input`. */
export function useRepresentationChoice(): RepresentationChoice {
  const address = useAddress()

  function oneOf<Value extends string>(key: string, all: readonly Value[]): WritableComputedRef<Value> {
    return computed({
      get: () => all.find((each) => each === address.text(key)) ?? all[0]!,
      set: (next) => address.change({ [key]: next === all[0] ? null : next }),
    })
  }
  return {
    measure: oneOf('measure', rankMeasures),
    block: computed({
      get: () => (/^\d+$/.test(address.text('block') ?? '') ? Number(address.text('block')) : null),
      set: (next) => address.change({ block: next === null ? null : String(next) }),
    }),
    values: oneOf('values', shownValues),
  }
}

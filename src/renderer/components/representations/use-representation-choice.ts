import type { WritableComputedRef } from 'vue'
import { rankMeasures, type RankMeasure } from '../../../readings/analyses/numerical-rank/figure/rank-lines.ts'
import { useAddress, wholeNumber } from '../../composables/use-address.ts'

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
  return {
    measure: address.oneOf('measure', rankMeasures),
    block: address.choice<number | null>('block', null, wholeNumber),
    values: address.oneOf('values', shownValues),
  }
}

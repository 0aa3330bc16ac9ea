import { computed, type WritableComputedRef } from 'vue'
import type { PaperScale } from '../../../shared/paper.ts'
import { useAddress } from '../use-address.ts'

export interface PaperChoice {
  scale: WritableComputedRef<PaperScale>
  /** Id of the table or figure whose details are open; null: none. */
  item: WritableComputedRef<string | null>
}

/** What the screen of the paper shows, in its address. */
export function usePaperChoice(): PaperChoice {
  const address = useAddress()
  return {
    scale: computed({
      get: () => (address.text('scale') === 'desk' ? 'desk' : 'paper'),
      set: (scale) => address.change({ scale: scale === 'desk' ? scale : null }),
    }),
    item: computed({
      get: () => address.text('item'),
      set: (item) => address.change({ item }, { step: true }),
    }),
  }
}

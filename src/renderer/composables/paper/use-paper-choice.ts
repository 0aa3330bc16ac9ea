import { computed } from 'vue'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import { useAddress } from '../use-address.ts'

export const paperTabs = [
  { id: 'items', title: 'Tables and figures' },
  { id: 'claims', title: 'Claims' },
] as const
type PaperTab = (typeof paperTabs)[number]['id']

/** What the screen of the paper shows, in its address. */
export function usePaperChoice() {
  const address = useAddress()
  return {
    // The paper's own scale needs data sets and weights that few machines have.
    scale: address.oneOf<PaperScale>('scale', ['desk', 'paper']),
    tab: computed<PaperTab>({
      get: () => paperTabs.find(({ id }) => id === address.text('tab'))?.id ?? 'items',
      set: (tab) => address.change({ tab: tab === 'items' ? null : tab }, { step: true }),
    }),
    /** Id of the table or figure whose details are open; null: none. */
    item: computed<string | null>({
      get: () => address.text('item'),
      // A claim's test leads to its table.
      set: (item) => address.change({ item, tab: null }, { step: true }),
    }),
  }
}

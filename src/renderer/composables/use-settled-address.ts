import { watchEffect } from 'vue'
import { useRoute } from 'vue-router'
import { useAddress } from './use-address.ts'

/**
 * Writes what a screen shows into its address, once that is known: the default where it says nothing, an id in place of a
 * name. What somebody reads then stays when something newer comes up, and a bookmark means what was seen.
 * @param settled what the address should say in place of a text; null: what it says already.
 */
export function useSettledAddress(key: string, settled: (text: string | null) => string | null): void {
  const route = useRoute()
  const address = useAddress()
  // The address of the next screen is there before this one goes.
  const { name } = route
  watchEffect(() => {
    if (route.name !== name) return
    const text = address.text(key)
    const value = settled(text)
    if (value !== null && value !== text) address.change({ [key]: value })
  })
}

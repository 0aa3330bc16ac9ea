import { watchEffect } from 'vue'
import { useRoute } from 'vue-router'
import { useAddress } from './use-address.ts'

/**
 * Writes what a screen shows by default into its address, once that is known: what somebody reads stays when a newer default
 * comes up, and a bookmark means what was seen.
 */
export function useAddressDefault(key: string, usual: () => string | null): void {
  const route = useRoute()
  const address = useAddress()
  // The address of the next screen is there before this one goes.
  const { name } = route
  watchEffect(() => {
    const value = route.name === name && address.text(key) === null ? usual() : null
    if (value !== null) address.change({ [key]: value })
  })
}

import { computed, ref } from 'vue'
import { usePreference } from './use-preference.ts'

const blocked =
  'This browser blocks notifications of this page. Allow them in its settings for this site, then try again.'

/** Whether the end of runs is notified; stored in this browser, which has to permit it. */
export function useNotificationSetting() {
  const kept = usePreference('notifications', false)
  /** Why it cannot be turned on; null: nothing is in the way. */
  const problem = ref<string | null>(null)

  async function turnOn(): Promise<void> {
    const answer = 'Notification' in window ? await Notification.requestPermission() : 'denied'
    problem.value = answer === 'granted' ? null : blocked
    if (answer === 'granted') kept.value = true
  }

  /** Whether this window notifies; switching it on requests the permission. */
  const on = computed({
    get: () => kept.value,
    set: (wanted) => (wanted ? void turnOn() : (kept.value = false)),
  })
  return { on, problem }
}

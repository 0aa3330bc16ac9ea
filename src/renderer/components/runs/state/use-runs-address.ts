import { watchDebounced } from '@vueuse/core'
import { ref, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePreferencesStore } from '../../../stores/preferences.ts'
import { isGroupChoice, type GroupChoice } from '../table/group-keys.ts'

const defaultGroup: GroupChoice = 'experiment-regime'
const groupPreference = 'runs.group'

/** The query and the grouping, which the address has as `?q=` and `?group=`. The grouping is also kept for the next visit. */
export function useRunsAddress(): { text: Ref<string>; group: Ref<GroupChoice> } {
  const route = useRoute()
  const router = useRouter()
  const preferences = usePreferencesStore()
  const textInAddress = () => (typeof route.query.q === 'string' ? route.query.q : '')
  const groupInAddress = () =>
    [route.query.group, preferences.read<unknown>(groupPreference, defaultGroup)].find(isGroupChoice) ?? defaultGroup
  const text = ref(textInAddress())
  const group = ref(groupInAddress())

  watch(
    () => route.fullPath,
    () => {
      if (route.name !== 'runs') return
      text.value = textInAddress()
      group.value = groupInAddress()
    },
  )
  watch(group, (chosen) => preferences.write(groupPreference, chosen))
  watchDebounced(
    [text, group],
    () => {
      if (route.name !== 'runs') return
      const q = text.value === '' ? undefined : text.value
      void router.replace({ query: { q, group: group.value === defaultGroup ? undefined : group.value } })
    },
    { debounce: 250 },
  )
  return { text, group }
}

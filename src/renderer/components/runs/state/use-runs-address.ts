import { ref, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { watchStill } from '../../../composables/watch-still.ts'
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
  watchStill(
    () => ({ q: text.value || undefined, group: group.value === defaultGroup ? undefined : group.value }),
    (query) => {
      if (route.name === 'runs') void router.replace({ query })
    },
  )
  return { text, group }
}

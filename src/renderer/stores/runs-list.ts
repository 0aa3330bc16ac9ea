import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** What is selected, active and closed in the list of runs, kept while other screens are visited. */
export const useRunsListStore = defineStore('runs list', () => ({
  /** Ids of selected runs, including runs that are no longer listed. */
  selected: shallowRef<ReadonlySet<string>>(new Set()),
  /** Key of the row where the keyboard is. */
  activeKey: ref<string | null>(null),
  /** Paths of the groups that are closed. */
  collapsed: shallowRef<ReadonlySet<string>>(new Set()),
}))

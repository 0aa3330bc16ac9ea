import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ImportInput } from '../../contract/imports.ts'
import type { ImportedResult } from '../../shared/runs/imported.ts'
import { useHost } from '../api/host.ts'
import { messageOf } from '../api/errors.ts'
import { reloadWithRuns } from './reload.ts'
import { useRunsStore } from './runs.ts'

/** Every imported result, fetched again whenever the host says that they have changed. */
export const useImportsStore = defineStore('imports', () => {
  const { client } = useHost()
  const list = shallowRef<readonly ImportedResult[]>([])
  const error = ref<string | null>(null)
  const runs = useRunsStore()
  let asked = 0

  async function load(): Promise<void> {
    const question = ++asked
    try {
      const all = await client.imports.list()
      if (question !== asked) return
      list.value = all
      error.value = null
    } catch (cause) {
      if (question === asked) error.value = messageOf(cause)
    }
  }

  runs.onImports(() => void load())
  reloadWithRuns(load, () => error.value !== null)

  return {
    /** The oldest first. */
    list,
    error,
    /** Another text where what they hold has changed: files that are followed are read again. */
    contents: computed(() => list.value.map(({ sha256 }) => sha256).join()),
    has: (id: string) => list.value.some((each) => each.id === id),
    async add(input: ImportInput): Promise<ImportedResult[]> {
      const added = await client.imports.add(input)
      await load()
      return added
    },
    /** What was imported with them is followed no longer either. */
    async unfollow(ids: readonly string[]): Promise<void> {
      await client.imports.unfollow({ imports: [...ids] })
      await load()
    },
    async remove(ids: readonly string[]): Promise<void> {
      await client.imports.delete({ imports: [...ids] })
      await load()
    },
  }
})

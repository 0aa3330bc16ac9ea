import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { DatasetDescription } from '../../../shared/data.ts'
import { useHost } from '../../api/host.ts'
import { messageOf } from '../../api/errors.ts'

export interface DataCheck {
  /** What a training would read; null before it was looked at, and where it cannot be read. */
  found: ShallowRef<Pick<
    DatasetDescription,
    'counts' | 'classes' | 'height' | 'width' | 'channels' | 'fingerprint'
  > | null>
  /** What is wrong with it. */
  problem: Ref<string | null>
  looking: Ref<boolean>
  look(): Promise<void>
  forget(): void
}

/** Reads a data set on request. */
export function useDataCheck(source: string): DataCheck {
  const { client } = useHost()
  const found: DataCheck['found'] = shallowRef(null)
  const problem = ref<string | null>(null)
  const looking = ref(false)

  function forget(): void {
    found.value = problem.value = null
  }

  async function look(): Promise<void> {
    forget()
    looking.value = true
    try {
      found.value = await client.system.checkData({ source })
    } catch (error) {
      problem.value = messageOf(error)
    } finally {
      looking.value = false
    }
  }
  return { found, problem, looking, look, forget }
}

import { ref, shallowRef } from 'vue'
import type { Settings } from '../../contract/system.ts'
import type { Problem } from '../../shared/basics/error.ts'
import { problemsOf } from '../api/errors.ts'
import { useHost } from '../api/host.ts'
import { useHostStore } from '../stores/host.ts'
import { useAttempt } from './use-action.ts'
import { useRequest } from './use-request.ts'

/** Of all panels: what one of them changes, the others show. */
const changes = ref(0)

/** The settings of the workspace, and their change. `problems`: what the host refused of the last change, by setting. */
export function useSettings() {
  const { client } = useHost()
  const host = useHostStore()
  const { data: settings, error } = useRequest((signal) => {
    void changes.value
    return client.system.settings(undefined, { signal })
  })
  const { run, busy, error: refused } = useAttempt()
  const problems = shallowRef<readonly Problem[]>([])

  async function change(to: Partial<Settings>): Promise<void> {
    problems.value = []
    const changed = await run(() =>
      client.system.configure(to).catch((cause: unknown) => {
        problems.value = problemsOf(cause)
        throw cause
      }),
    )
    if (changed === undefined) return
    settings.value = changed
    changes.value++
    await host.refresh()
  }

  return { settings, error, change, busy, refused, problems }
}

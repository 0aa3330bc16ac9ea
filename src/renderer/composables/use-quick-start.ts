import { useRouter } from 'vue-router'
import { useHost } from '../api/host.ts'
import { useAction } from './use-action.ts'

/** Trains the first of the examples and shows it live. */
export function useQuickStart() {
  const { client } = useHost()
  const router = useRouter()
  const { run, busy } = useAction()

  async function start(): Promise<void> {
    const from = router.currentRoute.value.name
    const runs = await run('The quick start could not be started', async () => {
      const [preset] = await client.experiments.presets()
      if (preset === undefined) throw new Error('this copy of Exitlab has no examples')
      const { source } = preset
      const file = await client.experiments.parse({ source })
      return (await client.experiments.create({ file, source })).runs
    })
    const [first] = runs ?? []
    // Whoever has gone elsewhere meanwhile stays there.
    if (first !== undefined && router.currentRoute.value.name === from)
      await router.push({ name: 'run', params: { run: first.id } })
  }
  return { start, busy }
}

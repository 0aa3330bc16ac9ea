import { setTimeout } from 'node:timers/promises'
import type { Host } from '../../src/main/host/open/index.ts'
import type { RunSummary } from '../../src/shared/runs/runs.ts'

/** Queues an experiment. @returns its id */
export async function enrol({ client }: Host, source: string): Promise<string> {
  const { id } = await client.experiments.create({ file: await client.experiments.parse({ source }), source })
  return id
}

/** Searches the best series of an experiment to its end. @returns the search's id */
export async function searched({ client, idle }: Host, source: string): Promise<string> {
  const file = await client.experiments.parse({ source })
  const { search } = await client.searches.start({ file, source, budget: 0.5, hours: 1 })
  while ((await client.searches.show({ search })).status === 'running') await idle().then(() => setTimeout(100))
  return search
}

export async function runsOf({ client }: Host, experiment: string): Promise<RunSummary[]> {
  return (await client.runs.list({})).filter(({ experimentId }) => experimentId === experiment)
}

/** Waits until nothing is left to do. @throws Error of the first run or analysis that failed */
export async function trained(host: Host): Promise<void> {
  await host.idle()
  const all = [...(await host.client.runs.list({})), ...(await host.client.analyses.list({}))]
  const failed = all.find(({ status }) => status === 'failed')
  if (failed !== undefined) throw new Error(failed.error ?? 'A run failed.')
}

/** Waits until a run of an experiment trains its last phase, with so many epochs of it done. */
export async function training(host: Host, experiment: string, epochs: number): Promise<RunSummary> {
  for (;;) {
    const runs = await runsOf(host, experiment)
    const found = runs.find(({ status, phases }) => status === 'running' && phases.length > 1 && phases.at(-1)!.epochs >= epochs) // prettier-ignore
    if (found !== undefined) return found
    const failed = runs.find(({ status }) => status === 'failed')
    if (failed !== undefined) throw new Error(`${failed.name} failed: ${failed.error}`)
    if (runs.every(({ status }) => status === 'done')) throw new Error('All runs were done before they were looked at.')
    await setTimeout(100)
  }
}

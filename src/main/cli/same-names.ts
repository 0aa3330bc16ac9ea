import type { HostClient } from '../../shared/contract.ts'
import type { ExperimentSummary } from '../../shared/runs.ts'
import { type Context, print } from './context.ts'
import { printable } from './output/text.ts'
import { shortIds } from './short-ids.ts'

/** Says which experiment was meant by a name that several bear, and how to name the others. */
export async function noteSameNames(
  context: Context,
  client: HostClient,
  references: readonly string[],
): Promise<void> {
  if (references.length === 0) return
  const experiments = (await client.experiments.list()).filter(({ runs }) => runs > 0)
  const short = shortIds(experiments.map(({ id }) => id))
  for (const reference of new Set(references)) {
    if (experiments.some(({ id }) => id === reference)) continue
    const [meant, ...older] = experiments.filter(({ name }) => name === reference)
    if (meant === undefined || older.length === 0) continue
    const place = ({ id, createdAt }: ExperimentSummary) => `${short.get(id)} (of ${minute(createdAt)})`
    print(context.stderr, [
      `Note: “${printable(reference)}” is the name of ${1 + older.length} experiments; the newest is taken, ${place(meant)}.`,
      `      Name an older one by its id: ${older.map(place).join(', ')}`,
    ])
  }
}

function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

import type { HostClient } from '../../contract/index.ts'
import { utcMinute } from '../../shared/format/times.ts'
import { type Context, print } from './context.ts'

/** Says which experiment or run was meant by a name that several share, and how to name the others. */
export async function noteSameNames(
  context: Context,
  client: HostClient,
  references: readonly string[],
): Promise<void> {
  if (references.length === 0) return
  for (const { reference, kind, meant, older } of await client.runs.sharedNames({ runs: [...references] })) {
    print(context.stderr, [
      `Note: “${reference}” is the name of ${1 + older.length} ${kind}s; the newest is used: ${place(meant)}.`,
      `      Use an id for an older one: ${older.map(place).join(', ')}`,
    ])
  }
}

function place({ id, createdAt }: { id: string; createdAt: number }): string {
  return `${id} (of ${utcMinute(createdAt)})`
}

import type { HostClient } from '../contract/index.ts'
import { type Context, print } from './context.ts'

/** Says what limits a comparison of some runs, such as different processors or classes without test samples. */
export async function noteCaveats(context: Context, client: HostClient, runs: string[]): Promise<void> {
  for (const caveat of await client.evaluations.caveats({ runs })) print(context.stderr, `Note: ${caveat}`)
}

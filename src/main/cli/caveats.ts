import type { HostClient } from '../../contract/index.ts'
import { type Context, print } from './context.ts'

/** Says what limits the values of some runs, such as different processors, classes without test samples, or a network file that is refused since. */
export async function noteCaveats(context: Context, client: HostClient, runs: string[]): Promise<void> {
  for (const caveat of await client.evaluations.caveats({ runs })) print(context.stderr, `Note: ${caveat}`)
}

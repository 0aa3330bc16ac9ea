import type { HostClient } from '../../../contract/index.ts'
import { printable } from '../output/text.ts'

/** Waits for an answer of a host, and says on the way how far the host is, if it takes long. */
export async function tellingActivity<T>(
  client: HostClient,
  say: (text: string) => void,
  ask: () => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const events = await client.events.follow({}, { signal: over.signal })
  const listening = (async () => {
    for await (const event of events) if (event.type === 'activity') say(printable(event.text))
  })()
  try {
    return await ask()
  } finally {
    over.abort()
    // Ends by the signal, or by the loss of a link that has ended the question as well.
    await Promise.allSettled([listening])
  }
}

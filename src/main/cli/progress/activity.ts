import type { HostClient } from '../../../contract/index.ts'

/** Waits for an answer of a host, and says on the way how far the host is, if it takes long. */
export async function tellingActivity<T>(
  client: HostClient,
  say: (text: string) => void,
  ask: () => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const events = await client.events.follow({}, { signal: over.signal })
  const listen = async () => {
    for await (const event of events) if (event.type === 'activity') say(event.text)
  }
  // Ends by the signal, or where link or store is lost: then the answer says it, however much later.
  const listened = Promise.allSettled([listen()])
  try {
    return await ask()
  } finally {
    over.abort()
    await listened
  }
}

import type { ClientContext, ClientLink } from '@orpc/client'

const everyMilliseconds = 20_000
const patienceMilliseconds = 10_000

/**
 * Asks something small now and then, and calls `silent` where no answer comes: a tunnel can go dead without closing, and
 * who only listens never learns of it. @returns what ends it.
 */
export function watchSilence(rpc: ClientLink<ClientContext>, silent: () => void): () => void {
  const timer = setInterval(() => {
    const late = setTimeout(silent, patienceMilliseconds)
    const heard = () => clearTimeout(late)
    // A refusal is an answer, too.
    rpc.call(['system', 'settings'], undefined, { context: {} }).then(heard, heard)
  }, everyMilliseconds)
  return () => clearInterval(timer)
}

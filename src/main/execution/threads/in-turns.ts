import { setImmediate } from 'node:timers/promises'

/** Of runs: tens of milliseconds of work, nearly all of it for the disk. */
export const itemsPerTurn = 100

/** Works through a long list piece by piece; other requests are answered between two pieces. */
export async function inTurns<Item>(
  items: readonly Item[],
  work: (piece: readonly Item[]) => void | Promise<void>,
  size = itemsPerTurn,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) {
    await work(items.slice(start, start + size))
    await setImmediate()
  }
}

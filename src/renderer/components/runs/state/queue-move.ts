import type { QueuePlace } from '../../../stores/runs.ts'

/**
 * Where runs go that move one place earlier or later in the queue, as one block; null where they cannot. `queue`: ids of the
 * runs that wait, in their order.
 */
export function neighbouringPlace(
  queue: readonly string[],
  moving: readonly string[],
  direction: 'earlier' | 'later',
): QueuePlace | null {
  const places = moving.map((id) => queue.indexOf(id)).filter((place) => place >= 0)
  if (places.length === 0) return null
  const rest = queue.filter((id) => !moving.includes(id))
  const first = Math.min(...places)
  // How many of the others stand before the block as it will be.
  const passed = direction === 'earlier' ? first - 1 : passedBy(queue, Math.max(...places), moving) + 1
  if (passed < 0 || passed > rest.length) return null
  return passed === rest.length ? 'back' : { before: rest[passed]! }
}

const passedBy = (queue: readonly string[], last: number, moving: readonly string[]) =>
  queue.slice(0, last).filter((id) => !moving.includes(id)).length

/** Where runs go that are dropped before or after a run that waits. */
export function placeBeside(
  queue: readonly string[],
  moving: readonly string[],
  beside: { id: string; side: 'before' | 'after' },
): QueuePlace | null {
  const rest = queue.filter((id) => !moving.includes(id))
  const place = rest.indexOf(beside.id)
  if (place < 0) return null
  const passed = beside.side === 'before' ? place : place + 1
  return passed === rest.length ? 'back' : { before: rest[passed]! }
}

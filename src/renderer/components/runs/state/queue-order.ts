import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { RunSummary } from '../../../../shared/runs.ts'
import type { RunActions } from './run-actions.ts'
import type { Selection } from './selection.ts'
import type { TableState } from './table-state.ts'
import type { QueuePlace } from '../../../stores/runs.ts'

/** Where a drop would put what is dragged. */
export interface DropPlace {
  id: string
  side: 'before' | 'after'
}

export interface QueueDrag {
  place: ShallowRef<DropPlace | null>
  start(event: DragEvent, run: RunSummary): void
  over(event: DragEvent, run: RunSummary | null): void
  drop(event: DragEvent): void
  end(): void
}

/** Orders the queue by dragging runs that wait; a selected one takes the other selected ones along. */
export function useQueueDrag({
  table,
  selection,
  actions,
}: {
  table: TableState
  selection: Selection
  actions: RunActions
}): QueueDrag {
  const place = shallowRef<DropPlace | null>(null)
  let moving: readonly string[] = []

  function end(): void {
    moving = []
    place.value = null
  }

  return {
    place,
    start(event, run) {
      const chosen = selection.ids.value.has(run.id) ? selection.runs.value : [run]
      moving = chosen.filter(({ status }) => status === 'queued').map(({ id }) => id)
      event.dataTransfer!.effectAllowed = 'move'
      event.dataTransfer!.setData('text/plain', run.name)
    },
    over(event, run) {
      if (moving.length === 0 || run?.status !== 'queued' || moving.includes(run.id)) return
      event.preventDefault()
      const { top, height } = (event.target as Element).closest('[role="row"]')!.getBoundingClientRect()
      const side = event.clientY < top + height / 2 ? 'before' : 'after'
      if (place.value?.id !== run.id || place.value.side !== side) place.value = { id: run.id, side }
    },
    drop(event) {
      if (place.value === null) return
      event.preventDefault()
      const to = placeBeside(table.queue.value, moving, place.value)
      if (to !== null) actions.move(moving, to)
      end()
    },
    end,
  }
}

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

import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { RunActions } from './run-actions.ts'
import type { Selection } from './selection.ts'
import type { TableState } from './table-state.ts'
import type { QueuePosition } from '../../../stores/runs.ts'

/** Target position of a drag. */
interface DropTarget {
  id: string
  side: 'before' | 'after'
}

export interface QueueDrag {
  target: ShallowRef<DropTarget | null>
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
  const target = shallowRef<DropTarget | null>(null)
  let moving: readonly string[] = []

  function end(): void {
    moving = []
    target.value = null
  }

  return {
    target,
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
      if (target.value?.id !== run.id || target.value.side !== side) target.value = { id: run.id, side }
    },
    drop(event) {
      if (target.value === null) return
      event.preventDefault()
      const to = positionBeside(table.queue.value, moving, target.value)
      if (to !== null) actions.move(moving, to)
      end()
    },
    end,
  }
}

/**
 * Where runs go that move one position earlier or later in the queue, as one block; null where they cannot. `queue`: ids of the
 * runs that wait, in their order.
 */
export function neighbouringPosition(
  queue: readonly string[],
  moving: readonly string[],
  direction: 'earlier' | 'later',
): QueuePosition | null {
  const positions = moving.map((id) => queue.indexOf(id)).filter((position) => position >= 0)
  if (positions.length === 0) return null
  const rest = queue.filter((id) => !moving.includes(id))
  const first = Math.min(...positions)
  // How many of the others stand before the block as it will be.
  const passed = direction === 'earlier' ? first - 1 : passedBy(queue, Math.max(...positions), moving) + 1
  if (passed < 0 || passed > rest.length) return null
  return passed === rest.length ? 'back' : { before: rest[passed]! }
}

const passedBy = (queue: readonly string[], last: number, moving: readonly string[]) =>
  queue.slice(0, last).filter((id) => !moving.includes(id)).length

/** Where runs go that are dropped before or after a run that waits. */
function positionBeside(
  queue: readonly string[],
  moving: readonly string[],
  beside: { id: string; side: 'before' | 'after' },
): QueuePosition | null {
  const rest = queue.filter((id) => !moving.includes(id))
  const position = rest.indexOf(beside.id)
  if (position < 0) return null
  const passed = beside.side === 'before' ? position : position + 1
  return passed === rest.length ? 'back' : { before: rest[passed]! }
}

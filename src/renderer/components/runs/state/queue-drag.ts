import { shallowRef, type ShallowRef } from 'vue'
import type { RunSummary } from '../../../../shared/runs.ts'
import { placeBeside } from './queue-move.ts'
import type { RunsScreen } from './screen.ts'

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
export function useQueueDrag({ table, selection, actions }: RunsScreen): QueueDrag {
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

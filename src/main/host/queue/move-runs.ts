import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'

/** Moves runs within the queue, before another one or to an end, by reassigning positions. Returns the ids of runs whose position changed. */
export function moveRuns(store: Store, runs: readonly RunRow[], to: 'front' | 'back' | string): string[] {
  const queue = store.runs.withStatus('queued', 'running', 'paused', 'stopped', 'failed')
  const moved = new Set(runs.map(({ id }) => id))
  const waiting = new Set(queue.map(({ id }) => id))
  const outside = runs.find(({ id }) => !waiting.has(id))
  if (outside) throw new ExitlabError('conflict', `${outside.name} is ${outside.status}: it is not in the queue.`)
  const rest = queue.filter(({ id }) => !moved.has(id))
  const position = positionIn(rest, to)
  const ordered = [...rest.slice(0, position), ...queue.filter(({ id }) => moved.has(id)), ...rest.slice(position)]
  const changed = ordered.flatMap(({ id, position }, index) => {
    const next = queue[index]!.position
    return next === position ? [] : [{ id, position: next }]
  })
  store.transaction(() => changed.forEach(({ id, position }) => store.runs.setPosition(id, position)))
  return changed.map(({ id }) => id)
}

function positionIn(rest: readonly RunRow[], to: 'front' | 'back' | string): number {
  if (to === 'front') return 0
  if (to === 'back') return rest.length
  const position = rest.findIndex(({ id }) => id === to)
  if (position >= 0) return position
  throw new ExitlabError('conflict', `Runs cannot be moved before ${to}: it is done, or it is one of the moved runs.`)
}

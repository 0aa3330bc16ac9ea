import { describe, expect, test } from 'vitest'
import { neighbouringPosition } from '../../../../../src/renderer/components/runs/state/queue-order.ts'

const queue = ['a', 'b', 'c', 'd']

/** The queue as the host makes it. */
function moved(ids: string[], direction: 'earlier' | 'later'): string {
  const to = neighbouringPosition(queue, ids, direction)
  if (to === null) return 'nowhere'
  const rest = queue.filter((id) => !ids.includes(id))
  const place = to === 'back' ? rest.length : rest.indexOf((to as { before: string }).before)
  return rest.toSpliced(place, 0, ...queue.filter((id) => ids.includes(id))).join('')
}

describe('a step in the queue', () => {
  test.each([
    [['b'], 'earlier', 'bacd'],
    [['b'], 'later', 'acbd'],
    [['c'], 'later', 'abdc'],
    [['a'], 'earlier', 'nowhere'],
    [['d'], 'later', 'nowhere'],
    [['b', 'c'], 'earlier', 'bcad'],
    [['b', 'c'], 'later', 'adbc'],
    [['c', 'd'], 'earlier', 'acdb'],
    [['d', 'b'], 'earlier', 'bdac'],
    [['a', 'c'], 'later', 'bdac'],
    [['elsewhere'], 'later', 'nowhere'],
  ] as const)('%j %s', (ids, direction, expected) => expect(moved([...ids], direction)).toBe(expected))
})

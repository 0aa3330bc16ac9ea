import { describe, expect, test } from 'vitest'
import {
  fullestOverlay,
  publishedOverlays,
} from '../../../../../src/renderer/components/compare/budgets/published-overlay.ts'
import type { OfTask } from '../../../../../src/shared/task.ts'
import type { PublishedTable } from '../../../../../src/shared/published.ts'

const row = (regime: string, variant: string | null = null) => ({ regime, variant, cells: [] })
const aTable = (id: string, rows: ReturnType<typeof row>[]) =>
  ({ id, title: id, budgets: [], rows }) as unknown as PublishedTable

describe('the published values shown by default', () => {
  test('are of the most regimes, however many variants another table has', () => {
    const variants = ['a', 'b', 'c'].flatMap((variant) => [row('joint', variant), row('mixed', variant)])
    const tables = [aTable('variants', variants), aTable('regimes', [row('disjoint'), row('joint'), row('mixed')])]
    expect(fullestOverlay(publishedOverlays({ tables, fitting: {} }, {}))?.key).toBe('regimes')
  })

  test('are of the task that is compared', () => {
    const tables = [
      aTable('accuracies', [row('joint')]),
      { ...aTable('errors', [row('joint')]), task: 'regression' as const },
    ]
    const keysOf = (of: OfTask) => publishedOverlays({ tables, fitting: {} }, of).map(({ key }) => key)
    expect([keysOf({}), keysOf({ task: 'regression' })]).toEqual([['accuracies'], ['errors']])
  })

  test('are none where nothing was published', () => expect(fullestOverlay([])).toBeNull())
})

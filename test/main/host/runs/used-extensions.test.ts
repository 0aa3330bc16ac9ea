import { expect, onTestFinished, test } from 'vitest'
import { usedExtensions } from '../../../../src/main/host/runs/used-extensions.ts'
import { openStore, type Store } from '../../../../src/main/store/open.ts'
import type { MethodOrigin } from '../../../../src/shared/methods/method-origin.ts'
import { addExperiment, addRun, definition, temporaryFolder } from '../../store/support.ts'

const origin = (name: string, letter: string): MethodOrigin => ({
  extension: name,
  file: `/m/${name}.ts`,
  sha256: letter.repeat(64),
})
const [mine, former, other] = [origin('mine', 'a'), origin('mine', 'b'), origin('other', 'c')]

function filled(): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  const trained = (id: string, methods: Record<string, MethodOrigin>) =>
    store.phases.ensure({ id, definition: { ...definition(1), methods }, createdAt: 1 })
  trained('p1', { 'loss:next': mine, 'optimiser:signs': mine })
  trained('p2', { 'loss:next': former })
  addRun(store, 'a', ['p1', 'p3'])
  addRun(store, 'b', ['p1', 'p2'])
  addRun(store, 'c', ['p4'], { regime: 'slowly' })
  addRun(store, 'd', ['p1'], { deletedAt: 2 })
  return store
}

test('runs use the contents that one of their phases was trained with, and regimes of theirs', () => {
  const used = usedExtensions(filled(), [
    { kind: 'regime', name: 'joint', origin: null },
    { kind: 'regime', name: 'slowly', origin: other },
    { kind: 'loss', name: 'next', origin: mine },
  ])
  const all = Object.fromEntries(used.map(({ sha256, ...rest }) => [sha256[0]!, rest]))
  expect(all['a']).toEqual({
    file: '/m/mine.ts',
    methods: [
      { kind: 'loss', name: 'next' },
      { kind: 'optimiser', name: 'signs' },
    ],
    runs: new Set(['a', 'b']),
  })
  expect(all['b']).toMatchObject({ methods: [{ kind: 'loss', name: 'next' }], runs: new Set(['b']) })
  expect(all['c']).toMatchObject({ methods: [{ kind: 'regime', name: 'slowly' }], runs: new Set(['c']) })
  expect(used).toHaveLength(3)
})

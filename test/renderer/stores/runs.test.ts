// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { HostChange } from '../../../src/shared/phases/events.ts'
import { exitAt } from '../../../src/shared/evaluation/exit-id.ts'
import type { RunSummary } from '../../../src/shared/runs/runs.ts'
import { useRunsStore } from '../../../src/renderer/stores/runs.ts'
import { useToastsStore } from '../../../src/renderer/stores/toasts.ts'
import { useUndoStore } from '../../../src/renderer/stores/undo.ts'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

let host: FakeHost

async function openedStore() {
  const store = useRunsStore()
  await vi.waitUntil(() => store.loaded && host.asked.after.length > 0)
  return store
}

beforeEach(() => void (host = provideFakeHost()))

describe('the runs', () => {
  it('are fetched once, then updated by events', async () => {
    host.publish({ type: 'run', run: runSummary({ id: 'a', position: 2 }) })
    host.publish({ type: 'run', run: runSummary({ id: 'b', position: 1 }) })
    const store = await openedStore()
    expect(store.list.map(({ id }) => id)).toEqual(['b', 'a'])
    host.publish({ type: 'run', run: runSummary({ id: 'a', position: 0, status: 'running' }) })
    await vi.waitUntil(() => store.runs.get('a')?.status === 'running')
    expect(store.list.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(host.asked.snapshots).toBe(1)
  })

  it('miss nothing that happened while the connection was lost', async () => {
    const store = await openedStore()
    host.publish({ type: 'run', run: runSummary({ id: 'a' }) })
    await vi.waitUntil(() => store.runs.has('a'))
    host.cutLink()
    host.publish({ type: 'run', run: runSummary({ id: 'b' }) })
    host.publish({ type: 'purged', run: 'a' })
    host.mendLink()
    await vi.waitUntil(() => store.runs.has('b') && !store.runs.has('a'))
    expect(host.asked.after).toEqual(['0.0', '0.1'])
    expect(host.asked.snapshots).toBe(1)
  })

  it('are fetched again from a host that does not know their cursor', async () => {
    const store = await openedStore()
    host.publish({ type: 'run', run: runSummary({ id: 'old' }) })
    await vi.waitUntil(() => store.runs.has('old'))
    host.cutLink()
    host.restart()
    host.runs.clear()
    host.runs.set('new', runSummary({ id: 'new' }))
    host.mendLink()
    await vi.waitUntil(() => store.runs.has('new'))
    expect([...store.runs.keys()]).toEqual(['new'])
    host.publish({ type: 'run', run: runSummary({ id: 'later' }) })
    await vi.waitUntil(() => store.runs.has('later'))
  })

  it('are replaced once for many changes, and not for progress', async () => {
    const store = await openedStore()
    const before = store.runs
    let replaced = 0
    const stop = (await import('vue')).watch(
      () => store.runs,
      () => replaced++,
      { flush: 'sync' },
    )
    for (let seed = 0; seed < 100; seed++) host.publish({ type: 'run', run: runSummary({ id: `r${seed}`, seed }) })
    await vi.waitUntil(() => store.runs.size === 100)
    stop()
    expect(replaced).toBeLessThan(10)
    expect(before.size).toBe(0)
    const after = store.runs
    host.publish({ type: 'progress', progress: { ...progress, run: 'r1' } })
    await vi.waitUntil(() => store.progress.has('r1'))
    expect(store.runs).toBe(after)
  })

  it('drop the progress of a run that is no longer trained', async () => {
    const store = await openedStore()
    host.publish({ type: 'run', run: runSummary({ id: 'a', status: 'running' }) })
    host.publish({ type: 'progress', progress })
    await vi.waitUntil(() => store.progress.get('a')?.batch === 3)
    host.publish({ type: 'run', run: runSummary({ id: 'a', status: 'paused' }) })
    await vi.waitUntil(() => store.runs.get('a')?.status === 'paused')
    expect(store.progress.has('a')).toBe(false)
  })

  it('have the accuracy of each epoch that they or a run with the same phase complete', async () => {
    const chain = (second: string) =>
      [
        { id: 'p', epochs: 4, status: 'done' },
        { id: second, epochs: 1, status: 'running' },
      ].map((each) => ({ name: '', shared: false, trainedFor: null, ...each }) as RunSummary['phases'][number])
    for (const id of ['a', 'b']) host.publish({ type: 'run', run: runSummary({ id, phases: chain('q') }) })
    const other = runSummary({ id: 'c', phases: chain('r') })
    host.publish({ type: 'run', run: other })
    const store = await openedStore()
    host.publish(epochOf('q', 2, [0.25, 0.5]))
    const exits = [
      { exit: 0, value: 0.25 },
      { exit: 'final', value: 0.5 },
    ]
    await vi.waitUntil(() => store.runs.get('b')?.latest !== null)
    for (const id of ['a', 'b']) {
      const { phases, latest } = store.runs.get(id)!
      expect(phases.map(({ epochs }) => epochs)).toEqual([4, 2])
      expect(latest).toEqual({ epoch: 6, exits, imagesPerSecond: 100 })
    }
    expect(store.runs.get('c')).toEqual(other)
    // The phase before is made again: the scores of the later one stay the latest.
    host.publish(epochOf('p', 1, [0.1, 0.2]))
    await vi.waitUntil(() => store.runs.get('a')?.latest?.epoch === 3)
    expect(store.runs.get('a')!.latest!.exits).toEqual(exits)
  })

  it('have the epoch that is completed right after they were added', async () => {
    const store = await openedStore()
    const phases = [{ id: 'p', name: '', status: 'running', epochs: 0, maxEpochs: 4, shared: false, trainedFor: null }]
    host.publish({ type: 'run', run: runSummary({ id: 'a', phases: phases as RunSummary['phases'] }) })
    host.publish(epochOf('p', 1, [0.25, 0.5]))
    await vi.waitUntil(() => store.runs.has('a'))
    expect(store.runs.get('a')!.latest?.epoch).toBe(1)
  })

  it('are named when they are deleted that are deleted already', async () => {
    host.publish({ type: 'run', run: runSummary({ id: 'a' }) })
    const store = await openedStore()
    const run = store.runs.get('a')!
    await store.remove([run])
    await vi.waitUntil(() => !store.runs.has('a'))
    await store.remove([run])
    expect(useUndoStore().next).toBe('Deleted run a')
  })

  it('are restored when their deletion is undone', async () => {
    host.publish({ type: 'run', run: runSummary({ id: 'a' }) })
    const store = await openedStore()
    await store.remove([store.runs.get('a')!])
    await vi.waitUntil(() => !store.runs.has('a'))
    const undo = useUndoStore()
    expect(undo.next).toBe('Deleted run a')
    undo.undo()
    await vi.waitUntil(() => store.runs.has('a'))
    expect(undo.next).toBeNull()
    // The message with the button that undoes it went away.
    expect(useToastsStore().shown.map(({ text }) => text)).toEqual(['Undone: Deleted run a'])
  })
})

/** A completed epoch with these validation scores, the final exit’s last; exits in any order. */
function epochOf(phase: string, epoch: number, validation: number[]): HostChange {
  const metrics = validation.flatMap((accuracy, index) => {
    const exit = exitAt(index, validation.length - 1)
    return [
      { epoch, exit, split: 'train' as const, values: { loss: 1, accuracy: 0.9 } },
      { epoch, exit, split: 'validation' as const, values: { loss: 1, accuracy } },
    ]
  })
  const pace = { learningRate: 0.1, imagesPerSecond: 100, seconds: 1, peakMemoryBytes: 0 }
  const record = { epoch, ...pace, improved: true, epochsWithoutImprovement: 0 }
  return { type: 'epoch', run: 'a', phase, record, maxEpochs: 4, metrics: metrics.toReversed(), dominance: null }
}

const progress = {
  run: 'a',
  phase: 'p',
  epoch: 1,
  maxEpochs: 10,
  batch: 3,
  batchesPerEpoch: 5,
  imagesPerSecond: 100,
  losses: [1],
  secondsLeftAtMost: 60,
  runSecondsLeftAtMost: null,
}

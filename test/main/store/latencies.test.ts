import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/main/store/open.ts'
import { temporaryFolder } from './support.ts'

const batches = [{ batchSize: 1, rounds: 30, backbone: { median: 2, p95: 3 }, exits: [{ median: 1, p95: 1.5 }] }]

test('a network has a latency for each machine, the latest first, and the newest of each', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  store.latencies.put('net', { machine: 'A, 1 thread', measuredAt: 1, batches: [] })
  store.latencies.put('net', { machine: 'B, 1 thread', measuredAt: 2, batches })
  store.latencies.put('net', { machine: 'A, 1 thread', measuredAt: 3, batches })
  store.latencies.put('other', { machine: 'A, 1 thread', measuredAt: 4, batches })
  expect(store.latencies.of('net')).toEqual([
    { machine: 'A, 1 thread', measuredAt: 3, batches },
    { machine: 'B, 1 thread', measuredAt: 2, batches },
  ])
  expect(store.latencies.of('none')).toEqual([])
})

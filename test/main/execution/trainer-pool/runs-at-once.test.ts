import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { runsAtOnce, threadsOfEach } from '../../../../src/main/execution/trainer-pool/runs-at-once.ts'
import { machineMemory } from '../../../../src/main/execution/trainer-pool/training-memory.ts'

const auto = { parallel: 'auto', device: 'cpu' } as const

test('a number of runs at once is taken as it is', () => {
  expect(runsAtOnce({ parallel: 3, device: 'cpu' }, { runs: 1, memoryBytes: 1e15 })).toBe(3)
})

test('auto is a run for each processor, but no more than there are', () => {
  expect(runsAtOnce(auto, { runs: 1000, memoryBytes: 1 })).toBe(availableParallelism())
  expect(runsAtOnce(auto, { runs: 1, memoryBytes: 1 })).toBe(1)
  expect(runsAtOnce(auto, { runs: 0, memoryBytes: null })).toBe(1)
})

test('auto leaves a fifth of the memory free, and is one run where that of a training is unknown', () => {
  const fitting = (count: number) => (0.8 * machineMemory()) / count
  expect(runsAtOnce(auto, { runs: 1000, memoryBytes: fitting(1) + 1 })).toBe(1)
  expect(runsAtOnce(auto, { runs: 1000, memoryBytes: fitting(availableParallelism()) - 1 })).toBe(
    availableParallelism(),
  )
  expect(runsAtOnce(auto, { runs: 1000, memoryBytes: null })).toBe(1)
})

test('auto is one run at a time on a card', () => {
  expect(runsAtOnce({ parallel: 'auto', device: 'cuda' }, { runs: 9, memoryBytes: 1 })).toBe(1)
})

test('trainers share the threads of the processor, and have at least one', () => {
  expect(threadsOfEach(1)).toBe(availableParallelism())
  expect(threadsOfEach(2 * availableParallelism())).toBe(1)
})

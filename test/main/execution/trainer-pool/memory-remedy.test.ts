import { expect, test } from 'vitest'
import { memoryRemedy, saysOutOfMemory } from '../../../../src/main/execution/trainer-pool/memory-remedy.ts'

test.each([
  "terminate called after throwing an instance of 'std::bad_alloc'",
  'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  'OOM when allocating tensor with shape[128,64,32,32]',
  'libtensorflow.so.2: failed to map segment: Cannot allocate memory',
])('recognises a lack of memory in: %s', (text) => {
  expect(saysOutOfMemory(text)).toBe(true)
})

test.each(['', 'Segmentation fault', 'libgomp.so: cannot allocate memory in static TLS block'])(
  'recognises no lack of memory in: “%s”',
  (text) => {
    expect(saysOutOfMemory(text)).toBe(false)
  },
)

test('says what is needed, what is free, and what to do', () => {
  const want = { needed: 3e9, batchSize: 128, parallel: 1, free: 5e8 }
  expect(memoryRemedy(want)).toMatch(
    /^A training takes about 3\.0 GB of memory\. Of .* 500 MB are free without the trainer\. .*batchSize \(now 128\)\.$/,
  )
  expect(memoryRemedy(want)).not.toContain('--parallel')
  expect(memoryRemedy({ ...want, parallel: 4 })).toMatch(
    /of memory, and 4 runs are trained at once\. .*train fewer runs at once \(--parallel, now 4\)/,
  )
  expect(memoryRemedy({ ...want, needed: null })).toMatch(/^Of this machine's/)
})

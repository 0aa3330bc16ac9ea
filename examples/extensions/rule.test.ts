import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClassRule } from 'exitlab/extension'
import extension from './rule.ts'

const margin = extension.exitRules!['class-margin'] as ClassRule
const rank = extension.exitRules!['class-margin-rank'] as ClassRule

type Given = Parameters<ClassRule['scores']>

/** Outputs of one exit with these probabilities: a row for each sample. */
function given(rows: readonly (readonly number[])[]): [Given[0], Given[1]] {
  const logits = Float32Array.from(rows.flat(), Math.log)
  const sizes = { exitCount: 1, sampleCount: rows.length, classCount: rows[0]!.length }
  const confidences = Float64Array.from(rows, (row) => Math.max(...row))
  return [{ ...sizes, logits } as Given[0], { ...sizes, confidences } as Given[1]]
}

test('is the difference of the two largest probabilities', () => {
  const [clear, tied] = margin.scores(...given([[0.6, 0.3, 0.1], [0.4, 0.4, 0.2]]), []) // prettier-ignore
  assert.ok(Math.abs(clear! - 0.3) < 1e-6)
  assert.equal(tied, 0)
})

test('ranks a sample among the validation samples of its exit', () => {
  const validation = given([[0.95, 0.05], [0.6, 0.4], [0.7, 0.3], [0.8, 0.2]]) // prettier-ignore
  const fitted = [rank.fit!(...validation)]
  assert.equal(fitted[0]!.length, 99)
  // One half of the validation samples has a margin below 0.5: 49 of 99 percentiles, with the fiftieth between 0.4 and 0.6.
  const [least, middle, most] = rank.scores(...given([[0.5, 0.5], [0.74, 0.26], [0.99, 0.01]]), fitted) // prettier-ignore
  assert.deepEqual([least, most], [0, 1])
  assert.equal(middle, 49 / 99)
})

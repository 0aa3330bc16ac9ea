import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClassRule } from 'exitlab/extension'
import extension from './rule.ts'

const margin = extension.exitRules!['class-margin'] as ClassRule

test('is the difference of the two largest probabilities', () => {
  const logits = Float32Array.from([Math.log(0.6), Math.log(0.3), Math.log(0.1), 0, 0, 0])
  const outputs = { logits, classCount: 3, exitCount: 1, sampleCount: 2 } as unknown as Parameters<
    ClassRule['scores']
  >[0]
  const predictions = { confidences: Float64Array.of(0.6, 1 / 3) } as Parameters<ClassRule['scores']>[1]
  const [clear, tied] = margin.scores(outputs, predictions)
  assert.ok(Math.abs(clear! - 0.3) < 1e-6)
  assert.equal(tied, 0)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Analysis } from 'exitlab/extension'
import extension from './analysis.ts'

const { 'weight-norm': analysis } = extension.analyses!

test('is the Euclidean norm of each parameter unless another is asked for', async () => {
  const parameters = [{ name: 'w' }]
  const models = [{ network: { parameters }, weights: { w: { values: Float32Array.of(3, 4) } } }]
  const request = {
    ...{ parameters: analysis!.parameters.parse({}), models, plan: () => {}, preview: () => {} },
    part: (_: string, compute: () => unknown) => compute(),
  }
  const result = await analysis!.compute(request as unknown as Parameters<Analysis['compute']>[0])
  assert.deepEqual(analysis!.result.parse(result), {
    norms: [{ name: 'w', norm: 5 }],
    caveats: ['Larger is not better.'],
  })
})

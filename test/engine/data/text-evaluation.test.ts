import { afterEach, expect, test } from 'vitest'
import { createTextEvaluationBatches, createUniformTextBatches } from '../../../src/engine/data/text-batches.ts'
import type { TextSet } from '../../../src/engine/data/text-set.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import { stream } from '../../../src/engine/random.ts'
import { createEvaluation, evaluateExits, measureExits } from '../../../src/engine/training/evaluate.ts'
import { createModelState } from '../../../src/engine/training/phase-state.ts'
import { expectClose } from '../../support/arrays.ts'
import { randomParameters } from '../../support/forward.ts'
import '../../support/tensorflow.ts'
import { range } from './images.ts'

const network = createNetwork(
  networkSpec.parse({
    family: 'bert',
    vocabulary: 30,
    maxLength: 64,
    dim: 8,
    mlpDim: 16,
    depth: 1,
    headCount: 2,
    dropout: 0,
    attentionDropout: 0,
    classes: 3,
    exits: [0],
    head: '1L',
  }),
)

const owned: { dispose(): void }[] = []
const own = <T extends { dispose(): void }>(made: T): T => (owned.push(made), made)
afterEach(() => owned.splice(0).forEach((each) => each.dispose()))

/** Texts of 2 to 60 tokens, none of the padding's. */
function texts(count: number): TextSet {
  const random = stream(1, 'texts')
  const starts = Int32Array.from([0, ...range(count)])
  for (const text of range(count)) starts[text + 1] = starts[text]! + 2 + random.integer(59)
  return {
    kind: 'text',
    ids: Int32Array.from({ length: starts.at(-1)! }, () => 1 + random.integer(29)),
    starts,
    firstLengths: Int32Array.from(range(count), (text) => 1 + random.integer(starts[text + 1]! - starts[text]!)),
    labels: Int32Array.from({ length: count }, () => random.integer(3)),
    values: null,
    count,
    classes: 3,
    maxLength: 64,
  }
}

test('texts sorted by length with little padding have the same outputs as each text at its place with full padding', async () => {
  const set = texts(150)
  const evaluation = own(createEvaluation(network, [0, 1]))
  const state = own(createModelState(network, randomParameters(network, 1)))
  const sorted = await evaluateExits(evaluation, { state, batches: createTextEvaluationBatches(set) })
  const inOrder = await evaluateExits(evaluation, { state, batches: createUniformTextBatches(set, 64) })
  expect(sorted!.sampleCount).toBe(150)
  expectClose(sorted!.logits, inOrder!.logits, 1e-5)
  const metrics = await measureExits(evaluation, { state, batches: createTextEvaluationBatches(set) })
  const expected = await measureExits(evaluation, { state, batches: createUniformTextBatches(set, 64) })
  const valuesOf = (of: typeof metrics) => of!.flatMap((each) => Object.values(each) as number[])
  expectClose(valuesOf(metrics), valuesOf(expected), 1e-5)
})

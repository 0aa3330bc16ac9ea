import { describe, expect, test } from 'vitest'
import type { ExitHead, Head, HeadEntry } from '../src/engine/heads/head.ts'
import { heads } from '../src/engine/heads/index.ts'
import { meanOfTokens } from '../src/engine/layers/embedding.ts'
import { flatten } from '../src/engine/layers/pooling.ts'
import { sequential } from '../src/engine/layers/composition.ts'
import type { Features } from '../src/engine/layers/layer.ts'
import { linear } from '../src/engine/layers/linear.ts'
import { tf } from '../src/engine/tf.ts'
import { smallBert, smallVit } from './support/networks.ts'
import './support/tensorflow.ts'

const info = { title: 'Tokens', summary: 'A linear layer on tokens.', paper: 'none' }
const headOf = (create: Head['create']): HeadEntry => ({
  reads: { feature: 'tokens' },
  notes: '`fc`.',
  load: async () => ({ info, create }),
})

/** A linear layer on the mean of the tokens that are not padding. */
const onMean = headOf((name, { input, classes }): ExitHead => {
  const output = linear(`${name}.fc`, { inputShape: [input.shape.at(-1)!], features: classes, inputUnits: input.units })
  return {
    parameters: output.parameters,
    operations: output.operations,
    apply: (context, tokens, _states, { mask }) => ({ logits: output.apply(context, meanOfTokens(tokens, mask)) }),
  }
})

/** A linear layer on all tokens, one after the other. */
const onAll = headOf((name, { input, classes }): ExitHead => {
  const [tokens, features] = input.shape as [number, number]
  const row = flatten(name, [1, tokens, features])
  const layer = sequential([row, linear(`${name}.fc`, { inputShape: row.outputShape, features: classes })])
  return {
    parameters: layer.parameters,
    operations: layer.operations,
    apply: (context, input) => ({ logits: layer.apply(context, tf.expandDims(input, 1)) }),
  }
})

heads.register('on-mean', onMean)
heads.register('on-all', onAll)

// What knows the registries is loaded once everything is registered.
const { createNetwork } = await import('../src/engine/networks/index.ts')
const { oneTokenCaveat } = await import('../src/engine/features/feature-views.ts')
const { randomParameters, recordingContext } = await import('./support/forward.ts')
const { randomInputs } = await import('./support/inputs.ts')

/** Behind the last block that mixes tokens, where a head on the class token needs none of the others. */
const cases = {
  'a ViT, the mean of tokens': smallVit({ head: 'on-mean', exits: [0, 1] }),
  'a ViT, all tokens': smallVit({ head: 'on-all', exits: [0, 1] }),
  'a BERT, the mean of tokens but padding': smallBert({ head: 'on-mean', exits: [0, 2] }),
}

describe.each(Object.entries(cases))('a head on %s', (_, spec) => {
  const network = createNetwork(spec)
  const arrays = randomParameters(network, 1)
  const inputs = randomInputs(network.spec, 2, 3)

  test.each([0, 1])('has the same logits at exit %i whether all features are reported or not', (exit) => {
    tf.tidy(() => {
      const run = (onBlock?: (block: number, features: Features) => void) =>
        network.forward(recordingContext(arrays).context, inputs, { exits: [exit], ...(onBlock && { onBlock }) })[exit]!
      const difference = tf
        .max(
          tf.abs(
            tf.sub(
              run(),
              run(() => undefined),
            ),
          ),
        )
        .dataSync()[0]!
      expect(difference).toBeLessThan(1e-6)
    })
  })
})

test.each([
  ['1L', 'Only the class token, which the exits read, is analysed'],
  ['on-mean', 'Only the first token is analysed, although the exit heads read all tokens'],
])('what an analysis of one token leaves out is said by what heads read: %s', (head, words) => {
  expect(oneTokenCaveat(createNetwork(smallVit({ head, exits: [0] })))).toBe(words)
})

test('the mean of tokens leaves padding out', () => {
  tf.tidy(() => {
    const tokens = tf.tensor([1, 2, 3, 4, 50, 60, 5, 6, 7, 8, 9, 10], [2, 3, 2])
    const mask = tf.tensor([0, 0, -1e9, 0, 0, 0], [2, 1, 1, 3])
    expect(meanOfTokens(tokens, mask).arraySync()).toEqual([
      [2, 3],
      [7, 8],
    ])
    expect(meanOfTokens(tokens).arraySync()).toEqual([
      [18, 22],
      [7, 8],
    ])
  })
})

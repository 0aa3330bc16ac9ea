import { describe, expect, test } from 'vitest'
import type { Features } from '../../../src/engine/layers/layer.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { tf } from '../../../src/engine/tf.ts'
import { randomParameters, randomTensor, recordingContext } from '../../support/forward.ts'
import { randomInputs } from '../../support/inputs.ts'
import { smallBert, smallResnet, smallVit } from '../../support/networks.ts'
import '../../support/tensorflow.ts'

const resnet = createNetwork(smallResnet())
const vit = createNetwork(smallVit({ exits: [0, 1] }))
const bert = createNetwork(smallBert({ exits: [0, 2] }))

describe.each([
  { name: 'resnet', network: resnet, blocks: 4, widths: [4, 4, 6, 6] },
  { name: 'vit', network: vit, blocks: 3, widths: [8, 8, 8] },
  { name: 'bert', network: bert, blocks: 4, widths: [8, 8, 8, 8] },
])('the forward pass of a $name', ({ network, blocks, widths }) => {
  const arrays = randomParameters(network, 1)
  const inputs = randomInputs(network.spec, 2, 2)
  const all = tf.tidy(() =>
    network.forward(recordingContext(arrays).context, inputs).map((logits) => logits!.arraySync()),
  )

  test('gives logits [batch, classes] for every exit and uses every parameter', () => {
    const { context, asked } = recordingContext(arrays)
    tf.tidy(() => {
      const logits = network.forward(context, inputs)
      expect(logits.map((each) => each!.shape)).toEqual([
        [2, 3],
        [2, 3],
        [2, 3],
      ])
    })
    expect([...asked].sort()).toEqual(network.parameters.map(({ name }) => name).sort())
  })

  test.each([0, 1, 2])(
    'restricted to exit %i runs neither deeper blocks nor other heads, with the same logits',
    (exit) => {
      const { context, asked } = recordingContext(arrays)
      const seen: number[] = []
      tf.tidy(() => {
        const logits = network.forward(context, inputs, { exits: [exit], onBlock: (block) => seen.push(block) })
        expect(logits.map((each) => each !== null)).toEqual([0, 1, 2].map((each) => each === exit))
        // Where nobody watches the last block, only what is read of it is computed: another matrix product, another rounding.
        const difference = tf.max(tf.abs(tf.sub(logits[exit]!, tf.tensor(all[exit]!)))).dataSync()[0]!
        expect(difference).toBeLessThan(1e-6)
      })
      const deepest = network.exits[exit]!.block ?? blocks - 1
      expect(seen).toEqual(Array.from({ length: deepest + 1 }, (_, block) => block))
      const ran = new Set([...asked].map((name) => /^(blocks|heads)\.(\d+)/.exec(name)?.[0]).filter(Boolean))
      const heads = exit < 2 ? [`heads.${exit}`] : []
      expect([...ran].sort()).toEqual([...seen.map((block) => `blocks.${block}`), ...heads].sort())
      expect([...asked].some((name) => name.startsWith('classifier'))).toBe(exit === 2)
    },
  )

  test('passes the features behind each block to an observer', () => {
    const shapes: number[] = []
    tf.tidy(() => {
      const onBlock = (block: number, features: Features) => shapes.push(block, features[network.reads]!.shape.at(-1)!)
      network.forward(recordingContext(arrays).context, inputs, { onBlock })
    })
    expect(shapes).toEqual(widths.flatMap((width, block) => [block, width]))
  })

  test('lists its groups in the order they run', () => {
    const { context, asked } = recordingContext(arrays)
    tf.tidy(() => void network.forward(context, inputs))
    const groupOf = new Map(network.parameters.map(({ name, group }) => [name, group]))
    const order = [...new Set([...asked].map((name) => groupOf.get(name)))]
    expect(order).toEqual(network.groups.map(({ name }) => name))
  })

  test('refuses an exit that is not there', () => {
    expect(() => network.forward(recordingContext(arrays).context, inputs, { exits: [3] })).toThrow(
      'expected exits between 0 and 2, got [3]',
    )
  })
})

test('parts in evaluation mode use and keep their running statistics while others train', () => {
  const arrays = randomParameters(resnet, 3)
  const images = randomTensor([4, 12, 12, 1], 4)
  tf.tidy(() => {
    const frozen = recordingContext(arrays)
    const expected = resnet.forward(frozen.context, { images }, { exits: [0] })[0]!.arraySync()
    const half = recordingContext(arrays, { training: (name) => /^blocks\.[123]/.test(name) })
    expect(resnet.forward(half.context, { images })[0]!.arraySync()).toEqual(expected)
    expect(frozen.updated.size).toBe(0)
    expect([...half.updated.keys()].every((name) => /^blocks\.[123]\..*running_(mean|var)$/.test(name))).toBe(true)
    expect(half.updated.size).toBe(2 * (2 + 3 + 2))
  })
})

test('the gradient reaches the images through a frozen backbone', () => {
  const arrays = randomParameters(resnet, 5)
  const images = randomTensor([2, 12, 12, 1], 6)
  tf.tidy(() => {
    const { context } = recordingContext(arrays)
    const gradient = tf.grad((x) => tf.sum(tf.square(resnet.forward(context, { images: x }, { exits: [2] })[2]!)))(
      images,
    )
    expect(tf.sum(tf.abs(gradient)).dataSync()[0]).toBeGreaterThan(0)
  })
})

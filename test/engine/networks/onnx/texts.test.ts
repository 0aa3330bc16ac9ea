import { describe, expect, it } from 'vitest'
import { onnx } from '../../../../src/engine/networks/onnx/family.ts'
import { oneTokenCaveat } from '../../../../src/engine/features/feature-views.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { networkSpec } from '../../../../src/engine/networks/families.ts'
import { tf, type TensorRecord } from '../../../../src/engine/tf.ts'
import type { OnnxModel } from '../../../../src/shared/onnx-file/model.ts'
import type { SampleSpec } from '../../../../src/shared/network/network.ts'
import { recordingContext } from '../../../support/forward.ts'
import { described, onnxFixture, onnxModel, referenceInputs, withNodes } from '../../../support/onnx-fixtures.ts'
import '../../../support/tensorflow.ts'

const model = onnxModel('text')
const texts: SampleSpec = { kind: 'text', vocabulary: 50, maxLength: 12, classes: 3 }

const resolved = (samples: SampleSpec, of: OnnxModel = model) =>
  onnx.resolve({ family: 'onnx', file: 'net.onnx', start: 'file' }, samples, described(of).file)

describe('a network of texts', () => {
  it('takes the inputs that it has, with ids of its table of tokens', () => {
    const network = resolved(texts)
    expect(networkSpec.parse(network)).toEqual(network)
    expect(onnx.inputs(network)).toEqual({
      ids: { shape: [12], dtype: 'int32', most: 49 },
      mask: { shape: [12], dtype: 'int32', most: 1 },
      segments: { shape: [12], dtype: 'int32', most: 1 },
    })
    expect(described(model).report).toMatchObject({ inputShape: [12], vocabulary: 50, feature: 'mean token' })
    expect(onnx.notes(network)).toContain('Its heads read the mean of all tokens but padding of their block')
  })

  it('has one token, the mean of all, which its analyses read as its heads do', () => {
    const network = createNetwork(resolved(texts))
    expect(oneTokenCaveat(network)).toBe('Only the mean of the tokens, which the exits read, is analysed')
  })

  it('may have its inputs in any order', () => {
    const reversed = { ...model, inputs: model.inputs.toReversed() }
    expect(described(reversed).file.graph).toBe(described(model).file.graph)
  })

  it('may have no mask, and heads then read the mean of all tokens', () => {
    // Padding has the id 0, so that ids can tell it as well.
    const ofIds = withNodes(model, (node) => [
      { ...node, inputs: node.inputs.map((name) => (name === 'mask' ? 'ids' : name)) },
    ])
    const unmasked = { ...ofIds, inputs: model.inputs.filter(({ name }) => name !== 'mask') }
    const network = resolved(texts, unmasked)
    expect(Object.keys(onnx.inputs(network))).toEqual(['ids', 'segments'])
    expect(described(unmasked).report.feature).toBe('mean token')
  })

  it('pads shorter texts to its length, which changes nothing where it has a mask', () => {
    const { network, arrays, reference } = onnxFixture('text', { exits: [0, 1] })
    const logits = (inputs: TensorRecord) =>
      network.forward(recordingContext(arrays).context, inputs).map((each) => each!.arraySync())
    tf.tidy(() => {
      const whole = referenceInputs(reference)
      // Of the second text, which has three tokens.
      const cut = (length: number) =>
        Object.fromEntries(Object.entries(whole).map(([name, x]) => [name, tf.slice(x, [1, 0], [1, length])]))
      expect(logits(cut(5))).toEqual(logits(cut(12)))
    })
  })

  it.each([
    [{ ...texts, maxLength: 13 }, /texts of at most 12 tokens.*up to 13.*--length 13/],
    [{ ...texts, vocabulary: 51 }, /table of 50 tokens.*ids below 51.*data\.tokenizer/],
    [
      {
        kind: 'images',
        ...{ height: 16, width: 16, channels: 3, pad: 0, classes: 5 },
        normalisation: { mean: [], std: [] },
      },
      /takes texts, and the data set \(data\.source\) has images/,
    ],
  ] as [SampleSpec, RegExp][])('refuses samples that it cannot take: %j', (samples, message) => {
    expect(() => resolved(samples)).toThrow(message)
  })

  it('is refused with inputs of other names, and where no table is looked up', () => {
    const named = { ...model, inputs: model.inputs.map((input) => ({ ...input, name: `my_${input.name}` })) }
    const renamed = withNodes(named, (node) => [
      { ...node, inputs: node.inputs.map((name) => (/^(ids|mask|segments)$/.test(name) ? `my_${name}` : name)) },
    ])
    expect(() => described(renamed)).toThrow(/expected one input, float32 images.*got int32 my_ids \[samples, 12\]/)
    expect(() => described(model, { side: [32, 32] })).toThrow('takes no images')
  })
})

it('a network of images is refused for texts', () => {
  expect(() => resolved(texts, onnxModel('convnext'))).toThrow(
    /takes images, and the data set \(data\.source\) has texts/,
  )
})

import '../../support/tensorflow.ts'
import { expect, test } from 'vitest'
import { familyOf } from '../../../src/engine/networks/families.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { segmentsOf } from '../../../src/engine/networks/segments.ts'
import { tf, type TensorRecord } from '../../../src/engine/tf.ts'
import { evaluationContext } from '../../../src/engine/training/evaluate.ts'
import { madeUpBatch } from '../../../src/engine/training/calibrate.ts'
import { tensorsOf } from '../../../src/engine/training/batch.ts'
import { randomParameters } from '../../support/forward.ts'
import { segmentCases } from '../../support/segment-cases.ts'

test.each(Object.entries(segmentCases))('one after the other, the segments of %s give its logits', (_name, spec) => {
  const network = createNetwork(spec)
  const weights = randomParameters(network, 1)
  const value = (name: string) => tf.tensor(weights[name]!.values, [...weights[name]!.shape])
  const context = evaluationContext({ value })
  const inputs = tensorsOf(madeUpBatch(spec, 3).inputs)
  expect(Object.keys(inputs)).toEqual(Object.keys(familyOf(spec).inputs(spec)))
  let values: TensorRecord = inputs
  for (const { run } of segmentsOf(network)) values = { ...values, ...run(context, values) }
  const whole = network.forward(context, inputs)
  for (const { exit } of network.exits) {
    const [ours, theirs] = [values[`logits.${exit}`]!, whole[exit]!].map((logits) => Array.from(logits.dataSync()))
    const scale = Math.max(...theirs!.map(Math.abs))
    expect(ours).toEqual(theirs!.map((logit) => expect.closeTo(logit, 4 - Math.ceil(Math.log10(scale)))))
  }
})

test('the parts of a network between its exits do not overlap', () => {
  const network = createNetwork(segmentCases['a ResNet'])
  const asked: string[][] = []
  const weights = randomParameters(network, 1)
  let values: TensorRecord = tensorsOf(madeUpBatch(network.spec, 2).inputs)
  for (const { run } of segmentsOf(network)) {
    const names = new Set<string>()
    const value = (name: string) => {
      names.add(name)
      return tf.tensor(weights[name]!.values, [...weights[name]!.shape])
    }
    values = { ...values, ...run(evaluationContext({ value }), values) }
    asked.push([...names])
  }
  expect(asked.flat().toSorted()).toEqual(network.parameters.map(({ name }) => name).toSorted())
})

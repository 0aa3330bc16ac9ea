import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Head } from '../../../src/main/engine/heads/head.ts'
import { heads } from '../../../src/main/engine/heads/index.ts'
import { perceptron } from '../../../src/main/engine/heads/perceptron.ts'
import { fromDiskLayout } from '../../../src/main/engine/layers/layout.ts'
import { tf } from '../../../src/main/engine/tf.ts'
import { decodeSafetensors } from '../../../src/shared/safetensors.ts'
import { recordingContext } from '../../support/forward.ts'
import '../../support/tensorflow.ts'

const file = new URL('fixtures/heads.safetensors', import.meta.url)
const { arrays } = decodeSafetensors(readFileSync(file), 'heads.safetensors')
const stored = (name: string) => arrays[name] as { shape: number[]; values: Float32Array }
const names = [...new Set(Object.keys(arrays).map((name) => name.split('/')[0]!))]

/** A head of the registry, or one of fewer units that the same code makes: `perceptron-6-5`. */
const headOf = async (name: string): Promise<Head> =>
  name.startsWith('perceptron-') ? perceptron(name.split('-').slice(1).map(Number)) : heads.get(name).load()

test('every head has a fixture, but for those of several large layers, MSDNet’s (networks/parity.test.ts) and gpf (objectives/parity.test.ts)', () => {
  const without = heads.names().filter((name) => !names.includes(name))
  expect(without).toEqual(['msdnet', '3L-8192', '4L-8192', '5L-8192', 'gpf'])
})

test.each(names)('%s gives the logits of PyTorch', async (name) => {
  const input = stored(`${name}/input`)
  const expected = stored(`${name}/logits`)
  const shape = input.shape.slice(1)
  const feature = shape.length === 3 ? ('map' as const) : ('tokens' as const)
  const options = { input: { shape }, feature, classes: 3, exit: 0, exitCount: 2, states: [], sizes: {} }
  const head = (await headOf(name)).create('head', options)
  const weights = head.parameters.map((parameter) => {
    const values = fromDiskLayout(parameter, stored(`${name}/model/${parameter.name.slice('head.'.length)}`))
    return [parameter.name, { shape: parameter.shape, values }] as const
  })
  const { context, asked } = recordingContext(Object.fromEntries(weights))
  tf.tidy(() => {
    const { logits } = head.apply(context, tf.tensor(input.values, input.shape), [])
    const found = logits.dataSync()
    expected.values.forEach((value, index) =>
      expect(Math.abs(found[index]! - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value))),
    )
  })
  expect([...asked].sort()).toEqual(weights.map(([each]) => each).sort())
})

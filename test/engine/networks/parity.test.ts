import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fromDiskLayout } from '../../../src/engine/layers/layout.ts'
import { createNetwork, type Network } from '../../../src/engine/networks/index.ts'
import { createState, tf, traced, type StateScope, type TensorRecord } from '../../../src/engine/tf.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import { decodeSafetensors, type NamedArray } from '../../../src/shared/safetensors/safetensors.ts'
import '../../support/tensorflow.ts'

const folder = new URL('fixtures/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'))

interface Fixture {
  network: Network
  arrays: Record<string, NamedArray>
}

function load(name: string): Fixture {
  const { arrays, metadata } = decodeSafetensors(readFileSync(new URL(name, folder)), name)
  return { network: createNetwork(networkSpec.parse(JSON.parse(metadata.network!))), arrays }
}

const stored = ({ arrays }: Fixture, name: string) => arrays[name] as { shape: number[]; values: Float32Array }

function stateOf(fixture: Fixture) {
  const entries = fixture.network.parameters.map((parameter) => [
    parameter.name,
    { shape: parameter.shape, values: fromDiskLayout(parameter, stored(fixture, `model.${parameter.name}`)) },
  ])
  return createState(Object.fromEntries(entries))
}

/** Logits of all exits, and the running statistics afterwards. */
async function run(fixture: Fixture, mode: 'training' | 'evaluation') {
  const { network } = fixture
  const state = stateOf(fixture)
  const body = (inputs: TensorRecord, scope: StateScope): TensorRecord => {
    const logits = network.forward(
      { value: scope.value, training: () => mode === 'training', updateBuffer: scope.assign },
      inputs,
    )
    return Object.fromEntries(logits.map((each, exit) => [`${mode}.${exit}`, each!]))
  }
  const { shape, values } = stored(fixture, 'images')
  const images = tf.tensor(values, shape)
  const outputs = await traced('forward', body).run({ images }, state)
  const results: Record<string, Float32Array> = {}
  for (const [name, tensor] of Object.entries(outputs)) results[name] = (await tensor.data()) as Float32Array
  for (const { name, kind } of network.parameters) {
    if (kind === 'buffer') results[`after.${name}`] = await state.read(name)
  }
  tf.dispose([images, ...Object.values(outputs)])
  state.dispose()
  return results
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)
}

test('the parameters of every fixture have the names and shapes of PyTorch modules named as ours', () => {
  for (const name of names) {
    const { network, arrays } = load(name)
    const theirs = Object.keys(arrays).filter((each) => each.startsWith('model.'))
    expect(network.parameters.map((parameter) => `model.${parameter.name}`).sort()).toEqual(theirs.sort())
  }
})

test.each(names)('%s: logits and running statistics equal PyTorch’s to 1e-5', async (name) => {
  const fixture = load(name)
  for (const mode of ['evaluation', 'training'] as const) {
    const results = await run(fixture, mode)
    for (const [key, values] of Object.entries(results)) {
      const expected = mode === 'evaluation' ? key.replace('after.', 'model.') : key
      expect(largestDifference(values, stored(fixture, expected).values), `${mode} ${key}`).toBeLessThan(1e-5)
    }
  }
})

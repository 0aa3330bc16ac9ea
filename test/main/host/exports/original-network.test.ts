import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { toDiskLayout } from '../../../../src/engine/layers/layout.ts'
import type { Network } from '../../../../src/engine/networks/index.ts'
import { tf } from '../../../../src/engine/tf.ts'
import { writeOriginal } from '../../../../src/main/host/exports/original-network.ts'
import { decodeSafetensors, encodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import { recordingContext } from '../../../support/forward.ts'
import { smallResnet } from '../../../support/networks.ts'
import { onnxFixture, referenceInputs } from '../../../support/onnx-fixtures.ts'
import { pythonWith } from '../../../support/python.ts'
import '../../../support/tensorflow.ts'
import { temporaryFolder } from '../support.ts'

const check = fileURLToPath(new URL('../../../support/check_multi_exit.py', import.meta.url))
const found = pythonWith('torch', 'onnx', 'safetensors')

/** A folder as an export has it, of a fixture with heads at both exits. */
function exported(name: Parameters<typeof onnxFixture>[0], head: string) {
  const folder = temporaryFolder()
  const fixture = onnxFixture(name, { exits: [0, 1], head })
  const { network, arrays } = fixture
  const spec = { ...network.spec, counters: countersOf(network) }
  const onDisk = network.parameters.map((each) => [each.name, toDiskLayout(each, arrays[each.name]!.values)])
  writeFileSync(join(folder, 'model.safetensors'), encodeSafetensors(Object.fromEntries(onDisk)))
  writeFileSync(join(folder, 'network.json'), JSON.stringify(spec))
  return { folder, ...fixture, spec }
}

/** Of batch norms, as PyTorch counts their batches. */
const countersOf = ({ parameters }: Network) =>
  Object.fromEntries(
    parameters.flatMap(({ name }) =>
      name.endsWith('running_mean') ? [[name.replace('running_mean', 'num_batches_tracked'), 7]] : [],
    ),
  )

it('the weights without heads are written under the names that the network has in PyTorch', async () => {
  const { folder, reference, spec } = exported('convolutional', 'pooled')
  expect(await writeOriginal(spec, folder)).toEqual(['model_original.safetensors', 'multi_exit.py'])
  const { arrays } = decodeSafetensors(readFileSync(join(folder, 'model_original.safetensors')))
  const parameters = Object.keys(reference).flatMap((key) => /^evaluation\.gradient\.(.*)$/.exec(key)?.[1] ?? [])
  const statistics = Object.keys(reference).flatMap((key) => /^after\.(.*)$/.exec(key)?.[1] ?? [])
  const counters = Object.entries(spec.counters)
  expect(Object.keys(arrays).sort()).toEqual([...parameters, ...statistics, ...counters.map(([key]) => key)].sort())
  for (const [key] of counters) expect(arrays[key]).toEqual({ shape: [], values: Int32Array.of(7) })
  expect(counters).toHaveLength(2)
})

it('an array that PyTorch has under two names is written under both', async () => {
  const { folder, spec } = exported('convolutional', 'pooled')
  const tied = { '1.1.layers.9.bias': '1.1.layers.0.bias' }
  await writeOriginal({ ...spec, tied } as never, folder)
  const { arrays } = decodeSafetensors(readFileSync(join(folder, 'model_original.safetensors')))
  expect(arrays['1.1.layers.9.bias']).toEqual(arrays['1.1.layers.0.bias'])
  expect(arrays['1.1.layers.0.bias']!.values).toHaveLength(8)
})

it('a network of Exitlab’s own families has no original', async () => {
  expect(await writeOriginal(smallResnet(), temporaryFolder())).toEqual([])
})

it.for([
  ['convolutional', 'pooled'],
  ['convnext', 'pooled'],
  ['transformer', '2L-1024'],
  ['text', '1L'],
  ['dense', 'pooled'],
] as const)('the Python class gives the logits of all exits of %s with heads %s', async ([name, head], { skip }) => {
  if (found.python === null) return skip(found.reason)
  const { folder, network, arrays, reference, spec } = exported(name, head)
  await writeOriginal(spec, folder)
  const logits = tf.tidy(() =>
    network.forward(recordingContext(arrays).context, referenceInputs(reference)).map((each) => each!.arraySync()),
  )
  const inputs = ['images', 'ids', 'mask', 'segments'].flatMap((input) => {
    const array = reference[input]
    if (!array) return []
    const type = array.values instanceof Int32Array ? 'int32' : 'float32'
    return [tf.tidy(() => tf.tensor(array.values, [...array.shape], type).arraySync())]
  })
  writeFileSync(join(folder, 'check.json'), JSON.stringify({ inputs, logits }))
  const difference = Number(execFileSync(found.python, [check, name, folder], { encoding: 'utf8' }))
  expect(difference).toBeLessThan(1e-4)
})

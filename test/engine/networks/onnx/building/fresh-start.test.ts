import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { phaseIdOf } from '../../../../../src/main/execution/depot/phase-job.ts'
import { createNetwork, initialise } from '../../../../../src/engine/networks/index.ts'
import { onnx } from '../../../../../src/engine/networks/onnx/family.ts'
import type { OnnxSpec } from '../../../../../src/engine/networks/onnx/schema.ts'
import { diskShape, toDiskLayout } from '../../../../../src/engine/layers/layout.ts'
import { elements } from '../../../../../src/engine/layers/parameter.ts'
import { describeWeightsFile, startWeights } from '../../../../../src/main/trainer/weights.ts'
import { encodeSafetensors, type NamedArray } from '../../../../../src/shared/safetensors/safetensors.ts'
import { definition } from '../../../../main/execution/depot/support.ts'
import {
  described,
  nodeLike,
  onnxModel,
  onnxSpec,
  samplesFor,
  withArrays,
  withBehind,
  withoutExits,
} from '../../../../support/onnx-fixtures.ts'
import '../../../../support/tensorflow.ts'

const mask = { shape: [1, 8, 1, 1], values: [0, -100, 0, 0, -Infinity, 0.25, 0, 0] }
const blur = { shape: [8, 1, 3, 3], values: Array.from({ length: 72 }, (_, index) => index / 64) }

/** The network of the fixture with a mask, and with a filter that blurs, as buffers that no normalisation reads. */
function model(values = mask.values) {
  const own = withArrays(
    onnxModel('convolutional'),
    { '1.2.mask': { ...mask, values }, '1.2.blur': blur, '1.2.half': { shape: [1], values: [0.5] } },
    'buffers',
  )
  const masked = withBehind(own, 'LeakyRelu', nodeLike('Add', ['1.2.mask']))
  const scaled = withBehind(masked, 'HardSwish', nodeLike('Mul', ['1.2.half']))
  const windows = { dilations: [1, 1], group: 8, kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1] }
  return withBehind(scaled, 'Sigmoid', nodeLike('Conv', ['1.2.blur'], [], windows))
}

function freshSpec(values?: number[]): OnnxSpec {
  const { file } = described(model(values))
  return onnx.resolve({ ...withoutExits, start: 'fresh' }, samplesFor(file), file)
}

it('fixed buffers have the values of the file where the network starts fresh, infinities the largest number', () => {
  const network = createNetwork(freshSpec())
  const arrays = initialise(network, 1)
  const stored = (name: string) => {
    const parameter = network.parameters.find((each) => each.name === name)!
    return Array.from(toDiskLayout(parameter, arrays[name]!.values).values)
  }
  const largest = 3.4028234663852886e38
  expect(stored('1.2.mask')).toEqual(mask.values.map((value) => Math.max(value, -largest)))
  expect(stored('1.2.blur')).toEqual(blur.values)
  expect(stored('1.2.half')).toEqual([0.5])
  // Running statistics and what is trained are initialised.
  expect(new Set(stored('0.1.running_mean'))).toEqual(new Set([0]))
  expect(new Set(stored('0.0.weight')).size).toBeGreaterThan(100)
})

it('infinities of fixed buffers are taken from a file as the largest number, and other damage is refused', async () => {
  const network = createNetwork(onnxSpec(model()))
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-buffers-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'weights.safetensors')
  const written = async (changes: Record<string, NamedArray>) => {
    const arrays = Object.fromEntries(
      network.parameters.map((parameter): [string, NamedArray] => {
        const shape = diskShape(parameter)
        return [parameter.name, changes[parameter.name] ?? { shape, values: new Float32Array(elements(shape)) }]
      }),
    )
    writeFileSync(file, encodeSafetensors(arrays))
    const { sha256 } = await describeWeightsFile(file)
    return startWeights(network, { kind: 'weights', sha256, source: file })
  }
  const array = ({ shape }: typeof mask, values: number[]) => ({ shape, values: Float32Array.from(values) })
  const { weights } = await written({ '1.2.mask': array(mask, mask.values) })
  const taken = weights.arrays['1.2.mask']!.values
  expect(Array.from(taken)).toEqual(mask.values.map((value) => Math.max(value, -3.4028234663852886e38)))
  await expect(written({ '1.2.mask': array(mask, mask.values.with(0, NaN)) })).rejects.toThrow(/1\.2\.mask holds NaN/)
  const statistics = { shape: [8], values: mask.values }
  await expect(written({ '0.1.running_mean': array(statistics, mask.values) })).rejects.toThrow(
    /0\.1\.running_mean holds NaN or infinite values/,
  )
})

it('the values of fixed buffers are a part of what identifies a phase, not how they are packed', () => {
  const id = (network: OnnxSpec) => phaseIdOf(definition({ network }))
  const spec = freshSpec()
  expect(id(freshSpec())).toBe(id(spec))
  expect(id(freshSpec(mask.values.with(1, -99)))).not.toBe(id(spec))
  expect(id({ ...spec, buffers: { ...spec.buffers!, packed: '' } })).toBe(id(spec))
})

it('a network without fixed buffers has none in its specification', () => {
  const { file } = described(onnxModel('convolutional'))
  expect(file).not.toHaveProperty('buffers')
  const start = onnx.resolve({ ...withoutExits, start: 'fresh' }, samplesFor(file), file)
  expect(start).not.toHaveProperty('buffers')
})

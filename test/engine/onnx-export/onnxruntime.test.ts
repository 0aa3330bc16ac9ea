import '../../support/tensorflow.ts'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { familyOf, sampleKindOf } from '../../../src/engine/networks/families.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { networkModels } from '../../../src/engine/onnx-export/network-models.ts'
import { stream } from '../../../src/engine/random.ts'
import { createState } from '../../../src/engine/tf.ts'
import type { BatchArray } from '../../../src/engine/training/batch.ts'
import { createEvaluation } from '../../../src/engine/training/evaluate.ts'
import { imagePreparation, type NetworkSpec } from '../../../src/shared/network/network.ts'
import { randomParameters } from '../../support/forward.ts'
import { pythonWith } from '../../support/python.ts'
import { segmentCases } from '../../support/segment-cases.ts'

const check = fileURLToPath(new URL('../../support/check_onnx.py', import.meta.url))
const found = pythonWith('numpy', 'onnx', 'onnxruntime')
const size = 5

test.for(Object.entries(segmentCases))('onnxruntime gives the logits of %s', async ([, spec], { skip }) => {
  if (found.python === null) return skip(found.reason)
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-onnx-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const network = createNetwork(spec)
  const weights = randomParameters(network, 1)
  for (const { name, bytes } of networkModels(network, weights)) writeFileSync(join(folder, `${name}.onnx`), bytes)
  const { inputs, batch } = samplesOf(spec)
  const logits = await createEvaluation(network, [...network.exits.keys()]).run(createState(weights), {
    inputs: batch,
    size,
  })
  const length = size * spec.classes
  const perExit = network.exits.map(({ exit }) =>
    rowsOf(logits.slice(exit * length, (exit + 1) * length), spec.classes),
  )
  writeFileSync(join(folder, 'check.json'), JSON.stringify({ inputs, logits: perExit }))
  const answer = execFileSync(found.python, [check, folder], { encoding: 'utf8' })
  const { segments, whole, largest } = JSON.parse(answer) as Record<'segments' | 'whole' | 'largest', number>
  expect(Math.max(segments, whole) / Math.max(1, largest)).toBeLessThan(2e-6)
})

const rowsOf = (values: Float32Array, width: number) =>
  Array.from({ length: values.length / width }, (_, row) => [...values.slice(row * width, (row + 1) * width)])

/** Samples as a user has them, and as the network takes them. */
function samplesOf(spec: NetworkSpec): { inputs: object; batch: Record<string, BatchArray> } {
  return sampleKindOf(spec) === 'images' ? imagesOf(spec) : tokensOf(spec)
}

/** Images of random bytes, channels first; and normalised, with zero pixels around them. */
function imagesOf(spec: NetworkSpec) {
  const [height, width, channels] = familyOf(spec).inputs(spec)['images']!.shape as [number, number, number]
  const { pad, normalisation } = imagePreparation.parse(spec)
  const [rows, columns] = [height - 2 * pad, width - 2 * pad]
  const source = stream(1, 'images')
  const shape = [size, channels, rows, columns]
  const bytes = Array.from({ length: size * channels * rows * columns }, () => source.integer(256))
  const values = Float32Array.from({ length: size * height * width * channels }, (_, at) => {
    const [channel, pixel] = [at % channels, Math.floor(at / channels)]
    const [column, line] = [(pixel % width) - pad, (Math.floor(pixel / width) % height) - pad]
    const sample = Math.floor(pixel / width / height)
    const inside = column >= 0 && column < columns && line >= 0 && line < rows
    const byte = inside ? bytes[((sample * channels + channel) * rows + line) * columns + column]! : 0
    return (byte / 255 - normalisation.mean[channel]!) / normalisation.std[channel]!
  })
  return {
    inputs: { images: { type: 'uint8', shape, values: bytes } },
    batch: { images: { values, shape: [size, height, width, channels], dtype: 'float32' as const } },
  }
}

/** Texts of one to all tokens. */
function tokensOf(spec: NetworkSpec) {
  const source = stream(1, 'tokens')
  const entries = Object.entries(familyOf(spec).inputs(spec)).map(([name, { shape, most = 0 }]) => {
    const length = shape[0]!
    const values = Int32Array.from({ length: size * length }, (_, at) =>
      name === 'mask' ? Number(at % length <= Math.floor(at / length) * 2) : source.integer(most + 1),
    )
    return [name, { values, shape: [size, length], dtype: 'int32' as const }] as const
  })
  const inputs = entries.map(([name, { values, shape }]) => [name, { type: 'int32', shape, values: [...values] }])
  return { inputs: Object.fromEntries(inputs) as object, batch: Object.fromEntries(entries) }
}

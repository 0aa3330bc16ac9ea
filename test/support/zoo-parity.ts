import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { toDiskLayout } from '../../src/main/engine/layers/layout.ts'
import { createNetwork } from '../../src/main/engine/networks/index.ts'
import type { TrainingBatch } from '../../src/main/engine/training/batch.ts'
import { createEvaluation } from '../../src/main/engine/training/evaluate.ts'
import { createModelState, type TorchArray } from '../../src/main/engine/training/phase-state.ts'
import { writeOriginal } from '../../src/main/host/exports/original-network.ts'
import { readOnnx } from '../../src/main/onnx-file/read-model.ts'
import { decodeSafetensors, encodeSafetensors, type NamedArray } from '../../src/shared/safetensors.ts'
import { firstStep, trainedBriefly } from './brief-training.ts'
import { gradientsOf } from './gradients.ts'
import { networkOf, referenceInputs } from './onnx-fixtures.ts'

const script = fileURLToPath(new URL('torch_zoo.py', import.meta.url))

type Arrays = Readonly<Record<string, NamedArray>>
const floats = (arrays: Arrays, key: string) => arrays[key]!.values as Float32Array

/** A network of torch_zoo.py in a folder, in Exitlab and in PyTorch. */
export function zooPair(python: string, name: string, folder: string) {
  const call = (...args: string[]) => execFileSync(python, [script, name, folder, ...args], { stdio: 'pipe' })
  call()
  const arraysIn = (file: string): Arrays => decodeSafetensors(readFileSync(join(folder, file)), file).arrays
  const model = readOnnx(readFileSync(join(folder, `${name}.onnx`)), name)
  const reference = (batch: 0 | 1) => arraysIn(`${name}.${batch}.safetensors`)

  /** Within 10⁻⁴ of PyTorch in float64, or three times as far as PyTorch in float32. */
  async function compareGradients(): Promise<void> {
    const { network, arrays } = networkOf(model)
    const errors: Record<string, number[]> = { evaluation: [], training: [] }
    for (const batch of [0, 1] as const) {
      const expected = reference(batch)
      for (const mode of ['evaluation', 'training'] as const) {
        const { logits, ...found } = await gradientsOf(network, arrays, { inputs: referenceInputs(expected), mode })
        if (mode === 'evaluation')
          expect(gap([[logits!, floats(expected, 'evaluation.logits')]]), 'logits').toBeLessThan(1e-5)
        const keys = Object.keys(found).flatMap((key) => /^gradient\.(.*)$/.exec(key)?.[1] ?? [])
        const exact = (of: (key: string) => Float32Array) =>
          gap(keys.map((key) => [of(key), floats(expected, `${mode}.exact.${key}`)] as const))
        const own = exact((key) => found[`gradient.${key}`]!)
        const theirs = exact((key) => floats(expected, `${mode}.gradient.${key}`))
        errors[mode]!.push(own / Math.max(1e-4, 3 * theirs))
      }
    }
    // A unit within rounding of a tie, at a ReLU or a maximum, may switch in one batch, and a wrong gradient is so in both.
    for (const [mode, both] of Object.entries(errors)) expect(Math.min(...both), mode).toBeLessThan(1)
  }

  /** One step of AdamW, by the same rule; the regimes for two steps each; the weights of mixed back into PyTorch. */
  async function trainAndReturn(): Promise<void> {
    const expected = reference(0)
    const exits = [0, 1]
    const { network, arrays } = networkOf(model, { exits })
    const { spec } = network
    const start = Object.fromEntries(
      createNetwork({ ...spec, exits: [] }).parameters.map((each): [string, TorchArray] => [
        each.name,
        toDiskLayout(each, arrays[each.name]!.values),
      ]),
    )
    const batch = await batchOf(expected, spec.classes)
    const train = (phase: Parameters<typeof trainedBriefly>[0], from: typeof start, steps = 2) =>
      trainedBriefly(phase, from, { spec, batch, steps })

    const stepped = await train(['mixed', 0], start, 1)
    const names = Object.keys(start).filter((key) => `step.${key}` in expected)
    const exact = new Map(
      names.map((key) => [key, firstStep(start[key]!.values, floats(expected, `training.exact.${key}`))]),
    )
    const error = (of: (key: string) => Float32Array) => gap(names.map((key) => [of(key), exact.get(key)!] as const))
    const change = error((key) => start[key]!.values)
    const theirs = error((key) => floats(expected, `step.${key}`)) / change
    expect(error((key) => stepped[key]!.values) / change).toBeLessThan(Math.max(1e-3, 3 * theirs))

    const backbone = await train(['disjoint', 0], start)
    await train(['disjoint', 1], backbone)
    await train(['joint', 0], start)
    const mixed = await train(['mixed', 1], backbone)
    writeFileSync(join(folder, 'model.safetensors'), encodeSafetensors(mixed))
    await writeOriginal(spec, folder)
    call('back')
    const evaluation = createEvaluation(network, [network.exits.length - 1])
    const state = createModelState(network, mixed)
    const logits = await evaluation.run(state, batch)
    expect(gap([[logits, floats(arraysIn('back.safetensors'), 'logits')]]), 'logits of what came back').toBeLessThan(
      1e-5,
    )
    state.dispose()
    evaluation.dispose()
  }

  return { model, compareGradients, trainAndReturn }
}

/** Four samples of classes 0, 1, 2, 3. */
async function batchOf(reference: Arrays, classes: number): Promise<TrainingBatch> {
  const inputs: TrainingBatch['inputs'] = {}
  for (const [name, tensor] of Object.entries(referenceInputs(reference))) {
    const dtype = name === 'images' ? 'float32' : 'int32'
    inputs[name] = { values: (await tensor.data()) as Float32Array | Int32Array, shape: tensor.shape, dtype }
    tensor.dispose()
  }
  const values = Float32Array.from({ length: 4 * classes }, (_, at) => Number(at % (classes + 1) === 0))
  return { inputs, targets: { values, shape: [4, classes], dtype: 'float32' }, size: 4 }
}

/** ‖a − b‖ / ‖b‖ over all pairs. */
function gap(pairs: readonly (readonly [a: Float32Array, b: Float32Array])[]): number {
  let [difference, norm] = [0, 0]
  for (const [a, b] of pairs) {
    a.forEach((value, index) => (difference += (value - b[index]!) ** 2))
    b.forEach((value) => (norm += value ** 2))
  }
  return Math.sqrt(difference / norm)
}

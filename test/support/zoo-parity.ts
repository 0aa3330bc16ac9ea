import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { toDiskLayout } from '../../src/engine/layers/layout.ts'
import { createNetwork } from '../../src/engine/networks/index.ts'
import type { TrainingBatch } from '../../src/engine/training/batch.ts'
import { createEvaluation } from '../../src/engine/training/evaluate.ts'
import { createModelState, type TorchArray } from '../../src/engine/training/phase-state.ts'
import { writeOriginal } from '../../src/main/host/exports/original-network.ts'
import { readOnnx } from '../../src/shared/onnx-file/read-model.ts'
import { decodeSafetensors, encodeSafetensors, type NamedArray } from '../../src/shared/safetensors/safetensors.ts'
import { firstStep, trainedBriefly } from './brief-training.ts'
import { gradientsOf } from './gradients.ts'
import { networkOf, referenceInputs } from './onnx-fixtures.ts'

const script = fileURLToPath(new URL('torch_zoo.py', import.meta.url))

/** Batches that are tried: a VGG has half a million windows of maxima a batch. */
const mostBatches = 5

type Arrays = Readonly<Record<string, NamedArray>>
const floats = (arrays: Arrays, key: string) => arrays[key]!.values as Float32Array

/** A process of torch_zoo.py, which is there until the tests of the file are over. */
export function zooIn(python: string) {
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    /** Does a step with a network in a folder. */
    async ask(step: 'export' | 'another' | 'back', name: string, folder: string): Promise<void> {
      child.stdin.write(`${step} ${name} ${folder}\n`)
      expect(await answers.next(), `${step} in PyTorch`).toMatchObject({ done: false })
    },
    end: () => child.stdin.end(),
  }
}

/** A network of torch_zoo.py in a folder, in Exitlab and in PyTorch. */
export async function zooPair(zoo: ReturnType<typeof zooIn>, name: string, folder: string) {
  const ask = (step: 'export' | 'another' | 'back') => zoo.ask(step, name, folder)
  await ask('export')
  const arraysIn = (file: string): Arrays => decodeSafetensors(readFileSync(join(folder, file)), file).arrays
  const model = readOnnx(readFileSync(join(folder, `${name}.onnx`)), name)
  const reference = (batch: number) => arraysIn(`${name}.${batch}.safetensors`)
  /** In which no unit of training is within rounding of a tie. */
  let clearBatch = 0

  /**
   * Within 10⁻⁴ of PyTorch in float64, or three times as far as PyTorch in float32. A unit within rounding of a tie, at a ReLU or a
   * maximum, may switch in some batches, and a wrong gradient is so in all. @returns the errors as cells of a table.
   */
  async function compareGradients(): Promise<string[]> {
    const { network, arrays } = networkOf(model)
    let logitsError = 0
    const cells = [await compare('evaluation'), await compare('training')]
    return [logitsError.toExponential(1), ...cells]

    async function compare(mode: 'evaluation' | 'training'): Promise<string> {
      const cells: string[] = []
      for (let batch = 0; batch < mostBatches; batch++) {
        if (!existsSync(join(folder, `${name}.${batch}.safetensors`))) await ask('another')
        const found = await gradientErrors(batch, mode)
        cells.push(errorCell(found))
        if (found.error >= bound(found.theirs)) continue
        if (mode === 'training') clearBatch = batch
        return cells.join(', ')
      }
      throw new Error(`${mode}: no batch is within the bound: ${cells.join(', ')}`)
    }

    /** Of the gradients to those in float64. */
    async function gradientErrors(batch: number, mode: 'evaluation' | 'training') {
      const expected = reference(batch)
      const { logits, ...found } = await gradientsOf(network, arrays, { inputs: referenceInputs(expected), mode })
      if (mode === 'evaluation') logitsError = gap([[logits!, floats(expected, 'evaluation.logits')]])
      expect(logitsError, 'logits').toBeLessThan(1e-5)
      const keys = Object.keys(found).flatMap((each) => /^gradient\.(.*)$/.exec(each)?.[1] ?? [])
      const errorOf = (of: (key: string) => Float32Array) =>
        gap(keys.map((each) => [of(each), floats(expected, `${mode}.exact.${each}`)] as const))
      const error = errorOf((each) => found[`gradient.${each}`]!)
      return { error, theirs: errorOf((each) => floats(expected, `${mode}.gradient.${each}`)) }
    }
  }

  /** One step of AdamW, by the same rule; the other phases of three regimes for two steps each; the weights of mixed back into PyTorch. @returns as above. */
  async function trainAndReturn(): Promise<string[]> {
    const expected = reference(clearBatch)
    const exits = [0, 1]
    const { network, arrays } = networkOf(model, { exits })
    const { spec } = network
    const start = Object.fromEntries(
      createNetwork({ ...spec, exits: [] }).parameters.map((each): [string, TorchArray] => [
        each.name,
        toDiskLayout(each, arrays[each.name]!.values),
      ]),
    )
    const [batch, first] = [await batchOf(expected, spec.classes), await batchOf(reference(0), spec.classes)]
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
    const own = error((key) => stepped[key]!.values) / change
    expect(own).toBeLessThan(Math.max(1e-3, 3 * theirs))

    await train(['disjoint', 1], stepped)
    await train(['joint', 0], start)
    const mixed = await train(['mixed', 1], stepped)
    writeFileSync(join(folder, 'model.safetensors'), encodeSafetensors(mixed))
    await writeOriginal(spec, folder)
    await ask('back')
    const evaluation = createEvaluation(network, [network.exits.length - 1])
    const state = createModelState(network, mixed)
    const logits = await evaluation.run(state, first)
    const back = gap([[logits, floats(arraysIn('back.safetensors'), 'logits')]])
    expect(back, 'logits of what came back').toBeLessThan(1e-5)
    state.dispose()
    evaluation.dispose()
    return [errorCell({ error: own, theirs }), back.toExponential(1)]
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

/** With PyTorch's own error in brackets. */
const errorCell = ({ error, theirs }: { error: number; theirs: number }) =>
  `${error.toExponential(1)} (${theirs.toExponential(1)})`

const bound = (theirs: number) => Math.max(1e-4, 3 * theirs)

/** ‖a − b‖ / ‖b‖ over all pairs. */
function gap(pairs: readonly (readonly [a: Float32Array, b: Float32Array])[]): number {
  let [difference, norm] = [0, 0]
  for (const [a, b] of pairs) {
    for (let index = 0; index < b.length; index++) {
      difference += (a[index]! - b[index]!) ** 2
      norm += b[index]! ** 2
    }
  }
  return Math.sqrt(difference / norm)
}

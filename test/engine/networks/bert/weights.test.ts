import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { networkSpec } from '../../../../src/engine/networks/families.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { importedArrays, importWeights, type WeightFile } from '../../../../src/engine/networks/weight-import.ts'
import { createEvaluation } from '../../../../src/engine/training/evaluate.ts'
import { createModelState } from '../../../../src/engine/training/phase-state.ts'
import { userFolders } from '../../../../src/files/user-folders.ts'
import type { NetworkSpec } from '../../../../src/shared/network/network.ts'
import { decodeSafetensors, type NamedArray } from '../../../../src/shared/safetensors/safetensors.ts'
import { largestDifference } from '../../../support/arrays.ts'
import { smallBert } from '../../../support/networks.ts'
import '../../../support/tensorflow.ts'

type Arrays = Record<string, NamedArray>

/** Made by fixtures/make.py with transformers. */
const { arrays, metadata } = decodeSafetensors(readFileSync(new URL('fixtures/bert.safetensors', import.meta.url)))
const spec = networkSpec.parse(JSON.parse(metadata.network!))
const under = (beginning: string): Arrays =>
  Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) =>
      name.startsWith(beginning) ? [[name.slice(beginning.length), array]] : [],
    ),
  )
const theirs = under('hf.')

const fileOf = (weights: Arrays): WeightFile => ({
  arrays: Object.fromEntries(
    Object.entries(weights).map(([name, { shape }]) => [name, { shape, type: 'float32', finite: true }]),
  ),
  exits: null,
})

function importing(network: NetworkSpec, weights: Arrays) {
  const plan = importWeights(createNetwork(network), fileOf(weights))
  return { plan, values: importedArrays(plan, (name) => weights[name]!.values as Float32Array) }
}

test('a classifier of transformers gives every array but the heads', () => {
  const { plan, values } = importing(spec, theirs)
  expect(plan).toMatchObject({ title: 'Hugging Face', leftOver: [], notes: [] })
  expect(new Set(plan.fresh.map(({ group }) => group))).toEqual(new Set(['heads.0', 'heads.1', 'heads.2']))
  const expected = Object.entries(under('model.')).filter(([name]) => !name.startsWith('heads.'))
  expect(values).toEqual(Object.fromEntries(expected))
})

test('an encoder alone, with the older names of layer norm, leaves the classifier fresh', () => {
  const older = Object.entries(theirs)
    .filter(([name]) => !name.startsWith('classifier'))
    .map(([name, array]) => [
      name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta'),
      array,
    ])
  const { plan, values } = importing(spec, Object.fromEntries(older) as Arrays)
  expect(plan.notes).toEqual(['The classifier is initialised: classifier.weight is missing.'])
  expect(values['blocks.1.norm.weight']).toEqual(under('model.')['blocks.1.norm.weight'])
})

test('of more positions the first are taken, which is said; fewer are refused', () => {
  const { plan, values } = importing({ ...spec, maxLength: 10 }, theirs)
  expect(plan.notes).toEqual(['embeddings.position.weight: the first 10 of 16 positions.'])
  const all = under('model.')['embeddings.position.weight']!.values
  expect(values['embeddings.position.weight']).toEqual({ shape: [10, 8], values: all.subarray(0, 80) })
  expect(() => importing({ ...spec, maxLength: 17 }, theirs)).toThrow(
    'bert.embeddings.position_embeddings.weight has shape [16, 8]; embeddings.position.weight needs [17, 8]',
  )
})

test('a tokenizer of another model is refused by the size of the vocabulary', () => {
  expect(() => importing({ ...spec, vocabulary: 41 }, theirs)).toThrow('needs [41, 8]')
})

interface Entry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

/** The float32 arrays of a safetensors file; transformers' have an array of whole numbers besides. */
function floatsOf(file: Buffer): Arrays {
  const start = 8 + Number(file.readBigUInt64LE(0))
  const header = JSON.parse(file.toString('utf8', 8, start)) as Record<string, Entry>
  const entries = Object.entries(header).filter(([, { dtype }]) => dtype === 'F32')
  return Object.fromEntries(
    entries.map(
      ([
        name,
        {
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        const bytes = Uint8Array.from(file.subarray(start + from, start + to))
        return [name, { shape, values: new Float32Array(bytes.buffer) }]
      },
    ),
  )
}

const model = join(userFolders().cache, 'models', 'all-minilm-l6-v2', 'model.safetensors')
const absent = existsSync(model) ? null : `there is no ${model}: npm run setup -- --text brings it`

test('the real all-MiniLM-L6-v2 gives the logits of transformers at every exit, to 1e-4', async ({ skip }) => {
  if (absent !== null) skip(absent)
  /** Made by fixtures/make_minilm.py. */
  const expected = JSON.parse(readFileSync(new URL('fixtures/minilm.json', import.meta.url), 'utf8')) as Record<
    'ids' | 'mask' | 'segments',
    number[][]
  > & { logits: number[][][] }
  const full = smallBert({
    vocabulary: 30522,
    maxLength: 64,
    dim: 384,
    mlpDim: 1536,
    depth: 6,
    headCount: 12,
    classes: 4,
    exits: Array.from({ length: 12 }, (_, block) => block),
  })
  const { plan, values } = importing(full, floatsOf(readFileSync(model)))
  const network = createNetwork(full)
  for (const { name, shape } of plan.fresh) {
    const sine = Float32Array.from({ length: 4 * 384 }, (_, i) => Math.sin(i) / 20)
    values[name] = { shape: [...shape], values: name.endsWith('bias') ? new Float32Array(4) : sine }
  }
  const state = createModelState(network, values)
  const evaluation = createEvaluation(
    network,
    network.exits.map(({ exit }) => exit),
  )
  const shape = [expected.ids.length, expected.ids[0]!.length]
  const inputs = (['ids', 'mask', 'segments'] as const).map((name) => [
    name,
    { values: Int32Array.from(expected[name].flat()), shape, dtype: 'int32' },
  ])
  const logits = await evaluation.run(state, { size: shape[0]!, inputs: Object.fromEntries(inputs) as never })
  expect(logits).toHaveLength(13 * 3 * 4)
  expect(largestDifference(logits, expected.logits.flat(2))).toBeLessThan(1e-4)
  evaluation.dispose()
  state.dispose()
})

import { readFileSync } from 'node:fs'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import type { Network } from '../../../src/engine/networks/network.ts'
import { phasesOf } from '../../../src/engine/regimes/index.ts'
import type { TrainingBatch } from '../../../src/engine/training/batch.ts'
import type { TorchArray } from '../../../src/engine/training/phase-state.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import type { PhaseSpec, PaperRegime } from '../../../src/shared/phases/phase.ts'
import { decodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'

/** Losses of each exit at each step; null where it did not run. */
type LossCurve = (number | null)[][]

interface Description {
  network: NetworkSpec
  /** `variant/regime/phase` → index of the resulting state. */
  results: Record<string, number>
  /** `regime/phase` → its losses over 20 plain steps. */
  curves: Record<string, { float64: LossCurve; float32: LossCurve }>
}

/** What fixtures/make.py got from PyTorch for one network. */
export interface Fixture extends Description {
  start: Record<string, TorchArray>
  batches: TrainingBatch[]
  /** [exits, batch, classes] of the start's weights on the first batch, in evaluation mode. */
  logits: Float32Array
  /** Parameters and buffers after a phase, `some` of each. */
  result(key: string, network: Network): Record<string, Float32Array>
}

export function readFixture(name: 'resnet' | 'vit' | 'msdnet'): Fixture {
  const file = (extension: string) => readFileSync(new URL(`fixtures/${name}.${extension}`, import.meta.url))
  const description = JSON.parse(file('json').toString()) as Description
  const { arrays } = decodeSafetensors(file('safetensors'))
  const floats = (key: string) => arrays[key]!.values as Float32Array
  const start = Object.keys(arrays)
    .filter((key) => key.startsWith('start/'))
    .map((key) => [key.slice('start/'.length), { shape: arrays[key]!.shape, values: floats(key) }])
  return {
    ...description,
    network: networkSpec.parse(description.network),
    start: Object.fromEntries(start),
    batches: splitBatches(arrays.images!.shape, floats('images'), floats('targets')),
    logits: floats('logits'),
    result: (key, network) => unflatten(floats(`result/${description.results[key]}`), network),
  }
}

/** The phase of a regime and the network it trains. */
export function phaseOf(spec: NetworkSpec, regime: PaperRegime, index: number): { network: Network; phase: PhaseSpec } {
  const whole = createNetwork(spec)
  const phase = phasesOf(regime, whole)[index]!
  return { phase, network: phase.network === 'backbone' ? createNetwork({ ...spec, exits: [] }) : whole }
}

function splitBatches(
  [count, size, ...imageShape]: readonly number[],
  images: Float32Array,
  targets: Float32Array,
): TrainingBatch[] {
  const part = (values: Float32Array, index: number) =>
    values.subarray((index * values.length) / count!, ((index + 1) * values.length) / count!)
  return Array.from({ length: count! }, (_, index) => ({
    inputs: { images: { values: part(images, index), shape: [size!, ...imageShape], dtype: 'float32' } },
    targets: { values: part(targets, index), shape: [size!, part(targets, index).length / size!], dtype: 'float32' },
    size: size!,
  }))
}

const mostPlaces = 1000

/** The numbers of an array in PyTorch's layout that make.py keeps, evenly spaced. */
export function some(values: Float32Array): Float32Array {
  const count = Math.min(values.length, mostPlaces)
  return Float32Array.from({ length: count }, (_, index) => values[Math.floor((index * values.length) / count)]!)
}

/** make.py lays a state out as one vector, its arrays in the order of their names. */
function unflatten(vector: Float32Array, network: Network): Record<string, Float32Array> {
  let from = 0
  const sorted = [...network.parameters].sort((a, b) => (a.name < b.name ? -1 : 1))
  const entries = sorted.map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1)
    return [name, vector.subarray(from, (from += Math.min(size, mostPlaces)))]
  })
  if (from !== vector.length) throw new Error(`fixture has ${vector.length} values, the network ${from}`)
  return Object.fromEntries(entries)
}

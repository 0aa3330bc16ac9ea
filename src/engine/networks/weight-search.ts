import type { WeightsDescription } from '../../shared/weights.ts'
import { diskShape } from '../layers/layout.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import type { Network } from './network.ts'
import type { Fitted, Shape, Source } from './weight-map.ts'
import type { WeightNames } from './weight-names.ts'

/** An array of a network with its values in a file. */
export interface TakenArray {
  parameter: ParameterSpec
  /** Names in the file; several are stacked along the first axis. */
  from: string[]
  /** Null where shapes are equal. */
  fitted: Fitted | null
}

export interface FoundArray extends TakenArray {
  /** Why it cannot be taken; null where it can. */
  problem: string | null
}

type FileArrays = WeightsDescription['arrays']

/** Types of the values that can be taken. */
const floatTypes = ['float64', 'float32', 'float16', 'bfloat16']

/** Looks for every array of a network in a file. */
export function findArrays(network: Network, names: WeightNames, arrays: FileArrays): FoundArray[] {
  return network.parameters.map((parameter) => {
    const source = names.scheme.source(parameter.name, network.spec)
    const missing = source === null ? [parameter.name] : source.from.filter((name) => !names.original.has(name))
    if (source === null || missing.length > 0)
      return { parameter, from: [], fitted: null, problem: `${missing.join(', ')} is missing` }
    const from = source.from.map((name) => names.original.get(name)!)
    const named = from.map((name) => [name, arrays[name]!] as const)
    return { parameter, from, ...fitOf(parameter, source, named) }
  })
}

type Named = readonly [name: string, array: FileArrays[string]]

function fitOf(
  parameter: ParameterSpec,
  { fit }: Source,
  arrays: readonly Named[],
): Pick<FoundArray, 'fitted' | 'problem'> {
  const odd = arrays.find(([, { type }]) => !floatTypes.includes(type))
  if (odd) return { fitted: null, problem: `${odd[0]} holds ${odd[1].type}; expected ${floatTypes.join(', ')}` }
  const needed = diskShape(parameter)
  const found = stacked(arrays.map(([, { shape }]) => shape))
  if (found?.join() === needed.join()) return { fitted: null, problem: null }
  const fitted = (found && fit?.(found, needed)) ?? null
  return { fitted, problem: fitted ? null : wrongShape(parameter, arrays, needed) }
}

function wrongShape({ name }: ParameterSpec, arrays: readonly Named[], needed: Shape): string {
  const names = arrays.map(([each]) => each).join(', ')
  const shapes = arrays.map(([, { shape }]) => `[${shape.join(', ')}]`).join(' and ')
  return `${names} has shape ${shapes}; ${name} needs [${needed.join(', ')}]`
}

/** Shape of arrays stacked along the first axis; null where the other axes differ. */
function stacked(shapes: readonly Shape[]): Shape | null {
  const [first, ...others] = shapes
  if (others.length === 0) return first!
  const inner = first!.slice(1).join()
  if (shapes.some((shape) => shape.length === 0 || shape.slice(1).join() !== inner)) return null
  return [shapes.reduce((sum, [size]) => sum + size!, 0), ...first!.slice(1)]
}

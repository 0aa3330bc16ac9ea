import { settingRefused } from '../../shared/basics/error.ts'
import type { WeightsDescription } from '../../shared/network/weights.ts'
import { diskShape } from '../layers/layout.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import { familyOf } from './families.ts'
import type { Network } from './network.ts'
import type { Fitted, Shape, Source, WeightMap } from './weight-map.ts'

/** Naming scheme of a file of weights. */
export interface WeightNames {
  scheme: WeightMap
  /** Names in the file by those of the scheme. */
  original: ReadonlyMap<string, string>
}

const ownTitle = 'Exitlab'
/** Names of arrays that a message lists. */
const listedNames = 5

/**
 * The naming scheme of a file: Exitlab's own, or one of the network's family.
 * @throws ExitlabError `invalid-experiment` if it has none of these.
 */
export function recogniseNames(
  { spec, parameters }: Network,
  { arrays }: Pick<WeightsDescription, 'arrays'>,
): WeightNames {
  const { naming = ownTitle, weights = [] } = familyOf(spec)
  const own = ownNames(parameters, naming)
  if (own.sign in arrays) return { scheme: own, original: new Map(Object.keys(arrays).map((name) => [name, name])) }
  const maps = [own, ...weights]
  const bare = withoutCommonPrefix(Object.keys(arrays))
  for (const map of maps) {
    const names = new Map([...bare].map(([name, original]) => [map.rename?.(name) ?? name, original]))
    if (names.has(map.sign)) return { scheme: map, original: names }
  }
  const expected = maps.map(({ title, sign }) => `${title} (${sign})`).join(' or ')
  const first = Object.keys(arrays).slice(0, listedNames).join(', ')
  throw settingRefused(
    ['initial', 'weights'],
    `it holds no weights of a ${spec.family}: expected the names of ${expected}; got ${first || 'no arrays'}`,
  )
}

function ownNames([first]: readonly ParameterSpec[], title: string): WeightMap {
  return { title, sign: first!.name, source: (name) => ({ from: [name] }) }
}

/** Names in the file by their names without a prefix that all have, as wrappers write it (`module.conv1.weight`). */
function withoutCommonPrefix(names: readonly string[]): Map<string, string> {
  let bare = [...names]
  for (;;) {
    const [first, ...rest] = (bare[0] ?? '').split('.')
    const prefix = `${first}.`
    if (rest.length === 0 || !bare.every((name) => name.startsWith(prefix))) break
    bare = bare.map((name) => name.slice(prefix.length))
  }
  return new Map(bare.map((name, index) => [name, names[index]!]))
}

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

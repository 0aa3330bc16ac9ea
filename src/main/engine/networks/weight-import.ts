import { settingRefused } from '../../../shared/error.ts'
import type { WeightsDescription, WeightsUse } from '../../../shared/weights.ts'
import { diskShape } from '../layers/layout.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import { familyOf } from './families.ts'
import type { Network } from './network.ts'
import type { Fitted, Shape, Source, WeightMap } from './weight-map.ts'

export type WeightFile = Pick<WeightsDescription, 'arrays' | 'exits'>

/** Use of each array of a file for a network that starts from it. */
export interface WeightImport {
  /** Naming scheme of the file. */
  title: string
  taken: TakenArray[]
  /** Arrays of the network that are initialised. */
  fresh: ParameterSpec[]
  /** Arrays of the file that the network has no use for. */
  leftOver: string[]
  /** Conversions and other notes; sentences. */
  notes: string[]
}

export interface TakenArray {
  parameter: ParameterSpec
  /** Names in the file; several are stacked along the first axis. */
  from: string[]
  /** Null where shapes are equal. */
  fitted: Fitted | null
}

const floats = ['float64', 'float32', 'float16', 'bfloat16']
/** Of what is wrong with a file, as much as is read. */
const mostProblems = 5

/**
 * Finds the arrays of a network in a file. Heads are taken from Exitlab's own exports where their exits are the same; the
 * classifier where it has as many classes. @throws ExitlabError `invalid-experiment` where another array is missing or misshapen.
 */
export function importWeights(network: Network, file: WeightFile): WeightImport {
  const { map, names } = recognised(network, file)
  const found = network.parameters.map((parameter) => find(parameter, { map, names, file, network }))
  const free = freeGroups(network, file, found)
  const problems = found.flatMap(({ problem, parameter }) => (free.has(parameter.group) ? [] : (problem ?? [])))
  if (problems.length > 0) throw refused(problems)
  const fresh = found.filter(({ parameter }) => free.has(parameter.group))
  const taken = found.filter(({ parameter }) => !free.has(parameter.group))
  const used = new Set(taken.flatMap(({ from }) => from))
  const damaged = [...used].filter((name) => !file.arrays[name]!.finite)
  if (damaged.length > 0) throw refused(damaged.map((name) => `${name} holds NaN or infinite values`))
  return {
    title: map.title,
    taken: taken.map(({ parameter, from, fitted }) => ({ parameter, from, fitted })),
    fresh: fresh.map(({ parameter }) => parameter),
    leftOver: Object.keys(file.arrays).filter((name) => !used.has(name)),
    notes: [
      ...notesOf(taken, file),
      ...freshClassifier(network, fresh),
      ...otherHeads(network, { own: map.title === ownTitle, file, names, used }),
      map.caveat?.(network.spec) ?? [],
    ].flat(),
  }
}

/** The map whose names a file has, and the file's names by those. */
function recognised({ spec, parameters }: Network, { arrays }: WeightFile) {
  const maps = [ownNames(parameters), ...(familyOf(spec).weights ?? [])]
  const bare = withoutCommonPrefix(Object.keys(arrays))
  for (const map of maps) {
    const names = new Map([...bare].map(([name, original]) => [map.rename?.(name) ?? name, original]))
    if (names.has(map.sign)) return { map, names }
  }
  const expected = maps.map(({ title, sign }) => `${title} (${sign})`).join(' or ')
  const first = Object.keys(arrays).slice(0, mostProblems).join(', ')
  throw refused([
    `it holds no weights of a ${spec.family}: expected the names of ${expected}; got ${first || 'no arrays'}`,
  ])
}

const ownTitle = 'Exitlab'

/** Exitlab's own names. */
function ownNames([first]: readonly ParameterSpec[]): WeightMap {
  return { title: ownTitle, sign: first!.name, source: (name) => ({ from: [name] }) }
}

/** Names of a file without what all begin with, as those that a wrapper writes (`module.conv1.weight`), with the file's own. */
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

interface Found extends TakenArray {
  /** Why it cannot be taken; null where it can. */
  problem: string | null
}

interface Search {
  map: WeightMap
  names: ReadonlyMap<string, string>
  file: WeightFile
  network: Network
}

function find(parameter: ParameterSpec, { map, names, file, network }: Search): Found {
  const source = map.source(parameter.name, network.spec)
  const from = (source?.from ?? []).map((name) => names.get(name) ?? null)
  const missing = source === null ? [parameter.name] : source.from.filter((name) => !names.has(name))
  const none = { parameter, from: [], fitted: null }
  if (missing.length > 0) return { ...none, problem: `${missing.join(', ')} is missing` }
  const present = from as string[]
  return {
    parameter,
    from: present,
    ...fitOf(
      parameter,
      source!,
      present.map((name) => [name, file.arrays[name]!]),
    ),
  }
}

type Named = readonly [name: string, array: WeightFile['arrays'][string]]

function fitOf(parameter: ParameterSpec, { fit }: Source, arrays: readonly Named[]): Pick<Found, 'fitted' | 'problem'> {
  const names = arrays.map(([name]) => name).join(', ')
  const odd = arrays.find(([, { type }]) => !floats.includes(type))
  if (odd) return { fitted: null, problem: `${odd[0]} holds ${odd[1].type}; expected ${floats.join(', ')}` }
  const needed = diskShape(parameter)
  const found = stacked(arrays.map(([, { shape }]) => shape))
  if (found?.join() === needed.join()) return { fitted: null, problem: null }
  const fitted = (found && fit?.(found, needed)) ?? null
  const has = arrays.map(([, { shape }]) => `[${shape.join(', ')}]`).join(' and ')
  return {
    fitted,
    problem: fitted ? null : `${names} has shape ${has}; ${parameter.name} needs [${needed.join(', ')}]`,
  }
}

/** Shape of arrays one after the other along the first axis; null where they do not fit together. */
function stacked(shapes: readonly Shape[]): Shape | null {
  const [first, ...others] = shapes
  if (others.length === 0) return first!
  const inner = first!.slice(1).join()
  if (shapes.some((shape) => shape.length === 0 || shape.slice(1).join() !== inner)) return null
  return [shapes.reduce((sum, [size]) => sum + size!, 0), ...first!.slice(1)]
}

/** Groups that are initialised: heads unless the file has those of the same exits, the classifier where it does not fit. */
function freeGroups({ spec, groups }: Network, { exits }: WeightFile, found: readonly Found[]): ReadonlySet<string> {
  const sameExits = exits !== null && exits.head === spec.head && exits.exits.join() === spec.exits.join()
  const misfits = new Set(found.flatMap(({ problem, parameter }) => (problem === null ? [] : parameter.group)))
  const isFree = ({ name, kind }: Network['groups'][number]) =>
    kind === 'head' ? !sameExits : kind === 'classifier' && misfits.has(name)
  return new Set(groups.filter(isFree).map(({ name }) => name))
}

function notesOf(taken: readonly Found[], { arrays }: WeightFile): string[] {
  const fitted = taken.flatMap((each) => (each.fitted ? `${each.parameter.name}: ${each.fitted.note}.` : []))
  const types = new Set(taken.flatMap(({ from }) => from.map((name) => arrays[name]!.type)))
  types.delete('float32')
  return [...(types.size > 0 ? [`Values are converted from ${[...types].join(' and ')} to float32.`] : []), ...fitted]
}

function freshClassifier({ groups }: Network, fresh: readonly Found[]): string[] {
  const classifiers = new Set(groups.flatMap(({ name, kind }) => (kind === 'classifier' ? name : [])))
  const reasons = fresh.flatMap(({ parameter, problem }) => (classifiers.has(parameter.group) ? (problem ?? []) : []))
  return reasons.length > 0 ? [`The classifier is initialised: ${reasons[0]}.`] : []
}

interface Heads {
  /** Whether the file has Exitlab's names. */
  own: boolean
  file: WeightFile
  names: ReadonlyMap<string, string>
  used: ReadonlySet<string>
}

/** Why heads that a file of Exitlab's has are not taken. */
function otherHeads({ spec }: Network, { own, file, names, used }: Heads): string[] {
  const unused = [...names].some(([name, original]) => name.startsWith('heads.') && !used.has(original))
  if (!own || !unused || spec.exits.length === 0) return []
  const reason = file.exits
    ? 'sit at other exits or are of another kind'
    : 'are at exits that are not known (export the run, and keep network.json beside the file)'
  return [`The heads are initialised: those of the file ${reason}.`]
}

/** What a phase says of its start. */
export function useOf({ title, taken, fresh, leftOver, notes }: WeightImport): WeightsUse {
  return {
    title,
    taken: taken.map(({ parameter }) => parameter.name),
    fresh: fresh.map(({ name }) => name),
    leftOver,
    notes,
  }
}

function refused(problems: readonly string[]) {
  const more = problems.length - mostProblems
  const shown = problems.slice(0, mostProblems).join('; ')
  return settingRefused(['initial', 'weights'], more > 0 ? `${shown}; and ${more} more` : shown)
}

/** Values of the arrays that are taken, by the network's names, in PyTorch's layout. `values`: of an array of the file, as float32. */
export function importedArrays(
  { taken }: Pick<WeightImport, 'taken'>,
  values: (name: string) => Float32Array,
): Record<string, { shape: number[]; values: Float32Array }> {
  return Object.fromEntries(
    taken.map(({ parameter, from, fitted }) => {
      const found = from.length === 1 ? values(from[0]!) : joined(from.map(values))
      return [parameter.name, { shape: diskShape(parameter), values: fitted ? fitted.values(found) : found }]
    }),
  )
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

import { settingRefused } from '../../shared/basics/error.ts'
import type { WeightsDescription, WeightsUse } from '../../shared/network/weights.ts'
import { memberOf } from '../heads/index.ts'
import { diskShape } from '../layers/layout.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import { isFixed } from '../layers/parameter.ts'
import { familyOf } from './families.ts'
import { finite } from './float32.ts'
import { groupNames, type Network } from './network.ts'
import { findArrays, recogniseNames, type FoundArray, type TakenArray, type WeightNames } from './weight-search.ts'

export type WeightFile = Pick<WeightsDescription, 'arrays' | 'exits'>

/** Use of each array of a file for a network that starts from it. */
interface WeightImport {
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

/** Problems of a file that a message lists. */
const listedProblems = 5

/**
 * Finds the arrays of a network in a file. Heads are taken from Exitlab's own exports where their exits are the same; the
 * classifier where it has as many classes. @throws ExitlabError `invalid-experiment` where another array is missing or misshapen.
 */
export function importWeights(network: Network, file: WeightFile): WeightImport {
  const names = recogniseNames(network, file)
  const found = findArrays(network, names, file.arrays)
  const free = freeGroups(network, file, found)
  refuseProblems(found.flatMap(({ problem, parameter }) => (free.has(parameter.group) ? [] : (problem ?? []))))
  const fresh = found.filter(({ parameter }) => free.has(parameter.group))
  const taken = found.filter(({ parameter }) => !free.has(parameter.group))
  const used = new Set(taken.flatMap(({ from }) => from))
  refuseProblems([...new Set(taken.flatMap((array) => damageOf(array, file)))])
  return {
    title: names.scheme.title,
    taken: taken.map(({ parameter, from, fitted }) => ({ parameter, from, fitted })),
    fresh: fresh.map(({ parameter }) => parameter),
    leftOver: Object.keys(file.arrays).filter((name) => !used.has(name)),
    notes: notesOf(network, { file, names, taken, fresh }),
  }
}

/** Groups that are initialised: heads unless the file has those of the same exits, the classifier where it does not fit. */
function freeGroups(
  { spec, groups }: Network,
  { exits }: WeightFile,
  found: readonly FoundArray[],
): ReadonlySet<string> {
  const sameHead = exits !== null && memberOf(exits.head) === memberOf(spec.head)
  const sameExits = sameHead && exits.exits.join() === spec.exits.join()
  const misfits = new Set(found.flatMap(({ problem, parameter }) => (problem === null ? [] : parameter.group)))
  const isFree = ({ name, kind }: Network['groups'][number]) =>
    kind === 'head' ? !sameExits : kind === 'classifier' && misfits.has(name)
  return new Set(groups.filter(isFree).map(({ name }) => name))
}

/** Masks may hold infinities; what is trained or measured may not. */
function damageOf({ parameter, from }: TakenArray, { arrays }: WeightFile): string[] {
  const damaged = from.filter((name) => !arrays[name]!.finite && !(isFixed(parameter) && arrays[name]!.infinite))
  return damaged.map((name) => `${name} holds NaN or infinite values`)
}

function refuseProblems(problems: readonly string[]): void {
  if (problems.length === 0) return
  const more = problems.length - listedProblems
  const listed = problems.slice(0, listedProblems).join('; ')
  throw settingRefused(['initial', 'weights'], more > 0 ? `${listed}; and ${more} more` : listed)
}

/** How a network uses a file of weights. */
interface FileUse {
  file: WeightFile
  names: WeightNames
  taken: readonly FoundArray[]
  /** Arrays of the network that are initialised. */
  fresh: readonly FoundArray[]
}

/** What is to be known of the use of a file: conversions, what is initialised and why, and differences of the networks; sentences. */
function notesOf(network: Network, use: FileUse): string[] {
  const caveat = use.names.scheme.caveat?.(network.spec) ?? []
  return [conversions(use), freshClassifier(network, use), unusedHeads(network, use), caveat].flat()
}

function conversions({ taken, file: { arrays } }: FileUse): string[] {
  const fitted = taken.flatMap((each) => (each.fitted ? `${each.parameter.name}: ${each.fitted.note}.` : []))
  const types = new Set(taken.flatMap(({ from }) => from.map((name) => arrays[name]!.type)))
  types.delete('float32')
  return [...(types.size > 0 ? [`Values are converted from ${[...types].join(' and ')} to float32.`] : []), ...fitted]
}

function freshClassifier({ groups }: Network, { fresh }: FileUse): string[] {
  const classifiers = new Set(groupNames(groups, 'classifier'))
  const reasons = fresh.flatMap(({ parameter, problem }) => (classifiers.has(parameter.group) ? (problem ?? []) : []))
  return reasons.length > 0 ? [`The classifier is initialised: ${reasons[0]}.`] : []
}

/** Why heads of a file that Exitlab exported are not taken. */
function unusedHeads(
  { spec, parameters, groups }: Network,
  { file, names: { scheme, original }, taken }: FileUse,
): string[] {
  const used = new Set(taken.flatMap(({ from }) => from))
  // A network from a file may call arrays of its own so.
  const heads = new Set(groupNames(groups, 'head'))
  const own = new Set(parameters.flatMap(({ name, group }) => (heads.has(group) ? [] : name)))
  const unused = [...original].some(
    ([name, inFile]) => name.startsWith('heads.') && !own.has(name) && !used.has(inFile),
  )
  const isForeign = familyOf(spec).weights?.includes(scheme)
  if (isForeign || !unused || spec.exits.length === 0) return []
  const reason = file.exits
    ? 'sit at other exits or are of another kind'
    : 'are at exits that are not known (export the run, and keep network.json beside the file)'
  return [`The heads are initialised: those of the file ${reason}.`]
}

/** The use of a file in the form in which it is stored and shown. */
export function useOf({ title, taken, fresh, leftOver, notes }: WeightImport): WeightsUse {
  return {
    title,
    taken: taken.map(({ parameter }) => parameter.name),
    fresh: fresh.map(({ name }) => name),
    leftOver,
    notes,
  }
}

/**
 * Values of the arrays that are taken, by the network's names, in PyTorch's layout; infinities of masks become the largest numbers.
 * `values`: of an array of the file, as float32.
 */
export function importedArrays(
  { taken }: Pick<WeightImport, 'taken'>,
  values: (name: string) => Float32Array,
): Record<string, { shape: number[]; values: Float32Array }> {
  return Object.fromEntries(
    taken.map(({ parameter, from, fitted }) => {
      const all = from.length === 1 ? values(from[0]!) : joined(from.map(values))
      const found = isFixed(parameter) ? all.map(finite) : all
      return [parameter.name, { shape: diskShape(parameter), values: fitted ? fitted.values(found) : found }]
    }),
  )
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const array of arrays) {
    whole.set(array, offset)
    offset += array.length
  }
  return whole
}

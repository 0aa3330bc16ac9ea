import type { WeightsDescription } from '../../shared/weights.ts'
import type { Network } from './network.ts'
import { familyOf } from './families.ts'
import type { WeightNames } from './weight-names.ts'
import type { FoundArray } from './weight-search.ts'

/** How a network uses a file of weights. */
interface FileUse {
  file: Pick<WeightsDescription, 'arrays' | 'exits'>
  names: WeightNames
  taken: readonly FoundArray[]
  /** Arrays of the network that are initialised. */
  fresh: readonly FoundArray[]
}

/** What is to be known of the use of a file: conversions, what is initialised and why, and differences of the networks; sentences. */
export function notesOf(network: Network, use: FileUse): string[] {
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
  const classifiers = new Set(groups.flatMap(({ name, kind }) => (kind === 'classifier' ? name : [])))
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
  const heads = new Set(groups.flatMap(({ name, kind }) => (kind === 'head' ? name : [])))
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

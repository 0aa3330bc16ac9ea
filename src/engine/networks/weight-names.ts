import { settingRefused } from '../../shared/error.ts'
import type { WeightsDescription } from '../../shared/weights.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import { familyOf } from './families.ts'
import type { Network } from './network.ts'
import type { WeightMap } from './weight-map.ts'

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

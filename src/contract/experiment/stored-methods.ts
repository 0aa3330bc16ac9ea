import { problemsInWords } from '../../shared/text/issue-words.ts'
import { z } from 'zod'
import { datasets } from '../../datasets/index.ts'
import { exitRules } from '../../engine/exits/index.ts'
import { heads } from '../../engine/heads/index.ts'
import { families } from '../../engine/networks/families.ts'
import { exitLosses } from '../../engine/losses/index.ts'
import { weightings } from '../../engine/objectives/index.ts'
import { optimisers } from '../../engine/optimisers/index.ts'
import { regimes } from '../../engine/regimes/index.ts'
import { isJsonObject } from '../../shared/basics/json.ts'
import { exitPlacement, networkKeys } from '../../shared/network/network.ts'
import { lossesOf, type Objective } from '../../shared/methods/objective.ts'
import { readRule } from '../../shared/methods/rule-reference.ts'
import type { MethodOrigins } from '../../shared/methods/method-origin.ts'
import type { Registry } from '../../shared/methods/registry.ts'
import { type MethodKind, type MethodName, UnknownMethodError } from '../../shared/methods/unknown-method.ts'

/** Where methods are looked up. Analyses are named by a column of their own, not in stored values; readings are not stored. */
const registries: Record<Exclude<MethodKind, 'analysis' | 'reading'>, Pick<Registry<unknown>, 'has' | 'origin'>> = {
  regime: regimes,
  family: families,
  head: heads,
  weighting: weightings,
  loss: exitLosses,
  optimiser: optimisers,
  rule: exitRules,
  dataset: datasets,
}

/** Where stored values name methods: the last keys of their paths, or the key of a list of names. */
const places: Readonly<Record<string, keyof typeof registries>> = {
  'network.family': 'family',
  'network.head': 'head',
  'data.source': 'dataset',
  'objective.weighting': 'weighting',
  'training.optimiser': 'optimiser',
  'content.rule': 'rule',
  regimes: 'regime',
}

type Path = readonly PropertyKey[]
type Placed = { kind: keyof typeof registries; name: string; path: Path }
const isUnknown = ({ kind, name }: Placed) => !registries[kind].has(name)
const originOf = ({ kind, name }: Placed) => registries[kind].origin(name)

/** The methods that a value names, those of a sweep included. `path`: the keys that lead to the value. */
function placedMethods(value: unknown, path: Path = []): Placed[] {
  if (typeof value === 'string') {
    const kind =
      places[path.slice(-2).join('.')] ?? (typeof path.at(-1) === 'number' ? places[String(path.at(-2))] : undefined)
    if (kind === undefined) return []
    return [{ kind, name: kind === 'rule' ? readRule(value).name : value, path }]
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => placedMethods(each, [...path, index]))
  if (!isJsonObject(value)) return []
  const losses = path.at(-1) === 'objective' ? lossesOf(value as unknown as Objective) : []
  return [
    ...losses.map(([name]): Placed => ({ kind: 'loss', name, path: [...path, name] })),
    ...Object.entries(value).flatMap(([key, each]) => placedMethods(each, [...path, key])),
  ]
}

const keyOf = ({ kind, name }: Placed) => `${kind}:${name}`

/** The extensions of the methods that a value names; undefined where all are Exitlab's own. */
export function originsIn(value: object): MethodOrigins | undefined {
  const origins = placedMethods(value).flatMap((each) => {
    const origin = originOf(each)
    return origin === null ? [] : [[keyOf(each), origin] as const]
  })
  return origins.length === 0 ? undefined : Object.fromEntries(origins)
}

/**
 * Methods that a value names and this process does not have, each once. Keys are those of experiments and phases; under `methods` are
 * the extensions that the value was made with, whose content must be the same.
 */
export function unknownMethodsIn(value: object): MethodName[] {
  const { methods } = value as { methods?: MethodOrigins }
  const unknown = placedMethods(value).flatMap((each): [string, MethodName][] => {
    const origin = methods?.[keyOf(each)]
    const isHere = origin === undefined ? !isUnknown(each) : originOf(each)?.sha256 === origin.sha256
    return isHere ? [] : [[keyOf(each), { kind: each.kind, name: each.name, ...(origin && { origin }) }]]
  })
  return [...new Map(unknown).values()]
}

/** @throws UnknownMethodError if this version does not have one of the methods that a value names. `run`: whose value it is. */
export function requireMethods(value: object, run?: { id: string; name: string }): void {
  const [unknown] = unknownMethodsIn(value)
  if (unknown !== undefined) throw new UnknownMethodError(unknown, run)
}

/** A value that was stored, or what is wrong with it, as a sentence without an end. */
export type Stored<Output> = { value: Output; problem: null } | { value: undefined; problem: string }

/**
 * Parses a stored value. This is the one place that tells a method which this version does not have from damage: where a value names
 * one, all of it is checked but what only the method knows, and it is returned as it was written. `key`: of the value in what it is
 * stored with, such as `network`.
 */
export function parseStored<Output>(schema: z.ZodType<Output>, value: unknown, key?: string): Stored<Output> {
  const { data, error } = schema.safeParse(value)
  if (error === undefined) return { value: data, problem: null }
  const at = key === undefined ? [] : [key]
  // What an extension wrote is not damaged where another version of it has other settings.
  const unknown = placedMethods(value, at).filter((each) => isUnknown(each) || originOf(each) !== null)
  const issues = error.issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] }))
  const issue =
    issues.find((each) => !unknown.some((method) => isAbout(each, method))) ??
    unknown.flatMap((method) => issuesBeside(method, value, at))[0]
  if (issue === undefined) return { value: value as Output, problem: null }
  const placed = { ...issue, path: issue.path.slice(at.length) }
  return { value: undefined, problem: problemsInWords({ issues: [placed] }, key ?? 'the value') }
}

/** Whether an issue is only that the method is unknown. */
function isAbout({ code, path }: z.core.$ZodIssue, method: Placed): boolean {
  const { kind, path: named } = method
  if (!isUnknown(method)) return isWithin(path, kind === 'loss' ? named : named.slice(0, -1))
  // Networks have keys that are sizes of their heads, and a loss between exits is a key itself.
  if ((kind === 'head' || kind === 'loss') && code === 'unrecognized_keys') return isSame(path, named.slice(0, -1))
  return isSame(path, named)
}

const isWithin = (path: Path, outer: Path) => outer.every((key, index) => key === path[index])
const isSame = (a: Path, b: Path) => a.length === b.length && a.every((key, index) => key === b[index])

/** What any network has: one with nothing left open, or as an experiment describes it. */
const resolvedNetwork = z.looseObject({ head: z.string(), ...networkKeys })
const describedNetwork = z.looseObject({ head: z.string(), exits: exitPlacement.optional() })

/** Zod looks no further into a network whose family it does not know. */
function issuesBeside({ kind, path }: Placed, value: unknown, at: Path): z.core.$ZodIssue[] {
  if (kind !== 'family') return []
  const section = path
    .slice(at.length, -1)
    .reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], value)
  const schema = isJsonObject(section) && 'classes' in section ? resolvedNetwork : describedNetwork
  const { error } = schema.safeParse(section)
  return (error?.issues ?? []).map((issue) => ({ ...issue, path: [...path.slice(0, -1), ...issue.path] }))
}

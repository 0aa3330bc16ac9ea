import { heads } from '../src/engine/heads/index.ts'
import { weightings } from '../src/engine/objectives/index.ts'
import { optimisers } from '../src/engine/optimisers/index.ts'
import type { JsonSchema } from '../src/shared/basics/json-schema.ts'

/** The keys of an experiment that are not settings: what it is called, and what its runs are. */
const others = ['name', 'extensions', 'regimes', 'seeds', 'sweep']

/** The module src/shared/experiment/setting-paths.ts: every setting of an experiment file by its path, and whether its values are numbers. */
export function settingPathsModule({ properties = {} }: JsonSchema): string {
  const sections = Object.entries(properties).filter(([key]) => !others.includes(key))
  const settings = new Map(sections.flatMap(([key, child]) => leavesOf(key, child)))
  const lines = [...settings].map(([path, kind]) => `  '${path}': '${kind}',\n`)
  const owners = [
    ...ownersOf(parametersByName(), 'objective.weighting'),
    ...ownersOf(sizesByName(), 'network.head'),
    ...ownersOf(settingsByName(), 'training.optimiser'),
  ]
  return `/** Settings of an experiment file by their paths, and what most of their values are. Written by \`npm run schema\`. */
export const settingPaths = {
${lines.join('')}} as const

export type SettingPath = keyof typeof settingPaths

/** Settings that only some values of another one have: parameters of weightings and optimisers, sizes of heads. */
export const settingOwners: Partial<Record<SettingPath, { setting: SettingPath; values: readonly string[] }>> = {
${owners.join('')}}
`
}

const parametersByName = () =>
  weightings
    .entries()
    .map(
      ([name, { parameters }]) =>
        [name, Object.keys(parameters.parse({})).map((key) => `objective.parameters.${key}`)] as const,
    )

const settingsByName = () =>
  optimisers.entries().map(([name, { settings }]) => [name, settings.map((key) => `training.${key}`)] as const)

const sizesByName = () =>
  heads.entries().map(([name, { sizes = {} }]) => [name, Object.keys(sizes).map((key) => `network.${key}`)] as const)

/** A line for each path, with the values of a setting that have it. */
function ownersOf(pathsByName: readonly (readonly [name: string, paths: string[]])[], setting: string): string[] {
  const paths = [...new Set(pathsByName.flatMap(([, own]) => own))]
  return paths.map((path) => {
    const values = pathsByName.flatMap(([name, own]) => (own.includes(path) ? [`'${name}'`] : []))
    return `  '${path}': { setting: '${setting}', values: [${values.join(', ')}] },\n`
  })
}

/** A mapping is more than one setting, unless it may stand in the place of a single value. */
function leavesOf(path: string, schema: JsonSchema): [path: string, kind: 'number' | 'words'][] {
  const branches = (schema.oneOf ?? schema.anyOf ?? [schema]).filter(({ type }) => type !== 'null')
  if (branches.every(({ type }) => type === 'object'))
    return branches.flatMap(({ properties = {} }) =>
      Object.entries(properties).flatMap(([key, child]) => leavesOf(`${path}.${key}`, child)),
    )
  const isNumber = branches.some(({ type }) => type === 'number' || type === 'integer')
  return [[path, isNumber ? 'number' : 'words']]
}

import { datasets } from '../../../../datasets/index.ts'
import { families } from '../../../../engine/networks/families.ts'
import { takenKeys } from '../../../../datasets/taken-keys.ts'
import { experimentFile } from '../../../../contract/experiment/experiment.ts'
import { nearestWord } from '../../../../shared/text/nearest-word.ts'
import { isRecord, jsonSchemaOf, kindOf, type JsonSchema } from '../../../../shared/basics/json-schema.ts'

/** The JSON schema of experiment files, as published in resources/experiment.schema.json. */
export const experimentSchema: JsonSchema = withTitles({ title: 'Exitlab experiment', ...jsonSchemaOf(experimentFile) })

/**
 * Data sets have titles, which editors and the form show beside their names, and keys that others do not take. A family of networks
 * without snippets of its own is offered by its title.
 */
function withTitles(schema: JsonSchema): JsonSchema {
  for (const branch of schema.properties!.network!.oneOf!) {
    const family = String(branch.properties!.family!.const)
    branch['defaultSnippets'] ??= [{ label: families.get(family).info.title, body: { family } }]
  }
  const source = schema.properties!.data!.properties!.source!
  source.enumKeys = source.enum!.map((name) => {
    const dataset = datasets.get(String(name))
    return [...(dataset.files === null ? ['path'] : []), ...takenKeys(dataset)]
  })
  source.enumDescriptions = source.enum!.map((name) => datasets.get(String(name)).info.title)
  return schema
}

/** Text of resources/experiment.schema.json. */
export function publishedSchema(): string {
  return `${JSON.stringify(experimentSchema, null, 2)}\n`
}

/** The branches of `schema` that `value` could have been meant for: a union's by discriminator, else by kind of value. */
function branchesFor(schema: JsonSchema, value: unknown): JsonSchema[] {
  const branches = schema.oneOf ?? schema.anyOf
  if (branches === undefined) return [schema]
  const named = branches.filter((branch) => discriminates(branch, value))
  return named.length > 0
    ? named
    : branches.filter((branch) => branch.type === undefined || branch.type === kindOf(value))
}

function discriminates(branch: JsonSchema, value: unknown): boolean {
  return Object.entries(branch.properties ?? {}).some(
    ([key, property]) => property.const !== undefined && isRecord(value) && value[key] === property.const,
  )
}

/** The schema of `path` in `root`, and its value. Undefined for unknown paths. */
export function schemaAt(
  root: unknown,
  path: readonly PropertyKey[],
): { schema: JsonSchema | undefined; value: unknown } {
  let schema: JsonSchema | undefined = experimentSchema
  let value = root
  for (const part of path) {
    const branches: JsonSchema[] = schema === undefined ? [] : branchesFor(schema, value)
    const found: JsonSchema[] = branches.map((branch) => childOf(branch, part)).filter((child) => child !== undefined)
    schema = found.length > 1 ? union(found) : found[0]
    value = isRecord(value) || Array.isArray(value) ? (value as Record<PropertyKey, unknown>)[part] : undefined
  }
  return { schema, value }
}

/** Constants, such as the discriminators of a union's branches, become one choice. */
function union(schemas: JsonSchema[]): JsonSchema {
  const constants = schemas.flatMap((schema) => (typeof schema.const === 'string' ? [schema.const] : []))
  return constants.length === schemas.length ? { enum: constants } : { anyOf: schemas }
}

function childOf(schema: JsonSchema, part: PropertyKey): JsonSchema | undefined {
  if (typeof part === 'number') return schema.items
  const { additionalProperties: others } = schema
  return schema.properties?.[String(part)] ?? (isRecord(others) ? others : undefined)
}

/** Allowed keys of the mapping `value`. */
export function keysOf(schema: JsonSchema, value: unknown): string[] {
  return [...new Set(branchesFor(schema, value).flatMap((branch) => Object.keys(branch.properties ?? {})))]
}

/**
 * The kind of a mapping (such as `family: resnet`) that has a key like `name`, where the mapping comes in several kinds;
 * in its mapping `inner`, if that is given.
 */
export function kindWith(
  schema: JsonSchema,
  name: string,
  inner: readonly PropertyKey[] = [],
): { key: string; name: string; value: string } | undefined {
  for (const branch of schema.oneOf ?? schema.anyOf ?? []) {
    const holder = inner.reduce<JsonSchema | undefined>((outer, part) => outer && childOf(outer, part), branch)
    const key = nearestWord(name, Object.keys(holder?.properties ?? {}))
    const kind = Object.entries(branch.properties ?? {}).find(([, property]) => property.const !== undefined)
    if (key !== undefined && kind !== undefined) return { key, name: kind[0], value: String(kind[1].const) }
  }
  return undefined
}

/** Paths of every key called `name` (compared by `same`) anywhere in experiment files. */
export function pathsOf(name: string, same: (a: string, b: string) => boolean): string[][] {
  const found: string[][] = []
  const visit = (schema: JsonSchema, path: string[]) => {
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      if (same(key, name)) found.push([...path, key])
      visit(child, [...path, key])
    }
    for (const branch of schema.oneOf ?? schema.anyOf ?? []) visit(branch, path)
  }
  visit(experimentSchema, [])
  return found
}

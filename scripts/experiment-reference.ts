import { describeExpected } from '../src/shared/basics/describe-schema.ts'
import type { JsonSchema } from '../src/shared/basics/json-schema.ts'

const begin = '<!-- reference: written by npm run schema -->'
const end = '<!-- end of reference -->'

/** The page docs/experiment-file.md with the reference of all keys between its two marks brought up to date. */
export function withReference(page: string, schema: JsonSchema): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`expected the marks ${begin} and ${end}`)
  return `${page.slice(0, from)}${begin}\n\n${sections(schema).join('\n\n')}\n\n${page.slice(to)}`
}

/** The keys of the file itself, then a section for each mapping among them, each kind of network, and phases. */
function sections(schema: JsonSchema): string[] {
  const own = keysOf(schema, { depth: 0 })
  const deeper = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [
    ...mappingSections(key, mappingsOf(child)),
    ...phasesOf(child),
  ])
  return [own, ...deeper]
}

/** Sections of the mappings that may stand at a key; what all of several have stands once, in front. */
function mappingSections(key: string, mappings: readonly JsonSchema[]): string[] {
  const each = mappings.map((mapping) => keysOf(mapping, { depth: Infinity }).split('\n'))
  const common = each.length > 1 ? each[0]!.filter((line) => each.every((lines) => lines.includes(line))) : []
  const own = mappings.flatMap((mapping, at) => [
    `### ${titleOf(key, mapping)}`,
    each[at]!.filter((line) => !common.includes(line)).join('\n'),
  ])
  return common.length === 0 ? own : [`### \`${key}\``, common.join('\n'), ...own]
}

/** A section for the phases of regimes that a file writes itself. */
function phasesOf({ items = {} }: JsonSchema): string[] {
  const phases = mappingsOf(items).map(({ properties }) => properties?.['phases']?.items)
  return phases
    .filter((phase) => phase !== undefined)
    .flatMap((phase) => ['### A phase of a regime of your own', keysOf(phase, { depth: 0 })])
}

function titleOf(key: string, { properties = {} }: JsonSchema): string {
  const tag = Object.entries(properties).find(([, property]) => property.const !== undefined)
  return tag === undefined ? `\`${key}\`` : `\`${key}\` with \`${tag[0]}: ${tag[1].const}\``
}

/** One line for each key, those of mappings within with dots; no deeper than `depth`. */
function keysOf(schema: JsonSchema, { depth, prefix = '' }: { depth: number; prefix?: string }): string {
  return Object.entries(schema.properties ?? {})
    .flatMap(([key, child]) => {
      const line = lineOf(`${prefix}${key}`, child, schema.required?.includes(key) ?? false)
      const within = depth === 0 ? [] : mappingsOf(child)
      const lines = within.map((mapping) => keysOf(mapping, { depth: depth - 1, prefix: `${prefix}${key}.` }))
      return [line, ...lines.filter((each) => each !== '')]
    })
    .join('\n')
}

/** Mappings that may stand at a place, without those that say only which of them they are. */
function mappingsOf(schema: JsonSchema): JsonSchema[] {
  const branches = schema.oneOf ?? schema.anyOf ?? [schema]
  return branches.filter(({ properties = {} }) => Object.values(properties).some((each) => each.const === undefined))
}

function lineOf(name: string, schema: JsonSchema, required: boolean): string {
  const value = schema.type === 'object' ? 'a mapping' : describeExpected(schema)
  const initial = schema['default']
  const defaults = initial === undefined || schema.type === 'object' ? '' : `; default \`${JSON.stringify(initial)}\``
  return `- **\`${name}\`**${required ? ' (required)' : ''}: ${value}${defaults}. ${String(schema['description'] ?? '')}`.trimEnd()
}

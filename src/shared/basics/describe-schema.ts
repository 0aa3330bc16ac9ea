import type { JsonSchema } from './json-schema.ts'

/** Expected values in words: `a whole number above 0, or null`. */
export function describeExpected(schema: JsonSchema): string {
  const branches = schema.oneOf ?? schema.anyOf
  if (branches !== undefined) return alternatives(branches)
  if (schema.const !== undefined) return String(schema.const)
  if (schema.enum !== undefined) return choice(schema.enum.map(String))
  switch (schema.type) {
    case 'integer':
      return `a whole number${bounds(schema)}`
    case 'number':
      return `a number${bounds(schema)}`
    case 'string':
      return `text${lengths(schema)}`
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    case 'array':
      return `a list${lengthsOfList(schema)}${schema.items === undefined ? '' : `, each ${describeExpected(schema.items)}`}`
    default:
      return withKeys(schema)
  }
}

/** Allowed words, for suggestions. */
export function wordsOf(schema: JsonSchema): string[] {
  const own = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])]
  return [...own.map(String), ...(schema.oneOf ?? schema.anyOf ?? []).flatMap(wordsOf)]
}

function choice(words: string[]): string {
  return words.length === 1 ? words[0]! : `one of ${words.join(', ')}`
}

function alternatives(branches: JsonSchema[]): string {
  const described = branches.map((branch) => (branch.type === 'object' ? mapping(branch) : describeExpected(branch)))
  const words = [...new Set(described)]
  const last = words.at(-1)!
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')}, or ${last}`
}

function mapping(branch: JsonSchema): string {
  const { properties = {} } = branch
  const tag = Object.entries(properties).find(([, property]) => property.const !== undefined)
  return tag === undefined ? withKeys(branch) : `${tag[0]}: ${tag[1].const}`
}

function withKeys({ properties = {}, additionalProperties }: JsonSchema): string {
  const keys = Object.keys(properties)
  if (keys.length > 0) return `a mapping with ${keys.join(', ')}`
  return additionalProperties === false ? 'an empty mapping' : 'a mapping'
}

function bounds({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  const low =
    minimum !== undefined ? ` from ${minimum}` : exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : ''
  const high =
    maximum !== undefined ? ` up to ${maximum}` : exclusiveMaximum !== undefined ? ` below ${exclusiveMaximum}` : ''
  return low !== '' && high.startsWith(' below') ? `${low} and${high}` : low + high
}

function lengthsOfList({ minItems = 0, maxItems }: JsonSchema): string {
  if (maxItems !== undefined) return ` of ${minItems} to ${maxItems} items`
  return minItems > 0 ? ' of at least one item' : ''
}

function lengths({ minLength, maxLength }: JsonSchema): string {
  if (minLength === undefined && maxLength === undefined) return ''
  return maxLength === undefined ? ', not empty' : ` of ${minLength ?? 0} to ${maxLength} characters`
}

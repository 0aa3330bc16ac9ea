import content from './schemas.json' with { type: 'json' }

/** An operand or result: its name, the name of its type, and whether it may be left out or repeated. */
type Formal = readonly [name: string, type: string, option?: 'optional' | 'variadic']

/** What ONNX publishes of an operator, from an operator set on (make.py). */
export interface Schema {
  since: number
  inputs: readonly Formal[]
  outputs: readonly Formal[]
  /** Data types that each type may be. */
  types: Readonly<Record<string, readonly number[]>>
  /** Type of each attribute, as onnx.proto numbers them. */
  attributes: Readonly<Record<string, number>>
  required: readonly string[]
}

const [first, last] = content.operatorSets as [number, number]
/** Operator sets whose operators are known; the first has layer normalisation as one of them. */
export const operatorSets = { first, last } as const

/** The newest version of the format that is known. */
export const formatVersions = { last: content.formatVersion } as const

const dataTypes: Readonly<Record<string, string>> = content.dataTypes
export const isDataType = (type: number): boolean => type in dataTypes
export const typeName = (type: number): string => dataTypes[type] ?? `the data type ${type}`

/** Every version of an operator, the oldest first; null where nothing is known of it. */
export const schemasOf = (operator: string): readonly Schema[] | null =>
  Object.hasOwn(content.operators, operator)
    ? (content.operators as unknown as Record<string, Schema[]>)[operator]!
    : null

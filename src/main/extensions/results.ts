import type { ExtensionKey } from './methods.ts'

/** What a function of a method is to give. */
interface Expected {
  fits(value: unknown, all: readonly unknown[]): boolean
  /** After `expected`. */
  expected: string
  /** Whether its caller takes no promise. */
  isSync?: true
}

type Fields = Readonly<Record<string, unknown>>
const isMapping = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !(value instanceof Promise)
const isFunction = (value: unknown) => typeof value === 'function'
const isText = (value: unknown) => typeof value === 'string'
const isWhole = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
const isNumber = (value: unknown) => typeof value === 'number'
const isListOf = (is: (each: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(is)
const hasLists =
  (...names: string[]) =>
  (value: unknown) =>
    isMapping(value) && names.every((name) => Array.isArray(value[name]))
const hasFunctions =
  (...names: string[]) =>
  (value: unknown) =>
    isMapping(value) && names.every((name) => isFunction(value[name]))

const later = (expected: string, fits: (value: unknown) => boolean): Expected => ({ expected, fits })
const now = (expected: string, fits: (value: unknown) => boolean): Expected => ({ expected, fits, isSync: true })

const mapping = now('a mapping', isMapping)
const numbers = now('a Float64Array', (value) => value instanceof Float64Array)
const table = later(
  'a table: { name, caption, keys, heads, dimensions, measures, columns, blocks }',
  hasLists('keys', 'heads', 'dimensions', 'measures', 'columns', 'blocks'),
)
const figure = later(
  'a figure: { name, sentence, option }, where option is a function of the frame',
  (value) => isMapping(value) && (isFunction(value['option']) || isFunction(value['svg'])),
)

/** What functions of methods give, by their paths; what else is wrong with it is said where it is used. */
export const results: Readonly<Partial<Record<ExtensionKey, Readonly<Record<string, Expected>>>>> = {
  families: {
    reads: now('map or tokens', (value) => value === 'map' || value === 'tokens'),
    contradictions: now('a list of problems, each { path, message }', isListOf(isMapping)),
    resolve: mapping,
    inputs: mapping,
    blockCount: now('the number of blocks', (value) => isWhole(value) && value !== 0),
    lastSite: now('the number of a block', isWhole),
    evaluated: mapping,
    draw: now('a drawing: { title, input, nodes, edges }', hasLists('nodes', 'edges')),
    notes: now('text', isText),
    load: later('{ build }, where build is a function', hasFunctions('build')),
    'load().build': mapping,
  },
  heads: {
    load: later('a head: { info, create }, where create is a function', hasFunctions('create')),
    'load().create': now(
      'a head of a network: { parameters, operations, apply }',
      (value) => hasLists('parameters', 'operations')(value) && hasFunctions('apply')(value),
    ),
    'load().create().apply': now(
      '{ logits }, with a tensor [batch, classes]',
      (value) => isMapping(value) && isMapping(value['logits']),
    ),
  },
  weightings: { weights: now('a list with a number for each exit', isListOf(isNumber)) },
  losses: {
    applies: now('true or false', (value) => typeof value === 'boolean'),
    load: later('a function of losses, outputs and parameters', isFunction),
    'load()': now('a list of tensors, one for each exit that runs', isListOf(isMapping)),
  },
  optimisers: {
    moments: now('a list of names', isListOf(isText)),
    load: later('{ scalars, update }, both functions', hasFunctions('scalars', 'update')),
    'load().scalars': mapping,
  },
  exitRules: {
    thresholds: numbers,
    scores: numbers,
    fit: now('a list of numbers', isListOf(isNumber)),
    predictions: now(
      'predictions: { classes, confidences, entropies, labels, … }',
      (value) => isMapping(value) && ArrayBuffer.isView(value['classes']) && ArrayBuffer.isView(value['confidences']),
    ),
  },
  datasets: { open: later('an opened data set, such as openedInMemory gives', isMapping) },
  readings: { table, figure },
  analyses: { table, figure },
}

import type { z } from 'zod'
import { describeExpected, wordsOf } from '../../../../shared/basics/describe-schema.ts'
import { describeGot } from '../../../../shared/text/value-words.ts'
import { isSameWord, nearestWord } from '../../../../shared/text/nearest-word.ts'
import { sweepablePaths } from '../../../../shared/experiment/sweep.ts'
import { chooseBranch } from '../../../../shared/basics/union-issues.ts'
import type { FileProblem } from './file-problem.ts'
import { keyName } from '../../../../shared/basics/error.ts'
import { isRecord, type JsonSchema } from '../../../../shared/basics/json-schema.ts'
import { keysOf, kindWith, pathsOf, schemaAt } from './schema.ts'
import type { YamlDocument } from './yaml-document.ts'

/** Enough for any file that was meant to be an experiment; more would only take time. */
const mostIssues = 200

type Issue = z.core.$ZodIssue
/** YAML has no symbols. */
type Path = (string | number)[]

type Document = Pick<YamlDocument, 'value' | 'locate'>

/** Zod's issues about a value as problems with path, expected value, actual value and the nearest allowed word. */
export function explainIssues(issues: readonly Issue[], document: Document): FileProblem[] {
  const flat = issues.slice(0, mostIssues).flatMap((issue) => chooseBranch(issue))
  const renamed = new Set(flat.flatMap((issue) => misspelt(issue, document)))
  return flat.filter((issue) => !renamed.has(keyName(issue.path))).flatMap((issue) => explain(issue, document))
}

/** Names of the keys that an unknown key was surely meant to be; that they are missing needs no second problem. */
function misspelt(issue: Issue, document: Document): string[] {
  if (issue.code !== 'unrecognized_keys') return []
  return issue.keys.slice(0, mostIssues).flatMap((key) => {
    const nearest = nearestKey(key, issue.path as Path, document)
    return nearest === undefined ? [] : [keyName([...issue.path, nearest])]
  })
}

function explain(issue: Issue, document: Document): FileProblem[] {
  const path = issue.path as Path
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, mostIssues).map((key) => unknownKey(key, path, document))
  const { schema, value } = schemaAt(document.value, path)
  if (schema === undefined) return [{ ...document.locate(path, 'value'), path, message: issue.message }]
  const expected = `expected ${describeExpected(schema)}`
  if (isMissing(path, document.value))
    return [{ ...document.locate(path, 'key'), path, message: `missing; ${expected}` }]
  const got = issue.code === 'too_big' && Array.isArray(value) ? `${value.length} items` : describeGot(value)
  const message = `${expected}; got ${got}${hint(value, schema)}${sweepHint(value, path)}`
  return [{ ...document.locate(path, 'value'), path, message }]
}

function unknownKey(key: string, path: Path, document: Document): FileProblem {
  const nearest = nearestKey(key, path, document)
  const suggestion = nearest === undefined ? otherPath(key, path, document) : `; did you mean "${nearest}"?`
  return {
    ...document.locate([...path, key], 'key'),
    path: [...path, key],
    message: `unknown key${spelling(key)}${suggestion || ';'} expected one of ${knownKeys(path, document).join(', ')}`,
  }
}

/** Suggests where an unknown key is allowed: in another variant of the mapping or of the one around it, or elsewhere. */
function otherPath(key: string, path: Path, document: Document): string {
  const kind = otherKind(key, path, document) ?? otherKind(key, path.slice(0, -1), document, path.slice(-1))
  if (kind !== undefined) return `; ${kind.key} goes with ${kind.name}: ${kind.value} only;`
  // The same word alone: one that is a few letters away is meant in the same place, or not at all.
  const [elsewhere] = pathsOf(key, isSameWord)
  if (elsewhere === undefined) return ''
  return elsewhere.length === 1
    ? `; did you mean ${elsewhere[0]} at the top level?`
    : `; did you mean ${elsewhere.join('.')}?`
}

function otherKind(key: string, path: Path, document: Document, inner: Path = []): ReturnType<typeof kindWith> {
  const { schema } = schemaAt(document.value, path)
  return schema && kindWith(schema, key, inner)
}

/** Makes characters visible that cannot be distinguished by eye: spaces, and letters that resemble ASCII. */
function spelling(key: string): string {
  if (/^[!-~]*$/.test(key)) return ''
  const escaped = key.replace(/[^ -~]/gu, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`)
  return ` "${escaped}"`
}

function knownKeys(path: Path, document: Document): string[] {
  const { schema, value } = schemaAt(document.value, path)
  return schema === undefined ? [] : keysOf(schema, value)
}

/** The known key nearest to an unknown one, among those not used yet. */
function nearestKey(key: string, path: Path, document: Document): string | undefined {
  const { value } = schemaAt(document.value, path)
  const written = isRecord(value) ? Object.keys(value) : []
  return nearestWord(
    key,
    knownKeys(path, document).filter((known) => !written.includes(known)),
  )
}

function isMissing(path: Path, root: unknown): boolean {
  const last = path.at(-1)
  if (typeof last !== 'string') return false
  const { value } = schemaAt(root, path.slice(0, -1))
  return isRecord(value) && !Object.hasOwn(value, last)
}

function hint(value: unknown, schema: JsonSchema | undefined): string {
  if (typeof value === 'number' && schema?.type === 'object') return keyForNumber(value, schema)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return `; the largest is ${Number.MAX_SAFE_INTEGER}`
  if (typeof value !== 'string' || schema === undefined) return ''
  const nearest = nearestWord(value, wordsOf(schema))
  if (nearest !== undefined) return `; did you mean "${nearest}"?`
  return value.trim() !== '' && Number.isFinite(Number(value)) && takesNumbers(schema)
    ? '; write numbers without quotes'
    : ''
}

/** Numbers where one belongs were most likely meant as a sweep. */
function sweepHint(value: unknown, path: Path): string {
  const key = path.join('.')
  const areNumbers = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number')
  if (!areNumbers || !sweepablePaths.includes(key)) return ''
  return `; to train each of several values, write sweep: { ${key}: [${value.join(', ')}] }`
}

/** A number where a mapping belongs was most likely meant for the first of its keys that takes one. */
function keyForNumber(value: number, { properties = {} }: JsonSchema): string {
  const key = Object.keys(properties).find((name) => takesNumbers(properties[name]!))
  return key === undefined ? '' : `; did you mean { ${key}: ${value} }?`
}

function takesNumbers(schema: JsonSchema): boolean {
  const branches = schema.oneOf ?? schema.anyOf ?? [schema]
  return branches.some(({ type }) => type === 'number' || type === 'integer')
}

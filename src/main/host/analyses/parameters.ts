import type { z } from 'zod'
import { analyses } from '../../../readings/analyses/index.ts'
import { ExitlabError, type Problem } from '../../../shared/basics/error.ts'
import { nearestWord } from '../../../shared/text/nearest-word.ts'
import { describeGot } from '../../../shared/text/value-words.ts'
import { describeExpected, wordsOf } from '../../../shared/basics/describe-schema.ts'
import { jsonSchemaOf, type JsonSchema } from '../../../shared/basics/json-schema.ts'

type Given = Readonly<Record<string, unknown>>

/** The parameters of an analysis with their defaults. @throws ExitlabError `usage` with the problem of each invalid parameter. */
export function resolveParameters(kind: string, given: Given): Record<string, unknown> {
  const { parameters, info } = analyses.get(kind)
  const { data, error } = parameters.safeParse(given)
  if (data !== undefined) return data
  const properties = jsonSchemaOf(parameters).properties ?? {}
  const problems = error!.issues.flatMap((issue) => explain(issue, properties, given))
  const list = problems.map(({ path, message }) => `${path.at(-1)}: ${message}`)
  throw new ExitlabError('usage', `Parameters of ${info.title.toLowerCase()}:\n${list.join('\n')}`, { problems })
}

function explain(issue: z.core.$ZodIssue, properties: Record<string, JsonSchema>, given: Given): Problem[] {
  const problem = (name: string, message: string) => ({ path: ['parameters', name], message })
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => problem(key, unknown(key, properties, given)))
  const name = String(issue.path[0])
  const got = describeGot(given[name])
  if (issue.code === 'custom') return [problem(name, `${issue.message}; got ${got}`)]
  const schema = properties[name]!
  return [problem(name, `expected ${describeExpected(schema)}; got ${got}${suggestion(given[name], wordsOf(schema))}`)]
}

function unknown(key: string, properties: Record<string, JsonSchema>, given: Given): string {
  const names = Object.keys(properties)
  const free = names.filter((name) => !Object.hasOwn(given, name))
  return `unknown parameter${suggestion(key, free) || ';'} expected one of ${names.join(', ')}`
}

function suggestion(word: unknown, words: readonly string[]): string {
  const nearest = typeof word === 'string' ? nearestWord(word, words) : undefined
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`
}

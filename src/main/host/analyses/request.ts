import { analyses } from '../../../analyses/index.ts'
import type { AnalysisQuestion } from '../../../shared/contract/analyses.ts'
import { ExitlabError, type Problem } from '../../../shared/error.ts'
import { taskInfoOf } from '../../../shared/task.ts'
import { regimeNames } from '../../../shared/regime-names.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { resolveInTurn } from '../runs/references.ts'
import { analysisId, imagesOf } from './identity.ts'
import { trainedPhase, type TrainedRun } from './trained-phase.ts'
import type { z } from 'zod'
import { nearestWord } from '../../../shared/nearest-word.ts'
import { describeExpected, describeGot, wordsOf } from '../experiment-file/describe-schema.ts'
import { jsonSchemaOf, type JsonSchema } from '../experiment-file/json-schema.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { familyOf } from '../../engine/networks/families.ts'

/** One analysis that a question is about. */
export interface Asked {
  id: string
  kind: string
  /** Resolved. */
  parameters: Record<string, unknown>
  runs: readonly TrainedRun[]
}

/**
 * What a question comes to: an analysis of each run, or of each pair of them, in the order in which they were named (of a pair, see `inOrder`).
 * @throws ExitlabError that says what to do, where one of them cannot be had.
 */
export function analysesAsked(
  store: Store,
  question: AnalysisQuestion,
): { parameters: Record<string, unknown>; asked: Asked[] } {
  const { kind } = question
  const parameters = resolveParameters(kind, question.parameters ?? {})
  const runs = resolveInTurn(store, question.runs).map((run) => trained(store, run))
  runs.forEach((run) => refuseTask(kind, run))
  const groups = analyses.get(kind).info.runs === 2 ? pairs(kind, runs) : runs.map((run) => [run])
  return { parameters, asked: groups.map((group) => ({ ...identified(kind, parameters, group), runs: group })) }
}

/** @throws ExitlabError `usage` where an analysis of classes is asked for of a regression. */
function refuseTask(kind: string, { run, phase }: TrainedRun): void {
  const { title, ofClasses } = analyses.get(kind).info
  const { task } = phase.definition.network
  if (!ofClasses || task === undefined) return
  throw new ExitlabError(
    'usage',
    `${title} is of classification: it reads classes, or losses in nats, and ${run.name} is a ${taskInfoOf({ task }).title.toLowerCase()}.`,
  )
}

function identified(kind: string, parameters: Record<string, unknown>, runs: readonly TrainedRun[]) {
  return { id: analysisId({ kind, parameters, phases: runs.map(({ phase }) => phase) }), kind, parameters }
}

function trained(store: Store, run: RunRow): TrainedRun {
  const phase = trainedPhase(store, run.id)
  if (phase !== null) return { run, phase }
  const comes = run.status === 'queued' || run.status === 'running'
  const remedy = comes ? 'Try again when it is done.' : 'Resume it, then try again when it is done.'
  throw new ExitlabError(
    'conflict',
    `${run.name} is ${run.status}: its last phase is not finished, so it has no final weights. ${remedy}`,
    comes ? {} : { command: ['resume', run.id] },
  )
}

/** Each pair once, in an order independent of the request, so that equal requests find the same analysis. */
function pairs(kind: string, runs: readonly TrainedRun[]): TrainedRun[][] {
  const { title } = analyses.get(kind).info
  if (runs.length < 2) {
    throw new ExitlabError(
      'usage',
      `${title} needs two runs, got only ${runs[0]!.run.name}. Give a second run, or an experiment.`,
    )
  }
  const [reference, ...others] = runs
  for (const other of others) refuseUnlike(title, reference!, other)
  return runs.flatMap((first, index) => runs.slice(index + 1).map((second) => inOrder(first, second)))
}

/** By regime, as regimes are always listed, then by seed. */
function inOrder(...pair: [TrainedRun, TrainedRun]): TrainedRun[] {
  const place = ({ run }: TrainedRun) => regimeNames.indexOf(run.regime)
  return pair.sort((a, b) => place(a) - place(b) || a.run.seed - b.run.seed || a.phase.id.localeCompare(b.phase.id))
}

type Given = Readonly<Record<string, unknown>>

/** The parameters of an analysis with their defaults. @throws ExitlabError `usage`, with each of its problems, where they do not fit. */
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

/** Refuses two runs that cannot be looked at together. @throws ExitlabError `conflict` that names what they differ in. */
function refuseUnlike(title: string, first: TrainedRun, second: TrainedRun): void {
  const names = `${first.run.name} and ${second.run.name}`
  const shapes = differences(shapeOf(first), shapeOf(second))
  if (shapes.length > 0) {
    throw new ExitlabError(
      'conflict',
      `${title} needs two networks of the same shape, but those of ${names} differ: ${shapes.join('; ')}. ` +
        'Choose runs with the same network.',
    )
  }
  const images = differences(dataOf(first), dataOf(second))
  if (images.length > 0) {
    throw new ExitlabError(
      'conflict',
      `${title} needs the same data set, but those of ${names} differ: ${images.join('; ')}. ` +
        'Choose runs trained on the same images.',
    )
  }
}

function shapeOf({ phase }: TrainedRun): object {
  const { network } = phase.definition
  return familyOf(network).evaluated(network)
}

function dataOf({ phase: { definition } }: TrainedRun): object {
  return { ...imagesOf(definition.data), files: definition.dataset }
}

function differences(first: object, second: object): string[] {
  const [one, other] = [entriesOf(first), entriesOf(second)]
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return keys
    .filter((key) => one[key] !== other[key])
    .map((key) => `${key} ${one[key] ?? '–'} and ${other[key] ?? '–'}`)
}

function entriesOf(value: object): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wordOf(key, each)]))
}

function wordOf(key: string, value: unknown): string {
  if (key === 'files') return String(value).slice(0, 12)
  return typeof value === 'string' ? value : canonicalJson(value)
}

import { placeInExtension } from './extension-place.ts'
import { failedMethod } from '../methods/failed-method.ts'

/** Types of errors; the command line maps each to an exit code. */
export const errorCodes = [
  'usage',
  'invalid-experiment',
  'not-found',
  'conflict',
  'workspace-in-use',
  'workspace-too-new',
  'workspace-damaged',
  'checkpoint-damaged',
  'unknown-method',
  'data',
  'disk',
  'engine',
  'memory',
  'diverged',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** A setting of an experiment, and what to set it to. */
export interface Remedy {
  path: string[]
  value: number
}

/** One of the problems of a request. */
export interface Problem {
  /** Where: keys and indices into the experiment where the code is `invalid-experiment`, else into the request. */
  path: (string | number)[]
  /** Expected value, actual value and the nearest allowed word. */
  message: string
  /** Changes of the experiment, each of which would do away with the problem. */
  remedies?: Remedy[]
  /** Location in the text that an experiment was read from, if there is one; both count from 1. */
  line?: number
  column?: number
}

/** Fields of an error for programs; the message is for people and does not name the program. */
export interface ErrorFields {
  /** Parts of the message. */
  problems?: readonly Problem[] | undefined
  /** Ids of the runs that the error is about. */
  runs?: readonly string[] | undefined
  /** Arguments of the command line that do what the message advises, such as `['retry', '3f9c2a']`. */
  command?: readonly string[] | undefined
  /** Of a reading: it asks what there is not in what is compared, such as settings where nothing is swept. Nothing is missing then. */
  inapplicable?: true | undefined
  /** The method that is not known (`unknown-method`): what it is, such as `head`, and its name. */
  kind?: string | undefined
  name?: string | undefined
  /** The extension that the method is of, where that is known: its file and the SHA-256 of its content. */
  file?: string | undefined
  sha256?: string | undefined
}

/**
 * An error meant to be read by a person: one message that says what was wrong, where, what was expected and what to do.
 * It keeps its code and its fields when it crosses an RPC boundary.
 */
export class ExitlabError extends Error {
  override readonly name = 'ExitlabError'
  readonly code: ErrorCode
  readonly fields: ErrorFields

  constructor(code: ErrorCode, message: string, { cause, ...fields }: ErrorOptions & ErrorFields = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.fields = fields
  }
}

/** `training.schedule.kind`, `seeds[2]` */
export function keyName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`))
    .join('')
}

/** Refuses one setting of an experiment: `network.exits: …`. */
export function settingRefused(path: readonly (string | number)[], message: string): ExitlabError {
  return new ExitlabError('invalid-experiment', `${keyName(path)}: ${message}`, {
    problems: [{ path: [...path], message }],
  })
}

/** Why something failed. `stack`: of an error that nobody expected, for the log; the message is for whoever started it. */
export interface Failure {
  code: ErrorCode
  message: string
  stack?: string | undefined
}

/** Outcome of a job that failed. */
export function failureOf(error: unknown): { type: 'failed' } & Failure {
  if (error instanceof ExitlabError) return { type: 'failed', code: error.code, message: error.message }
  const stack = error instanceof Error ? error.stack : undefined
  return { type: 'failed', code: 'internal', message: unexpectedWords(error), ...(stack && { stack }) }
}

/** What is said of an error that nobody expected: of an extension's, where it comes from, so that its author can mend it. */
export function unexpectedWords(error: unknown): string {
  const message = error instanceof Error ? (refusedBySchema(error) ?? error.message) : String(error)
  const [place, method] = [placeInExtension(error), failedMethod(error)]
  if (place === null && method === null) return `Unexpected error: ${message}`
  const who = method === null ? 'An extension' : `The ${method.words}`
  const help = method?.help === undefined ? '' : `. ${method.help}`
  return `${who} failed${place === null ? '' : ` (${place})`}: ${message}${help}`
}

/** Of a value that a schema refused where it was thought to be right: the message of such an error is JSON. */
function refusedBySchema(error: Error & { issues?: readonly { path: PropertyKey[]; message: string }[] }) {
  if (!error.name.endsWith('ZodError')) return null
  return error.issues!.map(({ path, message }) => `${keyName(path) || 'the whole'}: ${message}`).join('; ')
}

/** The error of a job that failed in another process. */
export function errorOf({ code, message, stack }: Failure): ExitlabError {
  const cause = stack === undefined ? undefined : Object.assign(new Error(message), { stack })
  return new ExitlabError(code, message, { cause })
}

/** A failure as a log has it. */
export const logOf = ({ message, stack }: Omit<Failure, 'code'>): string =>
  stack === undefined ? message : `${message}\n${stack}`

import { ExitlabError } from '../basics/error.ts'
import { type MethodOrigin, shortHash } from './method-origin.ts'

/** Kinds of methods that are chosen by name, each with its noun. */
export const methodNouns = {
  regime: 'regime',
  family: 'network family',
  head: 'exit head',
  weighting: 'weighting',
  loss: 'loss between exits',
  optimiser: 'optimiser',
  rule: 'exit rule',
  dataset: 'data set',
  analysis: 'analysis',
  reading: 'reading',
} as const
export type MethodKind = keyof typeof methodNouns
export const methodKinds = Object.keys(methodNouns) as MethodKind[]

/** A method as something stored names it. */
export interface MethodName {
  kind: MethodKind
  name: string
  /** The extension that it was of, where that is known. */
  origin?: MethodOrigin | undefined
}

/** `exit head “two-tower”` */
export const methodInWords = ({ kind, name }: MethodName): string => `${methodNouns[kind]} “${name}”`

const unknownWords =
  'unknown to this version of Exitlab: it was stored by a newer version or with an extension. What is stored can be shown.'
export const unknownMethodRemedy =
  'For anything that needs it, use the version of Exitlab or the extension that has it.'

/** What is wrong and what to do, after `The exit head “two-tower” is `. */
const wordsFor = ({ origin }: MethodName): string =>
  origin === undefined
    ? `${unknownWords} ${unknownMethodRemedy}`
    : `of the extension “${origin.extension}” with the sha256 ${shortHash(origin.sha256)}…, which is not loaded. What is stored can be ` +
      `shown. For anything that needs it, load that version: --extension ${origin.file}, or, ` +
      `where that file has changed, its copy in the folder extensions of the workspace`

export const unknownMethodSentence = (method: MethodName): string =>
  `The ${methodInWords(method)} is ${wordsFor(method)}`

/** Something stored names a method that this version does not have: what needs the method is refused, the rest goes on. */
export class UnknownMethodError extends ExitlabError {
  /** `run`: the run that needs it. */
  constructor(method: MethodName, run?: { id: string; name: string }) {
    const { kind, name, origin } = method
    const message = run
      ? `${run.name} needs the ${methodInWords(method)}, which is ${wordsFor(method)}`
      : unknownMethodSentence(method)
    const where = origin && { file: origin.file, sha256: origin.sha256 }
    super('unknown-method', message, { kind, name, ...where, ...(run && { runs: [run.id] }) })
  }
}

import { ExitlabError } from './error.ts'

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
}

/** `exit head “two-tower”` */
export const methodInWords = ({ kind, name }: MethodName): string => `${methodNouns[kind]} “${name}”`

const unknownWords =
  'unknown to this version of Exitlab: it was stored by a newer version or with an extension. What is stored can be shown.'
export const unknownMethodRemedy =
  'For anything that needs it, use the version of Exitlab or the extension that has it.'

export const unknownMethodSentence = (method: MethodName): string =>
  `The ${methodInWords(method)} is ${unknownWords} ${unknownMethodRemedy}`

/** Something stored names a method that this version does not have: what needs the method is refused, the rest goes on. */
export class UnknownMethodError extends ExitlabError {
  /** `run`: the run that needs it. */
  constructor({ kind, name }: MethodName, run?: { id: string; name: string }) {
    const method = { kind, name }
    const message = run
      ? `${run.name} needs the ${methodInWords(method)}, which is ${unknownWords} ${unknownMethodRemedy}`
      : unknownMethodSentence(method)
    super('unknown-method', message, { kind, name, ...(run && { runs: [run.id] }) })
  }
}

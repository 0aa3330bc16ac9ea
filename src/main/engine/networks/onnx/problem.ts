import { ExitlabError } from '../../../../shared/error.ts'

/** Why a node of a graph cannot be used, without its place; `remedy`: what to do, a sentence. */
export class GraphProblem extends Error {
  override readonly name = 'GraphProblem'
  readonly remedy: string | undefined

  constructor(what: string, remedy?: string) {
    super(what)
    this.remedy = remedy
  }
}

/** That a file cannot be used; `what`: the end of a sentence, and others that say what to do. */
export const fileRefused = (file: string, what: string): ExitlabError =>
  new ExitlabError('data', `The file ${file}: ${what}.`)

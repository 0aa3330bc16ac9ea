import { exportAgain } from '../../../../shared/onnx-file/refused.ts'

/** Why a node of a graph cannot be used, without its place; `remedy`: what to do, a sentence; '': it says so itself. */
export class GraphProblem extends Error {
  override readonly name = 'GraphProblem'
  readonly remedy: string | undefined

  constructor(what: string, remedy?: string) {
    super(what)
    this.remedy = remedy
  }
}

/** That a node has what it must not have: a file that is wrong, where a new export helps. */
export const wrongly = (what: string, expected: string): GraphProblem =>
  new GraphProblem(`${what}; expected ${expected}: ${exportAgain}`, '')

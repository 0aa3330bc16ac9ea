/** Why a node of a graph cannot be used, without its place; `remedy`: what to do, a sentence. */
export class GraphProblem extends Error {
  override readonly name = 'GraphProblem'
  readonly remedy: string | undefined

  constructor(what: string, remedy?: string) {
    super(what)
    this.remedy = remedy
  }
}

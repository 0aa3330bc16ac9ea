/** A step of set-up that could not be done, told so that a person can give it what it needs. */
export class SetupFailure extends Error {
  /**
   * @param {string} what what failed, as a sentence
   * @param {string | readonly string[]} remedies ways to give it what it needs, each a sentence
   * @param {ErrorOptions} [options]
   */
  constructor(what, remedies, options) {
    super([what, ...[remedies].flat().map((remedy) => `  → ${remedy}`)].join('\n'), options)
    this.name = 'SetupFailure'
    /** Without its full stop. */
    this.what = what.replace(/\.$/, '')
  }
}

/** The message of anything thrown. @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error))

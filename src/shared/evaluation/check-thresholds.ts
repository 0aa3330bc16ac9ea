import { ExitlabError } from '../basics/error.ts'

/** @throws ExitlabError `usage` unless there is one threshold, or one for each exit but the final. */
export function checkThresholds(thresholds: number | readonly number[], exitCount: number): void {
  if (typeof thresholds === 'number' || thresholds.length === exitCount - 1) return
  throw new ExitlabError(
    'usage',
    `This network has ${exitCount} exits, including the final classifier: expected one threshold, or ${exitCount - 1}, ` +
      `one for each exit but the final; found ${thresholds.length}.`,
  )
}

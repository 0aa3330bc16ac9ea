import { listed } from '../../shared/format/lists.ts'
import { ExitlabError } from '../../shared/basics/error.ts'

/** A caveat of a result without its test losses. */
export const closedCaveat =
  'Losses on test samples are left out: these runs are of a sweep, whose test values are closed until they are opened (Compare, Read on, or exitlab compare --open-test).'

/** For test losses of sweeps: what is asked for shows nothing else. */
export function testLossesClosed(experiments: readonly string[]): ExitlabError {
  const names = listed(experiments)
  return new ExitlabError(
    'conflict',
    `The test values of ${names} are closed: its series differ in settings, and whoever looks at the test losses of all of them chooses on the test set. ` +
      'Choose training samples (split train), or open its test values (Compare, Read on, or exitlab compare --open-test), which is recorded.',
  )
}

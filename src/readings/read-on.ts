import { listed } from '../shared/format/lists.ts'
import type { ComparedSummary } from '../engine/evaluation/evaluation-summary.ts'
import { ExitlabError } from '../shared/basics/error.ts'
import { closedRule, type ReadSplit } from '../shared/evaluation/read-on.ts'

/** Runs as they are read on a split: what is read is their `test`. Imported results were measured on what they were. */
export function onSplit<Run extends ComparedSummary>(runs: readonly Run[], split: ReadSplit): Run[] {
  if (split === 'test') return [...runs]
  return runs.map((run) => (run.imported ? run : { ...run, test: run.validation, readOn: 'validation' as const }))
}

/**
 * Where a question is read whose compared runs include `closed` sweeps: on validation samples unless their test values were
 * opened. Everything else is read on test samples, unless `split` says otherwise.
 * @throws ExitlabError `conflict` where test values are asked for that are closed.
 */
export function splitOf(closed: readonly string[], split?: ReadSplit): ReadSplit {
  if (split === 'test' && closed.length > 0) throw testClosed(closed)
  return split ?? (closed.length > 0 ? 'validation' : 'test')
}

interface Compared {
  experiment: string
  regime: string | null
  series: string
  testOpenedAt?: number | undefined
}

/**
 * Names of experiments of which several series of one regime are compared, and whose test values are closed. Series that differ in
 * settings other than their regime are a sweep, from which one is chosen.
 */
export function closedSweeps(compared: readonly Compared[]): string[] {
  const closed = compared.filter(({ testOpenedAt }) => testOpenedAt === undefined)
  const regimes = Map.groupBy(closed, ({ experiment, regime }) => JSON.stringify([experiment, regime]))
  const swept = [...regimes.values()].filter((members) => new Set(members.map(({ series }) => series)).size > 1)
  return [...new Set(swept.map(([first]) => first!.experiment))]
}

function testClosed(experiments: readonly string[]): ExitlabError {
  const names = listed(experiments)
  return new ExitlabError(
    'conflict',
    `The test values of ${names} are closed: its series differ in settings, and whoever looks at the test values of all of them chooses on the test set. ` +
      `${closedRule} Read it on validation samples, where “Best series” shows that one, or open all of them, which is recorded and said in captions.`,
  )
}

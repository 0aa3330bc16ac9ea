import type { PaperReport, TestRule } from '../../../../shared/paper/paper-report.ts'
import type { Store } from '../../../store/open.ts'
import type { PaperFileState } from '../file-states.ts'
import { ruleInForceSince } from './test-rules.ts'

type FirstRun = NonNullable<TestRule['firstRun']>

/** The rule in force, and when the first of the runs that are done had begun. */
export function testRuleFor(store: Store, states: Iterable<PaperFileState>): TestRule {
  const done = [...states].flatMap(({ runs }) => runs.filter(({ status }) => status === 'done'))
  const phases = done.flatMap(({ id }) => store.phases.chain(id!))
  const begun = phases.map(({ startedAt, finishedAt }): FirstRun => {
    return { by: startedAt ?? finishedAt ?? Date.now(), isRecorded: startedAt !== null }
  })
  return { since: ruleInForceSince, firstRun: firstOf(begun) }
}

/** A report as an earlier version wrote it does not say when its runs began. */
type Dated = Pick<PaperReport, 'createdAt' | 'status'> & { testRule?: TestRule | undefined }

/** The same of the runs of several reports: those of a report that does not say it had begun by the time that it was written. */
export function joinedTestRule(reports: readonly Dated[]): TestRule {
  const begun = reports.flatMap(({ testRule, status, createdAt }): FirstRun[] => {
    if (testRule !== undefined) return testRule.firstRun === null ? [] : [testRule.firstRun]
    return status.total.runs.done === 0 ? [] : [{ by: createdAt, isRecorded: false }]
  })
  return { since: ruleInForceSince, firstRun: firstOf(begun) }
}

/** Recorded only where it is of all. */
function firstOf(begun: readonly FirstRun[]): TestRule['firstRun'] {
  if (begun.length === 0) return null
  return { by: Math.min(...begun.map(({ by }) => by)), isRecorded: begun.every(({ isRecorded }) => isRecorded) }
}

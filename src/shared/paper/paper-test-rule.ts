import { utcMinute } from '../format/times.ts'
import type { ClaimAnswer, RuleAnswer, TestRule } from './paper-report.ts'

/** Whether own runs were there before the rule by which claims are tested: not at all, some, or that is not recorded. */
function runsBefore({ since, firstRun }: TestRule): 'none' | 'some' | 'unknown' {
  if (firstRun === null) return 'none'
  if (firstRun.by < since) return 'some'
  return firstRun.isRecorded ? 'none' : 'unknown'
}

/** Whether verdicts by the former rule count: unless the rule in force was there before all runs. */
const showsFormer = (rule: TestRule): boolean => runsBefore(rule) !== 'none'

/** What the former rule says of a claim where its verdict is another one and counts. */
export const otherVerdict = ({ ownVerdict, former }: ClaimAnswer, rule: TestRule): RuleAnswer | null =>
  showsFormer(rule) && former.ownVerdict !== ownVerdict ? former : null

const formerRule =
  'The former rule averaged all tests of a claim at each seed, those of all networks in one, and tested that mean over the seeds. Where its verdict is another one, it stands beside.'

/** Since when claims are tested as they are, and what that means for own runs. */
export function testRuleWords(rule: TestRule): string {
  const since = `The rule of testing is in force since ${utcMinute(rule.since)}`
  const { firstRun } = rule
  if (firstRun === null) return `${since}.`
  const began = utcMinute(firstRun.by)
  if (!showsFormer(rule)) return `${since}, before the first of these runs began (${began}).`
  return runsBefore(rule) === 'some'
    ? `${since}, which is after data had been seen: the first of these runs had begun ${firstRun.isRecorded ? 'on' : 'by'} ${began}. ${formerRule}`
    : `${since}. Whether some of these runs were there before is not recorded. ${formerRule}`
}

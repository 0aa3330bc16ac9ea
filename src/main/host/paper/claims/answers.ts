import type { ClaimAnswer, ClaimVerdict, PaperTable, RuleAnswer } from '../../../../shared/paper/paper-report.ts'
import { holm } from '../../../../engine/pure.ts'
import { isAsExpected, overSeeds } from './over-seeds.ts'
import type { Expectation } from './read-claims.ts'
import { type CountedTest, overAllTests, overNetworks, type TestRule } from './test-rules.ts'

/** A claim has a verdict where its p, corrected for the number of claims, is below. */
const level = 0.05

/** A claim with its tests on own runs that count. */
interface Counted {
  expected: Expectation
  counted: readonly CountedTest[]
}

/** What own runs say of each claim, under the rule in force and the former one. `groups`: tables in groups without a common run. */
export function answersOf(
  claims: readonly Counted[],
  groups: readonly (readonly PaperTable[])[],
): Omit<ClaimAnswer, 'tests'>[] {
  const former = answersBy(overAllTests, claims, groups)
  return answersBy(overNetworks, claims, groups).map((answer, index) => ({ ...answer, former: former[index]! }))
}

/** Each claim is tested once; p is corrected by Holm over all claims, those without a p among them. */
function answersBy(
  rule: TestRule,
  claims: readonly Counted[],
  groups: readonly (readonly PaperTable[])[],
): RuleAnswer[] {
  const found = claims.map(({ expected, counted }) => overSeeds(rule(counted, groups), expected))
  const corrected = holm(found.map((own) => own?.p ?? 1))
  return found.map((own, index) => {
    const ownHolds = own && isAsExpected(own.difference, claims[index]!.expected)
    const correctedP = own === null || own.p === null ? null : corrected[index]!
    return { own, ownHolds, correctedP, ownVerdict: own === null ? 'missing' : verdictOf(correctedP, ownHolds!) }
  })
}

function verdictOf(p: number | null, holds: boolean): ClaimVerdict {
  if (p === null) return 'untested'
  if (p >= level) return 'undecided'
  return holds ? 'agrees' : 'disagrees'
}

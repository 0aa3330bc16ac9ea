import type { PaperTable } from '../../../../shared/paper/paper-report.ts'
import { meanOf, type SeedSample, type SeedSum } from './over-seeds.ts'

/** A test of a claim that counts, with its own values. */
export interface CountedTest {
  /** `paperTable.id` */
  table: string
  seeds: readonly SeedSum[]
}

/** A rule of testing: the independent samples that the tests of a claim are. `groups`: tables in groups without a common run. */
export type TestRule = (
  counted: readonly CountedTest[],
  groups: readonly (readonly PaperTable[])[],
) => readonly SeedSample[]

/** When `overNetworks` came into force in place of `overAllTests`, milliseconds since 1970. */
export const ruleInForceSince = Date.UTC(2026, 11, 1, 3, 46)

/** The rule in force: the mean of the tests of each group at each seed; groups are weighted by the number of their tests. */
export const overNetworks: TestRule = (counted, groups) =>
  groups.flatMap((group) => {
    const tests = counted.filter((test) => group.some(({ id }) => id === test.table))
    if (tests.length === 0) return []
    return [{ weight: tests.length / counted.length, sums: meanOf(tests.map(({ seeds }) => seeds)) }]
  })

/** The former rule: one sample, the mean of all tests at each seed. */
export const overAllTests: TestRule = (counted) => [{ weight: 1, sums: meanOf(counted.map(({ seeds }) => seeds)) }]

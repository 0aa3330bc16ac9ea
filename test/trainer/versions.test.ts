import { expect, it } from 'vitest'
import { warnOfOtherVersions } from '../../src/main/trainer/versions.ts'

const before = { tensorflow: '2.20.0', threads: '2' }

it('a phase that goes on with other threads than it began says that its last digits may differ', () => {
  const warnings: string[] = []
  warnOfOtherVersions(before, { tensorflow: '2.20.0', threads: '4' }, (message) => void warnings.push(message))
  expect(warnings).toEqual([expect.stringContaining('(threads 2 → 4)')])
})

it('a phase that goes on as it began says nothing', () => {
  warnOfOtherVersions(before, { ...before }, (message) => expect.fail(message))
})

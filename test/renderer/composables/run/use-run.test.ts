// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { effectScope } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { RunDetail } from '../../../../src/contract/run-detail.ts'
import { useRun } from '../../../../src/renderer/composables/run/use-run.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'

it('a run of a sweep by itself has its test values, which lists do not have, and else what events say', async () => {
  const host = provideFakeHost()
  const listed = runSummary({ id: 'a', status: 'done', note: '', scores: { validation: [0.5], test: null } })
  const detail = { ...listed, phases: [], scores: { validation: [0.5], test: [0.75] } } as unknown as RunDetail
  host.runs.set('a', listed)
  host.answer({ runs: { show: async () => detail } })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const { run } = host.run(() => scope.run(() => useRun(() => 'a'))!)
  await vi.waitUntil(() => run.value !== null && host.asked.after.length > 0)
  host.publish({ type: 'run', run: { ...listed, note: 'mine' } })
  await vi.waitUntil(() => run.value!.note === 'mine')
  expect(run.value!.scores).toEqual({ validation: [0.5], test: [0.75] })
})

it.each([false, true])('a run that is purged elsewhere is no longer shown (in the bin: %s)', async (deleted) => {
  const host = provideFakeHost()
  const listed = runSummary({ id: 'a', status: 'done', deleted })
  if (!deleted) host.runs.set('a', listed)
  host.answer({ runs: { show: async () => ({ ...listed, phases: [] }) as unknown as RunDetail } })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const { run, error } = host.run(() => scope.run(() => useRun(() => 'a'))!)
  await vi.waitUntil(() => run.value !== null && host.asked.after.length > 0)
  const data = { code: 'not-found' }
  host.answer({
    runs: { show: () => Promise.reject(new ORPCError('EXITLAB', { message: 'There is no run a.', data })) },
  })
  host.publish({ type: 'purged', run: 'a' })
  await vi.waitUntil(() => run.value === null)
  expect(error.value).toBe('There is no run a.')
})

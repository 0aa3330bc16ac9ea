// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { computed, effectScope, nextTick, shallowRef } from 'vue'
import type { Plan } from '../../../../src/contract/experiments.ts'
import type { ReadExperiment } from '../../../../src/renderer/components/new/use-experiment-checks.ts'
import { useTimeEstimate } from '../../../../src/renderer/components/new/use-time-estimate.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('an experiment that has changed while another was timed is not timed once the form is left', async () => {
  const measured = Promise.withResolvers<Plan>()
  const plan = vi.fn(() => measured.promise)
  const host = provideFakeHost({ experiments: { plan } })
  const written = shallowRef({ text: 'first' } as unknown as ReadExperiment)
  const form = effectScope()
  form.run(() => host.run(() => useTimeEstimate(computed(() => written.value))))
  await vi.advanceTimersByTimeAsync(2000)
  expect(plan).toHaveBeenCalledTimes(1)
  written.value = { text: 'second' } as unknown as ReadExperiment
  await nextTick()
  form.stop()
  measured.resolve({ estimatedSeconds: 1, savedSeconds: null } as Plan)
  await vi.advanceTimersByTimeAsync(5000)
  expect(plan).toHaveBeenCalledTimes(1)
})

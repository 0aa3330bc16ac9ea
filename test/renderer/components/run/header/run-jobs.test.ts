// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { EngineInfo, SystemInfo } from '../../../../../src/contract/system.ts'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import type { HostClient } from '../../../../../src/contract/index.ts'
import type { ExecutorName } from '../../../../../src/shared/phases/executor.ts'
import RunJobs from '../../../../../src/renderer/components/run/header/RunJobs.vue'
import { useHostStore } from '../../../../../src/renderer/stores/host.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runPhase, runSummary } from '../../../support/run-summary.ts'

const run = runSummary({
  id: 'a',
  status: 'running',
  phases: [runPhase({ id: 'p1', name: 'backbone' }), runPhase({ id: 'p2', name: 'heads' })],
}) as RunDetail
type Answer = Awaited<ReturnType<HostClient['runs']['jobs']>>

const jobs: Answer = {
  jobs: [
    { id: '12_0', phase: 'p1', state: 'RUNNING', reason: null, node: 'n7' },
    { id: '13_0', phase: 'p2', state: 'PENDING', reason: 'Dependency', node: null },
  ],
  problem: null,
  processes: [],
}

async function shown(answer: Partial<Answer>, executor: ExecutorName = 'slurm', of = run) {
  const host = provideFakeHost({
    system: {
      info: async () => ({ host: { executor, depot: '/depot' } }) as SystemInfo,
      engine: async () => ({}) as EngineInfo,
    },
    runs: { jobs: async () => ({ jobs: [], problem: null, processes: [], ...answer }) },
  })
  host.run(() => useHostStore())
  const wrapper = mount(RunJobs, { props: { run: of } })
  await flushPromises()
  return wrapper
}

it('names the job of each phase with its state and node', async () => {
  const items = (await shown(jobs)).findAll('li').map((item) => item.text().replaceAll(/\s+/g, ' '))
  expect(items).toEqual(['Job 12_0 running on n7 · backbone', 'Job 13_0 pending (Dependency) · heads'])
})

it('names who trains a phase, and how it is trained where nobody does', async () => {
  const processes = [
    { phase: 'p1', process: 'process 12 on n7, last active at 12:13' },
    { phase: 'p2', process: null },
  ]
  const items = (await shown({ processes }, 'external'))
    .findAll('li')
    .map((item) => item.text().replaceAll(/\s+/g, ' '))
  expect(items).toEqual([
    'Trained by process 12 on n7, last active at 12:13 · backbone',
    'No process trains it; train-phase /depot p2 does · heads',
  ])
})

it('reports why the queue cannot be read', async () => {
  const wrapper = await shown({ problem: 'squeue failed: no controller' })
  expect(wrapper.get('[role="alert"]').text()).toBe('squeue failed: no controller')
})

it.each([
  ['where this machine trains', 'local', run],
  ['for a run that is done', 'slurm', { ...run, status: 'done' } as RunDetail],
] as const)('shows nothing %s', async (_, executor, of) => {
  expect((await shown(jobs, executor, of)).find('section').exists()).toBe(false)
})

// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import type { Progress } from '../../../../../src/shared/phases/events.ts'
import type { StepSample } from '../../../../../src/shared/runs/runs.ts'
import MachinePanel from '../../../../../src/renderer/components/run/machine/MachinePanel.vue'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runPhase, runSummary } from '../../../support/run-summary.ts'

const sample = (second: number): StepSample => ({
  at: 1_700_000_000_000 + 1000 * second,
  epoch: 1,
  batch: second,
  imagesPerSecond: 120,
  residentBytes: 2 ** 30,
})
const progress = (batch: number) => ({ run: 'r', phase: 'p', imagesPerSecond: 130, batch }) as Progress

async function opened(samples: () => Promise<StepSample[]>) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2024, 4, 1, 14, 3) })
  onTestFinished(() => void vi.useRealTimers())
  provideFakeHost({ runs: { samples } })
  const run = runSummary({ id: 'r', phases: [runPhase({ id: 'p' })] }) as RunDetail
  const panel = mount(MachinePanel, { props: { run, place: 0, records: [], progress: progress(1) } })
  onTestFinished(() => panel.unmount())
  await flushPromises()
  return {
    panel,
    /** Progress comes when the next samples are due. */
    async goOn() {
      vi.setSystemTime(Date.now() + 120_000)
      await panel.setProps({ progress: progress(2) })
      await flushPromises()
    },
  }
}

test('what was read of the machine stays where the next reading fails, which is said with the time of what is shown', async () => {
  const samples = vi.fn(async () => [sample(0), sample(10)])
  const { panel, goOn } = await opened(samples)
  expect(panel.findAll('svg path.line')).toHaveLength(2)
  samples.mockRejectedValueOnce(new Error('the disk is busy.'))
  await goOn()
  expect(panel.findAll('svg path.line')).toHaveLength(2)
  expect(panel.get('[role=status]').text()).toBe(
    'The last reading failed: the disk is busy. What is shown was read at 14:03.',
  )
  samples.mockResolvedValueOnce([sample(20)])
  await goOn()
  expect(panel.find('[role=status]').exists()).toBe(false)
})

test('where nothing was read of the machine, the reason stands alone', async () => {
  const { panel } = await opened(() => Promise.reject(new Error('the disk is busy.')))
  expect(panel.get('[role=alert]').text()).toBe('the disk is busy.')
})

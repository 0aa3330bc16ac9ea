// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import DiskPanel from '../../../../src/renderer/components/settings/DiskPanel.vue'
import { useOpenConfirmation } from '../../../../src/renderer/composables/use-confirm.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'

const experiment = (id: string, sharedBytes: number) => ({
  id,
  name: `experiment ${id}`,
  runs: 3,
  deleted: 1,
  sharedBytes,
  checkpointBytes: 5e9,
  evaluationBytes: 1e9,
  analysisBytes: 0,
})
const disk = {
  experiments: [experiment('a', 2e9), experiment('b', 0)],
  sharedBytes: 2e9,
  tokens: { folder: '/w/tokens', bytes: 4e6 },
  bin: { runs: 2, bytes: 3e9 },
}
const purgedExperiments = vi.fn(async (_: { experiments: string[] }) => ({
  runs: ['1', '2', '3', '4'],
  freedBytes: 6e9,
}))
const purgedRuns = vi.fn(async (_: { runs: string[] }) => ({ runs: ['1', '2'], freedBytes: 3e9 }))

beforeEach(() => {
  vi.clearAllMocks()
  provideFakeHost({
    system: { disk: async () => disk },
    experiments: { purge: purgedExperiments },
    runs: { purge: purgedRuns, list: async () => ['1', '2'].map((id) => runSummary({ id })) },
  })
})

async function opened() {
  const panel = mount(DiskPanel, { attachTo: document.body })
  onTestFinished(() => panel.unmount())
  await flushPromises()
  return panel
}

it('shows the size of the cache of tokens', async () => {
  expect((await opened()).text()).toContain('Tokens of texts: 4.0 MB in /w/tokens, a cache that may be deleted')
})

it('asks before an experiment is purged: what is lost, freed and kept', async () => {
  const panel = await opened()
  await panel.get('[aria-label="Purge experiment a"]').trigger('click')
  const question = useOpenConfirmation().value!
  expect(question.text).toContain(
    '4 runs with weights, evaluations, analyses, tags and notes will be deleted permanently',
  )
  expect(question.text).toContain('This frees 6.0 GB. 2.0 GB remain for experiments that share its phases.')
  question.answer(false)
  await flushPromises()
  expect(purgedExperiments).not.toHaveBeenCalled()
  await panel.get('[aria-label="Purge experiment b"]').trigger('click')
  expect(useOpenConfirmation().value!.text).not.toContain('stay')
  useOpenConfirmation().value!.answer(true)
  await flushPromises()
  expect(purgedExperiments).toHaveBeenCalledWith({ experiments: ['b'] })
})

it('purges the deleted runs of every experiment', async () => {
  const panel = await opened()
  await panel
    .findAll('button')
    .find((button) => button.text() === 'Purge 2 deleted runs, 3.0 GB')!
    .trigger('click')
  expect(useOpenConfirmation().value!.text).toContain('This frees 3.0 GB.')
  useOpenConfirmation().value!.answer(true)
  await flushPromises()
  expect(purgedRuns).toHaveBeenCalledWith({ runs: ['1', '2'] })
})

it('says that the sizes could not be read', async () => {
  provideFakeHost({ system: { disk: () => Promise.reject(new Error('the disk is away')) } })
  expect((await opened()).get('[role=alert]').text()).toBe('the disk is away')
})

it('keeps the focus on what is purged, then gives it to what takes its place', async () => {
  const done = Promise.withResolvers<{ runs: string[]; freedBytes: number }>()
  let experiments = disk.experiments
  provideFakeHost({
    system: { disk: async () => ({ ...disk, experiments }) },
    experiments: { purge: () => done.promise },
  })
  const panel = await opened()
  const button = (name: string) => panel.get<HTMLButtonElement>(`[aria-label="Purge experiment ${name}"]`)
  button('a').element.focus()
  await button('a').trigger('click')
  useOpenConfirmation().value!.answer(true)
  await flushPromises()
  expect(document.activeElement).toBe(button('a').element)
  expect([button('a').attributes('aria-busy'), button('b').element.disabled]).toEqual(['true', true])
  experiments = disk.experiments.slice(1)
  done.resolve({ runs: ['1'], freedBytes: 6e9 })
  await flushPromises()
  expect(document.activeElement).toBe(button('b').element)
  expect(button('b').element.disabled).toBe(false)
})

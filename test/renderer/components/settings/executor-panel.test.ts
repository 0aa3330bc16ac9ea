// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import type { EngineInfo, Settings, SystemInfo } from '../../../../src/contract/system.ts'
import { initialSlurm } from '../../../../src/shared/phases/slurm-settings.ts'
import ExecutorPanel from '../../../../src/renderer/components/settings/ExecutorPanel.vue'
import { executorNote } from '../../../../src/renderer/components/settings/settings-words.ts'
import { provideFakeHost, type FakeHost } from '../../support/fake-host.ts'

const slurm = { ...initialSlurm, flags: ['--qos=low'] }
const settings: Settings = {
  parallel: 1,
  device: 'cpu',
  executor: 'slurm',
  depot: '/nfs/depot',
  slurm,
  dataFolders: {},
}
let kept = settings
let host: FakeHost
const configure = vi.fn(async (changes: Partial<Settings>) => (kept = { ...kept, ...changes }))

beforeEach(() => {
  vi.clearAllMocks()
  kept = settings
  host = provideFakeHost({
    system: {
      settings: async () => kept,
      configure,
      info: async () => ({ host: { executor: 'slurm' } }) as SystemInfo,
      engine: async () => ({}) as EngineInfo,
    },
  })
})

async function opened() {
  const panel = mount(ExecutorPanel)
  await flushPromises()
  const field = (label: string) => {
    const name = panel.findAll('label').find((each) => each.text() === label)!
    return panel.get<HTMLInputElement>(`[id="${name.attributes('for')}"]`)
  }
  const save = async () => {
    await panel.get('form').trigger('submit')
    await flushPromises()
  }
  return { panel, field, save }
}

it('shows the settings of Slurm and saves what is changed', async () => {
  const { field, save } = await opened()
  expect(field('Depot').element.value).toBe('/nfs/depot')
  expect(field('Further options of sbatch').element.value).toBe('--qos=low')
  await field('Partition').setValue(' gpu ')
  await field('Time limit').setValue('4:00:00')
  await field('GPUs of a job').setValue('2')
  await field('Further options of sbatch').setValue('--qos=low  --exclude=n7')
  await save()
  expect(configure).toHaveBeenCalledWith({
    depot: '/nfs/depot',
    slurm: { ...slurm, partition: 'gpu', time: '4:00:00', gpus: 2, flags: ['--qos=low', '--exclude=n7'] },
  })
})

it('reports at each field what is wrong with it, until it is corrected', async () => {
  const problems = [
    { path: ['depot'], message: 'expected an absolute path' },
    { path: ['slurm', 'cpus'], message: 'expected a whole number from 1 to 1024' },
  ]
  configure.mockRejectedValueOnce(
    new ORPCError('EXITLAB', { defined: true, message: 'not valid', data: { code: 'usage', problems } }),
  )
  const { panel, field, save } = await opened()
  await field('Depot').setValue('depot')
  await save()
  const errorOf = (label: string) => panel.find(`[id="${field(label).attributes('id')}-error"]`)
  expect(errorOf('Depot').text()).toBe('expected an absolute path')
  expect(errorOf('Processors of a job').text()).toBe('expected a whole number from 1 to 1024')
  expect(field('Depot').attributes('aria-invalid')).toBe('true')
  expect(field('Depot').element.value).toBe('depot')
  await save()
  expect(errorOf('Depot').exists()).toBe(false)
})

it('shows the depot alone where others train, and saves it alone', async () => {
  const { panel, field, save } = await opened()
  await panel.get('input[value="external"]').setValue()
  await flushPromises()
  expect(configure).toHaveBeenCalledWith({ executor: 'external' })
  expect(panel.findAll('form label').map((label) => label.text())).toEqual(['Depot'])
  await field('Depot').setValue(' /data/depot ')
  await save()
  expect(configure).toHaveBeenLastCalledWith({ depot: '/data/depot' })
})

it('hides them while this machine trains', async () => {
  const { panel } = await opened()
  await panel.get('input[value="local"]').setValue()
  await flushPromises()
  expect(configure).toHaveBeenCalledWith({ executor: 'local' })
  expect(panel.find('form').exists()).toBe(false)
})

it('states that a host keeps its executor, and that a depot is needed', () => {
  expect(executorNote(settings, { executor: 'slurm' })).toBeNull()
  expect(executorNote(settings, { executor: 'local' })).toContain('still trains on this machine')
  expect(executorNote({ ...settings, executor: 'local' }, { executor: 'slurm' })).toContain('by jobs of Slurm')
  expect(executorNote({ ...settings, depot: null }, null)).toContain('A depot is needed')
  expect(executorNote({ ...settings, executor: 'external', depot: null }, null)).toContain('A depot is needed')
})

it('keeps what is typed when the settings are read again', async () => {
  const host = provideFakeHost({
    system: {
      settings: async () => structuredClone(settings),
      info: async () => ({ host: { executor: 'slurm' } }) as SystemInfo,
      engine: async () => ({}) as EngineInfo,
    },
  })
  const { field } = await opened()
  await field('Depot').setValue('/nfs/another')
  host.cutLink()
  await flushPromises()
  host.mendLink()
  await flushPromises()
  expect(field('Depot').element.value).toBe('/nfs/another')
})

it('keeps what is typed where the settings cannot be read again, and says why', async () => {
  const { panel, field } = await opened()
  await field('Partition').setValue('gpu')
  host.answer({ system: { settings: () => Promise.reject(new Error('the disk is away')) } })
  host.cutLink()
  await flushPromises()
  host.mendLink()
  await flushPromises()
  expect(panel.get('[role=alert]').text()).toBe('the disk is away')
  expect(field('Partition').element.value).toBe('gpu')
})

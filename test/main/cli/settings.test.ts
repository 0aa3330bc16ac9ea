import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../src/contract/system.ts'
import { initialSlurm } from '../../../src/shared/phases/slurm-settings.ts'
import { exitlab, fakeClient } from './support.ts'

const initial: Settings = {
  parallel: 1,
  device: 'cpu',
  executor: 'local',
  depot: null,
  slurm: initialSlurm,
  dataFolders: {},
}

async function change(...changes: string[]) {
  const asked: Partial<Settings>[] = []
  const client = fakeClient({
    'system.settings': () => initial,
    'system.configure': (input: Partial<Settings>) => {
      asked.push(input)
      return { ...initial, ...input }
    },
  })
  return { ...(await exitlab(['settings', ...changes], { client })), asked }
}

describe('exitlab settings', () => {
  it('prints a line for each', async () => {
    const { stdout, asked } = await change()
    expect(asked).toEqual([])
    expect(stdout).toContain('executor=local\n')
    expect(stdout).toContain('slurm.cpus=2\n')
    expect(stdout).toContain('depot=\n')
  })

  it('changes those that are given, with the type that they have', async () => {
    const { asked, stdout } = await change(
      'executor=slurm',
      'slurm.time=4:00:00',
      'slurm.gpus=1',
      'slurm.flags=--a=b --c',
    )
    const slurm = { ...initialSlurm, time: '4:00:00', gpus: 1, flags: ['--a=b', '--c'] }
    expect(asked).toEqual([{ executor: 'slurm', slurm }])
    expect(stdout).toContain('slurm.flags=--a=b --c\n')
  })

  it('leaves the others to the host, which may have been started with options of its own', async () => {
    expect((await change('depot=/nfs/depot')).asked).toEqual([{ depot: '/nfs/depot' }])
    expect((await change('dataFolders.cifar10=/data')).asked).toEqual([{ dataFolders: { cifar10: '/data' } }])
  })

  it('changes how many runs are trained at once, a number or auto', async () => {
    for (const [text, parallel] of [
      ['auto', 'auto'],
      ['3', 3],
    ] as const) {
      const { asked } = await change(`parallel=${text}`)
      expect(asked[0]).toMatchObject({ parallel })
    }
    expect((await change('parallel=many')).stderr).toContain('expected a whole number or auto, got “many”')
  })

  it('sets the folders of data sets, and takes the default again', async () => {
    const { asked, stdout } = await change('dataFolders.cifar100=/nfs/cifar', 'dataFolders.mnist=')
    expect(asked[0]!.dataFolders).toEqual({ cifar100: '/nfs/cifar' })
    expect(stdout).toContain('dataFolders.cifar100=/nfs/cifar\n')
  })

  it.each([
    ['slurm.tine=1', 'Did you mean “slurm.time”?'],
    ['executor', '“executor” names a setting without a value: executor=VALUE'],
    ['dataFolders.cifar=/x', 'Did you mean “dataFolders.cifar10”?'],
    ['slurm.gpus=many', 'expected a whole number, got “many”'],
    ['gpu=true', 'is no change of a setting'],
  ])('refuses %s', async (text, message) => {
    const { exitCode, stderr, asked } = await change(text)
    expect([exitCode, asked]).toEqual([2, []])
    expect(stderr).toContain(message)
  })
})

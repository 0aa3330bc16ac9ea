import { availableParallelism } from 'node:os'
import { initialSlurm } from '../../../../../src/shared/phases/slurm-settings.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listCards } from '../../../../../src/main/execution/trainer-pool/nvidia-cards.ts'
import { dataFolder, bench, experiment, refusal, temporaryFolder, until, untilStatus } from '../../support.ts'
import { transports } from '../transports.ts'

const { cards } = await listCards({})

describe.each(transports)('the workspace and its machine %s', (_, serve) => {
  test('settings begin as a new workspace has them, and only what is given is changed', async () => {
    const { client } = await serve()
    const unchanged = { device: 'cpu', executor: 'local', depot: null, slurm: initialSlurm, dataFolders: {} }
    expect(await client.system.settings()).toEqual({ ...unchanged, parallel: 'auto' })
    const changed = { ...unchanged, parallel: 3 }
    expect(await client.system.configure({ parallel: 3 })).toEqual(changed)
    expect(await client.system.configure({ dataFolders: { cifar10: '/data/cifar' } })).toMatchObject({
      ...changed,
      dataFolders: { cifar10: '/data/cifar' },
    })
    expect((await client.system.info()).host).toMatchObject({ parallel: 3, device: 'cpu' })
    expect(await client.system.configure({ dataFolders: {} })).toEqual(changed)
  })

  test('settings that make no sense are refused, and none of them is stored', async () => {
    const { client } = await serve()
    expect((await refusal(client.system.configure({ parallel: 0 }))).code).toBe('usage')
    expect((await refusal(client.system.configure({ device: 'tpu' }))).message).toContain(
      'expected cpu, cuda, or cuda:N',
    )
    expect(await refusal(client.system.configure({ parallel: 2, dataFolders: { mnist: 'here' } }))).toEqual({
      code: 'usage',
      message: 'The folder of mnist must be absolute, such as /data/mnist; got “here”.',
    })
    expect((await client.system.settings()).parallel).toBe('auto')
  })

  test('reports the engine that trains, and that there is no GPU where there is none', async () => {
    const { client } = await serve()
    const { device, reason, processor, memory, tensorflow, gpu } = await client.system.engine()
    expect(device).toBeNull()
    expect(reason).toContain('The processor is selected in the settings')
    expect(processor.threads).toBeGreaterThan(0)
    expect(memory.freeBytes).toBeLessThanOrEqual(memory.totalBytes)
    expect(tensorflow.folder).toMatch(/tensorflow$/)
    expect(gpu.folder).not.toBe(tensorflow.folder)
    const created = await client.experiments.create(experiment({ regimes: ['joint'] }))
    await untilStatus(client, created.runs[0]!.id, 'done')
    expect((await client.system.engine()).device).toMatchObject({ kind: 'cpu', name: 'fake' })
  })

  test('finds data folders where their files are, and reports what is missing', async () => {
    const { client } = await serve()
    const folder = temporaryFolder()
    for (const part of ['train-images-idx3', 'train-labels-idx1', 't10k-images.idx3', 't10k-labels-idx1']) {
      writeFileSync(join(folder, `${part}-ubyte`), '12345')
    }
    await client.system.configure({ dataFolders: { mnist: folder, cifar10: join(folder, 'none') } })
    const found = new Map((await client.system.dataFolders()).map((each) => [each.source, each]))
    expect([...found.keys()]).toEqual([
      ...['fashion-mnist', 'mnist', 'cifar10', 'cifar100'],
      ...['tiny-imagenet', 'imagenette', 'imagenet'],
      ...['newsgroups', 'sts-b', 'fortunes'],
    ])
    const mnist = {
      source: 'mnist',
      title: 'MNIST',
      folder,
      downloadBytes: null,
      origin: 'settings',
      found: true,
      remedy: null,
    }
    expect(found.get('mnist')).toEqual(mnist)
    expect(found.get('cifar10')).toMatchObject({
      found: false,
      remedy: expect.stringContaining(`cifar-10-binary.tar.gz or cifar-10-python.tar.gz into ${folder}/none`) as string,
    })
    expect(found.get('cifar100')).toMatchObject({ origin: 'default' })
  })

  test('a data set is checked as a training would read it, from the folder of the settings', async () => {
    const { client } = await serve()
    await client.system.configure({ dataFolders: { mnist: dataFolder } })
    expect(await client.system.checkData({ source: 'mnist' })).toEqual({
      counts: { train: 54_000, validation: 6_000, test: 10_000 },
      classes: 10,
      shape: { height: 28, width: 28, channels: 1 },
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    await client.system.configure({ dataFolders: { mnist: '/data/missing' } })
    expect(await refusal(client.system.checkData({ source: 'mnist' }))).toEqual({
      code: 'data',
      message: '/data/missing: there are no images',
    })
    const file = { ...experiment().file, data: { ...experiment().file.data, path: undefined } }
    expect(await refusal(client.experiments.create({ file }))).toMatchObject({
      message: expect.stringContaining('/data/missing') as string,
    })
    expect((await refusal(client.system.checkData({ source: 'image-folder' }))).code).toBe('usage')
  })

  test.skipIf(cards.length > 0)(
    'a GPU build is not installed where nothing could use it, and the reason says why',
    async () => {
      const { client } = await serve()
      const installing = async () => {
        for await (const step of await client.system.install({ what: 'tensorflow-gpu' })) expect(step).toBeUndefined()
      }
      const { code, message } = await refusal(installing())
      expect(code).toBe('engine')
      expect(message).toMatch(/^The GPU build cannot be used here\. Missing: /)
    },
  )
})

test('options of the start follow the settings until these change', async () => {
  const { open } = bench()
  const first = await open({ parallel: 4 })
  expect((await first.client.system.info()).host).toMatchObject({ parallel: 4 })
  expect((await first.client.system.settings()).parallel).toBe('auto')
  await first.client.system.configure({ parallel: 2 })
  expect((await first.client.system.info()).host).toMatchObject({ parallel: 2 })
  await first.close()
  const again = await open({ parallel: undefined })
  expect((await again.client.system.info()).host).toMatchObject({ parallel: 2 })
})

test('auto trains as many runs at once as there are processors, each with its share of the threads', async () => {
  const { open, journal, script } = bench({ holdAtStep: 1 })
  const { client, idle } = await open({ parallel: 'auto' })
  const seeds = Array.from({ length: availableParallelism() + 1 }, (_, index) => index)
  await client.experiments.create(experiment({ regimes: ['joint'], seeds }))
  await until(() => journal().length === availableParallelism())
  script({})
  await idle()
  const runs = await client.runs.list({})
  const { phases } = await client.runs.show({ run: runs[0]!.id })
  expect(phases.map(({ status }) => status)).toEqual(['done'])
})

test('more runs at once begin when the setting allows them; fewer let those at work go on', async () => {
  const { open, journal, script } = bench({ holdAtStep: 1 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'], seeds: [1, 2, 3] }))
  await until(() => journal().length === 1)
  await client.system.configure({ parallel: 3 })
  await until(() => journal().length === 3)
  await client.system.configure({ parallel: 1 })
  const states = async () => (await client.runs.list({ runs: runs.map(({ id }) => id) })).map(({ status }) => status)
  expect(await states()).toEqual(['running', 'running', 'running'])
  script({})
  await idle()
  expect(await states()).toEqual(['done', 'done', 'done'])
})

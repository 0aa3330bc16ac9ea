import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { workspace as workspaceCheck } from '../../../../../src/main/host/workspace/doctor/machine-checks.ts'
import type { HostServices } from '../../../../../src/main/host/api/services.ts'
import { workspaceAt } from '../../../../../src/main/store/workspace.ts'
import { fakeDriver } from '../../../../support/fake-driver.ts'
import { bench, experiment, refusal, temporaryFolder, untilStatus } from '../../support.ts'

async function found(client: HostClient, check: string) {
  return (await client.system.doctor()).filter((finding) => finding.check === check)
}

async function trained() {
  const opened = bench()
  const host = await opened.open()
  const { client } = host
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  const { id } = await untilStatus(client, runs[0]!.id, 'done')
  return { ...opened, host, client, run: await client.runs.show({ run: id }) }
}

test('has no remedy in any finding of a sound workspace', async () => {
  const { client } = await trained()
  const findings = await client.system.doctor()
  // A nearly full disk is not this test's to judge.
  const others = findings.filter(({ check }) => check !== 'disk')
  expect(others.map(({ check, status, remedy }) => [check, status, remedy])).toEqual(
    ['Node', 'processor', 'NVIDIA cards', 'TensorFlow', 'workspace', 'store', 'checkpoints', 'analyses', 'data'].map(
      (check) => [check, 'ok', null],
    ),
  )
  expect((await found(client, 'TensorFlow'))[0]!.detail).toContain('0.0.0 on the processor, 1 threads')
})

test('finds a lock that no host could take, without changing it', async () => {
  const { client, host, workspace: folder } = await trained()
  expect(await found(client, 'workspace')).toMatchObject([{ status: 'ok' }])
  await host.close()
  const atRest = { store: { workspace: workspaceAt(folder) }, about: { host: null } } as HostServices
  expect(await workspaceCheck.run(atRest)).toMatchObject([{ status: 'ok', detail: folder }])
  const lock = join(folder, 'host.lock')
  writeFileSync(lock, 'no lock')
  expect(await workspaceCheck.run(atRest)).toMatchObject([
    { status: 'error', detail: expect.stringContaining(`${lock} cannot be taken`), remedy: expect.any(String) },
  ])
  expect(readFileSync(lock, 'utf8')).toBe('no lock')
})

test('names what it has no permission to read, and continues', async () => {
  const { client, workspace } = await trained()
  rmSync(join(workspace, 'checkpoints'), { recursive: true })
  writeFileSync(join(workspace, 'checkpoints'), '')
  const findings = await client.system.doctor()
  expect(findings.find(({ check }) => check === 'checkpoints')).toMatchObject({
    status: 'error',
    detail: expect.stringContaining('ENOTDIR') as string,
    remedy: expect.stringContaining('Give this user read permission') as string,
  })
  expect(findings.at(-1)!.check).toBe('data')
})

test('names files that are damaged or missing, and their consequences', async () => {
  const { client, run } = await trained()
  writeFileSync(run.phases[0]!.checkpoint!.file, 'damaged')
  rmSync(run.evaluation!.file)
  const findings = await found(client, 'checkpoints')
  expect(findings.map(({ status }) => status)).toEqual(['error', 'error'])
  expect(findings[0]).toMatchObject({
    detail: expect.stringContaining('is damaged'),
    remedy: `Retry ${run.name}: it is trained again, with the same weights.`,
    command: ['retry', run.id],
  })
  expect(findings[1]).toMatchObject({
    detail: expect.stringContaining('is missing'),
    remedy: `Retry ${run.name}: it is evaluated again.`,
    command: ['retry', run.id],
  })
})

test('names damaged results of analyses, which are computed again to the same bytes', async () => {
  const { client, host, run, workspace } = await trained()
  const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: [run.id] })
  await host.idle()
  const { id } = analyses[0]!
  const file = join(workspace, 'analyses', id, 'result.json')
  const bytes = readFileSync(file)
  writeFileSync(file, 'damaged')
  expect(await found(client, 'analyses')).toEqual([
    {
      check: 'analyses',
      status: 'error',
      detail: expect.stringMatching(/^analyses\/\w+\/result\.json is damaged/) as string,
      remedy: expect.stringMatching(/^Resume .* of .*: it is computed again, with the same result\.$/) as string,
      command: ['analyse', 'resume', id.slice(0, 12)],
    },
  ])
  await client.analyses.resume({ analyses: [id.slice(0, 12)] })
  await host.idle()
  expect(readFileSync(file)).toEqual(bytes)
  expect(await found(client, 'analyses')).toMatchObject([{ status: 'ok', detail: '1 result, all checksums correct' }])
})

test('reports checkpoints that belong to no run', async () => {
  const { client, workspace } = await trained()
  mkdirSync(join(workspace, 'checkpoints', 'forgotten'))
  writeFileSync(join(workspace, 'checkpoints', 'forgotten', 'final.safetensors'), Buffer.alloc(2_000_000))
  const warning = (await found(client, 'checkpoints')).find(({ status }) => status === 'warning')
  expect(warning!.detail).toMatch(/1 folder .*\(2\.0 MB\) belongs to no run/)
})

test('reports that the images differ from those that were trained on', async () => {
  const { client, script } = await trained()
  script({ imagesVersion: 'second' })
  expect((await found(client, 'data'))[0]).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining('differ from those on which “toy” was trained'),
  })
})

test('reports a trainer that cannot start, with the folder of TensorFlow', async () => {
  const { open } = bench()
  const broken = { entry: join(import.meta.dirname, 'no-such-trainer.ts'), environment: {} }
  const { client } = await open({ trainer: () => broken, environment: { EXITLAB_TENSORFLOW: '/nowhere/tensorflow' } })
  expect((await found(client, 'TensorFlow'))[0]).toMatchObject({
    status: 'error',
    detail: expect.stringContaining('no-such-trainer'),
    remedy: expect.stringContaining('/nowhere/tensorflow'),
  })
})

const t4 = '0, GPU-3c4d, 15360, 550.54.14, 7.5, Tesla T4'

test.skipIf(process.platform === 'win32')('a card that TensorFlow does not find fails the run', async () => {
  const { open } = bench({ holdAtStep: 0, findsCards: false })
  const { client, idle } = await open({ device: 'cuda', environment: fakeDriver([t4]) })
  expect((await found(client, 'TensorFlow')).at(-1)).toMatchObject({
    status: 'error',
    detail: expect.stringContaining('TensorFlow does not find Tesla T4 (cuda:0)'),
    remedy: expect.stringContaining('exitlab setup --device cuda'),
  })
  await client.experiments.create(experiment({ regimes: ['joint'] }))
  await idle()
  const [run] = await client.runs.list({})
  expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('choose the device cpu') })
  expect(run!.phases[0]!.epochs).toBe(0)
})

test.skipIf(process.platform === 'win32').each([
  ['cuda:3', () => fakeDriver([t4]), 'there are only cuda:0 (Tesla T4)'],
  ['cuda', () => ({ PATH: temporaryFolder() }), 'nvidia-smi, which comes with NVIDIA’s driver, was not found'],
])('the device %s is refused where it is not there', async (device, environment, reason) => {
  const { open } = bench()
  const { client } = await open({ device, environment: environment() })
  expect((await found(client, 'TensorFlow')).at(-1)).toMatchObject({
    status: 'error',
    detail: expect.stringContaining(reason),
    remedy: expect.stringContaining('settings device=cpu'),
  })
  const refused = await refusal(client.experiments.create(experiment({ regimes: ['joint'] })))
  expect(refused).toMatchObject({ code: 'engine', message: expect.stringContaining(reason) })
})

test.skipIf(process.platform === 'win32')('does not blame the data for a missing card', async () => {
  const { open, host } = await trained()
  await host.close()
  const { client } = await open({ device: 'cuda:3', environment: fakeDriver([t4]) })
  expect(await found(client, 'data')).toMatchObject([
    { status: 'error', remedy: '“toy” cannot be trained until its device is available.' },
  ])
})

test.skipIf(process.platform === 'win32')('lists the cards of NVIDIA’s driver and what their use needs', async () => {
  const { open } = bench()
  const lines = [
    '0, GPU-1a2b, 40960, 550.54.14, 8.0, NVIDIA A100-SXM4-40GB',
    '1, GPU-3c4d, 15360, 550.54.14, 7.5, Tesla T4',
  ]
  const tensorflow = temporaryFolder()
  const { client } = await open({ environment: { ...fakeDriver(lines), EXITLAB_TENSORFLOW: tensorflow } })
  expect(await found(client, 'NVIDIA cards')).toMatchObject([
    { status: 'ok', detail: 'cuda:0 is NVIDIA A100-SXM4-40GB, 42.9 GB, compute capability 8.0, driver 550.54.14' },
    {
      status: 'ok',
      detail:
        'cuda:1 is Tesla T4, 16.1 GB, compute capability 7.5, driver 550.54.14, no gain from bfloat16: Tesla T4 has ' +
        'compute capability 7.5, and bfloat16 needs 8.0',
    },
    { status: 'warning', detail: expect.stringContaining(`GPU build, which trains on them, is not in ${tensorflow}`) },
  ])
})

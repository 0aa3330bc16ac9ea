import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { paperFile } from '../../../../src/main/host/paper/file-states.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import { refusal } from '../support.ts'
import { paperBench } from './support.ts'

const statusOf = (client: HostClient, ...items: string[]) => client.paper.status({ scale: 'desk', items })
const start = (client: HostClient, ...items: string[]) => client.paper.start({ scale: 'desk', items })

test('an empty workspace lacks everything, and data sets that are not there are named with the remedy', async () => {
  const { client } = await paperBench()
  const status = await client.paper.status({ scale: 'desk' })
  expect(status.items).toHaveLength(37)
  expect(status.items.every(({ state, runs }) => state === 'missing' && runs.done === 0)).toBe(true)
  expect(status.total).toEqual({
    runs: { all: 289, done: 0 },
    phases: { all: 506, done: 0 },
    remainingSeconds: null,
    bytes: null,
  })
  const byFile = new Map(status.experiments.map((each) => [each.file, each]))
  expect(byFile.get('resnet50-tinyimagenet')).toMatchObject({
    name: 'Desk: ResNet with nine blocks',
    id: null,
    state: 'missing',
    problem: null,
    runs: { missing: 9 },
    phases: { all: 12, done: 0 },
    remainingSeconds: null,
    trainedSeconds: 0,
    items: ['table-1', 'table-5', 'table-7', 'table-11', 'table-19', 'figure-2', 'figure-4', 'figure-5'],
  })
  expect(byFile.get('bert-newsgroups')!.problem).toMatch(/^Fortunes is not in .*fortunes\. Put /)
  expect(byFile.get('vit-b-cifar100')!.problem).toBe(
    'It waits for the weights of “Desk: ViT, pre-training”, which is trained before it.',
  )
  const paper = await client.paper.status({ scale: 'paper', items: ['table-8'] })
  expect(paper.experiments).toMatchObject([
    { file: 'resnet34-cifar100', problem: expect.stringMatching(/^CIFAR-100 is/) },
  ])
})

test('an item says what its own runs train where that is not what the paper trains', async () => {
  const { client } = await paperBench()
  const settings = async (scale: 'desk' | 'paper') => {
    const { items } = await client.paper.status({ scale, items: ['table-8', 'table-1'] })
    return items.map(({ id, ownSetting }) => [id, ownSetting])
  }
  const network = 'Residual network, Fashion-MNIST'
  expect(await settings('desk')).toEqual([
    ['table-1', `${network}; Multi-scale dense network, Fashion-MNIST; Vision transformer, Fashion-MNIST`],
    ['table-8', network],
  ])
  expect((await settings('paper')).map(([, setting]) => setting)).toEqual([null, null])
})

test('an item counts the runs of its regimes alone', async () => {
  const { client } = await paperBench()
  const { items } = await statusOf(client, 'table-1', 'table-8', 'figure-3')
  expect(items.map(({ runs, analyses }) => [runs.all, analyses])).toEqual([
    [66, null],
    // With early stopping and at equal epochs, each of five seeds of three regimes and three seeds of four.
    [54, null],
    [3, { kind: 'mode-connectivity', all: 3, done: 0 }],
  ])
})

test('starting trains what is missing, then analyses it, and finds all of it done afterwards', async () => {
  const { client, host, journal } = await paperBench()
  expect(await start(client, 'table-11', 'figure-4')).toMatchObject({
    runs: 9,
    analyses: 0,
    problems: [],
    questions: [],
  })
  await host.idle()
  const [table, figure] = (await statusOf(client, 'table-11', 'figure-4')).items
  expect(table).toMatchObject({ state: 'done', runs: { all: 9, done: 9 } })
  expect(figure).toMatchObject({ state: 'partial', analyses: { kind: 'numerical-rank', all: 9, done: 0 } })
  const again = await start(client, 'table-11', 'figure-4')
  expect(again).toMatchObject({ runs: 0, analyses: 9 })
  expect([again.runIds.length, again.questions.length]).toEqual([9, 9])
  await host.idle()
  const status = await statusOf(client, 'table-11', 'figure-4')
  expect(status.items.map(({ state }) => state)).toEqual(['done', 'done'])
  expect(status.experiments).toMatchObject([{ state: 'done', runs: { done: 9 }, phases: { all: 12, done: 12 } }])
  expect(journal().filter((line) => line.startsWith('train '))).toHaveLength(12)
  expect(await start(client, 'table-11', 'figure-4')).toMatchObject({ runs: 0, analyses: 0 })
})

test('runs of the same settings count under another name, others do not', async () => {
  const { client, host } = await paperBench()
  const { file, folder } = await paperFile('desk', 'resnet50-tinyimagenet')
  await client.experiments.create({ file: { ...file, name: 'mine' }, folder })
  await client.experiments.create({ file: { ...file, seeds: [7] }, folder })
  await host.idle()
  const { items, experiments } = await statusOf(client, 'table-11')
  expect(items).toMatchObject([{ state: 'done', runs: { all: 9, done: 9 } }])
  expect(experiments[0]!.id).toBe((await client.experiments.list()).find(({ name }) => name === 'mine')!.id)
  expect(await start(client, 'table-11')).toMatchObject({ runs: 0 })
})

test('of two experiments with these settings the one with more finished runs counts, whatever its name', async () => {
  const { client, host, script } = await paperBench({ failure: { code: 'diverged', message: 'no' } })
  await start(client, 'table-11')
  await host.idle()
  script({ stepsPerEpoch: 1 })
  const { file, folder } = await paperFile('desk', 'resnet50-tinyimagenet')
  const { id } = await client.experiments.create({ file: { ...file, name: 'mine' }, folder })
  await host.idle()
  expect((await statusOf(client, 'table-11')).experiments).toMatchObject([{ id, runs: { done: 9 } }])
})

test('phases that another experiment has trained count before an experiment is started', async () => {
  const { client, host } = await paperBench()
  await start(client, 'table-11')
  await host.idle()
  const { experiments, total } = await statusOf(client, 'table-7')
  // The backbone of both placements, of three seeds, is that of table 11.
  expect(experiments.map(({ phases }) => phases)).toEqual([
    { all: 12, done: 12 },
    { all: 21, done: 3 },
  ])
  expect(experiments[1]!.id).toBeNull()
  expect(total).toMatchObject({ runs: { all: 27, done: 9 }, phases: { all: 30, done: 12 } })
})

test('the estimate counts a phase once that experiments share', async () => {
  const { client } = await paperBench()
  const { experiments, total } = await client.paper.status({
    scale: 'desk',
    items: ['table-7', 'table-11'],
    estimate: true,
  })
  const [table11, placement] = experiments
  expect(placement!.phases.all + table11!.phases.all).toBe(33)
  expect(total.phases.all).toBe(30)
  expect(table11!.remainingSeconds! / placement!.remainingSeconds!).toBeCloseTo(12 / 21, 6)
  expect(total.remainingSeconds! / placement!.remainingSeconds!).toBeCloseTo(30 / 21, 6)
  expect(total.bytes).toBeGreaterThan(placement!.bytes!)
})

test('paused and failed runs are taken up again, unless they are to stay as they are', async () => {
  const { client, host, script } = await paperBench({ failure: { code: 'diverged', message: 'no' } })
  const { runIds } = await start(client, 'table-11')
  await host.idle()
  const { experiments } = await statusOf(client, 'table-11')
  expect(experiments[0]!.runs).toEqual({ failed: 9 })
  script({ stepsPerEpoch: 1 })
  expect(await client.paper.start({ scale: 'desk', items: ['table-11'], retry: false })).toMatchObject({
    runs: 0,
    runIds,
  })
  expect(await start(client, 'table-11')).toMatchObject({ runs: 9 })
  await host.idle()
  expect((await statusOf(client, 'table-11')).items[0]!.state).toBe('done')
})

test('weights of the pre-training are written into the workspace for the experiment that starts from them', async () => {
  const { client, host, workspace } = await paperBench()
  expect((await start(client, 'table-4')).problems).toMatchObject([{ file: 'vit-b-cifar100' }])
  await host.idle()
  const [pretraining, tuned] = (await statusOf(client, 'table-4')).experiments
  expect([pretraining!.state, tuned!.problem]).toEqual(['done', null])
  const { problems } = await start(client, 'table-4')
  // The made-up weights are of no network.
  expect(problems).toMatchObject([{ file: 'vit-b-cifar100', message: expect.stringContaining('initial.weights') }])
  const [run] = await client.runs.list({ runs: [pretraining!.id!] })
  const { phases } = await client.runs.show({ run: run!.id })
  const written = readFileSync(join(workspace, 'paper', 'vit-b-pretraining.safetensors'))
  expect(written.equals(readFileSync(phases.at(-1)!.checkpoint!.file))).toBe(true)
})

test('an unknown item is refused', async () => {
  const { client } = await paperBench()
  expect(await refusal(statusOf(client, 'table-80'))).toMatchObject({ code: 'usage' })
})

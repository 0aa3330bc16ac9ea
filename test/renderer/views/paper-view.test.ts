// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useOpenConfirmation } from '../../../src/renderer/composables/use-confirm.ts'
import { routes } from '../../../src/renderer/router.ts'
import { useToastsStore } from '../../../src/renderer/stores/toasts.ts'
import PaperView from '../../../src/renderer/views/PaperView.vue'
import type { PaperScale, PaperStatus } from '../../../src/shared/paper/paper.ts'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'
import { firmTestRule, paperClaim, paperExperiment, paperItem, paperStatus, paperTable } from '../support/paper.ts'
import { runSummary } from '../support/run-summary.ts'

let host: FakeHost
let current: PaperStatus
const question = useOpenConfirmation()
const start = vi.fn(async (_: { scale: PaperScale; items?: string[] | undefined }) => ({
  runs: 4,
  analyses: 0,
  runIds: [],
  questions: [],
  problems: [
    { file: 'bert', message: 'Put 20 Newsgroups into a folder.' },
    { file: 'resnet', message: 'The seeds are not numbers.' },
  ],
}))
const files = vi.fn(async (_: { scale: PaperScale; items?: string[] | undefined }) => [
  { path: 'report.tex', bytes: new Blob(['tex']) },
])

const fresh = paperStatus({
  items: [
    paperItem({ id: 'table-8', title: 'ResNet-34', experiments: ['resnet'], note: 'The seeds are open: three.' }),
    paperItem({ id: 'figure-3', experiments: ['bert'], analyses: { kind: 'mode-connectivity', all: 2, done: 0 } }),
  ],
  experiments: [
    paperExperiment({ file: 'resnet', runs: { missing: 4 } }),
    paperExperiment({ file: 'bert', runs: { missing: 2 }, problem: 'Put 20 Newsgroups into a folder.' }),
  ],
})
const begun: PaperStatus = {
  ...fresh,
  items: [{ ...fresh.items[0]!, state: 'partial', runs: { all: 4, done: 1 } }, fresh.items[1]!],
  experiments: [
    paperExperiment({ ...fresh.experiments[0]!, id: 'e1', runs: { done: 1, missing: 3 }, trainedSeconds: 9 }),
    fresh.experiments[1]!,
  ],
}
const own = { mean: 70, std: null, n: 1 }
const [row] = paperTable().rows
const table = paperTable({
  ownSetting: 'ResNet-34, CIFAR-100',
  sameSetting: true,
  experiments: ['resnet'],
  rows: [{ ...row!, own: [own, null] }],
})

const difference = { difference: 1.5, low: -0.25, high: 3.25, p: 0.08, untested: null, n: 3 }
const claim = paperClaim({
  id: 'c1',
  statement: 'Mixed is best.',
  own: difference,
  ownHolds: true,
  correctedP: 0.08,
  ownVerdict: 'undecided',
  tests: [
    {
      table: 'table-8',
      setting: 'ResNet-34, CIFAR-100',
      budget: 0.25,
      contrast: 'mixed − joint',
      published: 0.4,
      publishedHolds: true,
      own: difference,
      ownHolds: true,
      repeats: null,
    },
  ],
})

beforeEach(() => {
  current = fresh
  start.mockClear()
  files.mockClear()
  host = provideFakeHost({
    paper: {
      status: async ({ scale, estimate }) => ({
        ...current,
        scale,
        total: { ...current.total, remainingSeconds: estimate ? 7200 : null, bytes: estimate ? 3e9 : null },
      }),
      start,
      tables: async () => [table],
      claims: async () => ({ claims: [claim], testRule: firmTestRule, items: { [table.id]: table.item } }),
      files,
    },
  })
})

async function opened(address = '/paper?scale=paper') {
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(address)
  const wrapper = mount(PaperView, { global: { plugins: [router] }, attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  await vi.waitUntil(() => !wrapper.find(':not(button)[aria-busy="true"]').exists())
  const button = (text: string) => wrapper.findAll('button').find((each) => each.text() === text)!
  return { wrapper, router, button, text: () => wrapper.text().replaceAll(/\s+/g, ' ') }
}

/** Whether the page asked before it started, and what. */
function answered(yes: boolean): string {
  const { text, answer } = question.value!
  answer(yes)
  return text
}

describe('the paper', () => {
  it('shows each table and figure with its state in words, its needs, what is open and what prevents it', async () => {
    current = begun
    const { wrapper } = await opened()
    const tiles = wrapper.findAll('li.tile').map((tile) => tile.text().replaceAll(/\s+/g, ' '))
    expect(tiles[0]).toContain('Table 8PartialResNet-34')
    expect(tiles[0]).toContain('1 of 4 runs of 1 experiment')
    expect(tiles[0]).toContain('The seeds are open: three.')
    expect(tiles[1]).toContain('Figure 3Missing')
    expect(tiles[1]).toContain('0 of 6 runs and 0 of 2 analyses of 1 experiment')
    expect(tiles[1]).toContain('Put 20 Newsgroups into a folder.')
  })

  it('opens at the scale that any machine can train, and says of a table what the paper and what the desk scale trains', async () => {
    current = {
      ...begun,
      items: begun.items.map((item) => ({ ...item, ownSetting: 'Residual network, Fashion-MNIST' })),
    }
    const { wrapper, router } = await opened('/paper')
    expect(wrapper.get<HTMLInputElement>('input[value="desk"]').element.checked).toBe(true)
    const tile = wrapper.get('li.tile').text().replaceAll(/\s+/g, ' ')
    expect(tile).toContain('Paper: ResNet-34')
    expect(tile).toContain('Desk: Residual network, Fashion-MNIST')
    await wrapper.get('input[value="paper"]').setValue(true)
    await vi.waitUntil(() => router.currentRoute.value.query['scale'] === 'paper')
  })

  it('has one button that starts what is missing, before anything is trained as well', async () => {
    const { wrapper } = await opened('/paper')
    expect(wrapper.findAll('button').filter((each) => each.text() === 'Start what is missing')).toHaveLength(1)
  })

  it('explains how to start before anything is trained, and no longer afterwards', async () => {
    expect((await opened()).text()).toContain('Start what is missing, above, queues those that can be trained here')
    current = begun
    expect((await opened()).text()).not.toContain('queues those that can be trained here')
  })

  it('starts all that is missing after a question, and nothing if the answer is no', async () => {
    const { button } = await opened('/paper')
    await button('Start what is missing').trigger('click')
    const asked = answered(false)
    expect(asked).toContain('4 runs of 1 experiment will be queued.')
    expect(asked).toContain('Left out, because it cannot be trained here: bert.')
    await flushPromises()
    expect(start).not.toHaveBeenCalled()
    await button('Start what is missing').trigger('click')
    answered(true)
    await flushPromises()
    expect(start.mock.calls[0]![0]).toMatchObject({ scale: 'desk', items: [] })
    // What was said before the start is not said again.
    expect(host.run(() => useToastsStore().shown.map(({ text }) => text))).toEqual([
      '4 runs are queued',
      'resnet could not be started: The seeds are not numbers.',
    ])
  })

  it('says why nothing could be started, and nothing else', async () => {
    start.mockRejectedValueOnce(new Error('the disk is full'))
    const { button } = await opened('/paper')
    await button('Start what is missing').trigger('click')
    answered(true)
    await flushPromises()
    expect(host.run(() => useToastsStore().shown.map(({ text }) => text))).toEqual([
      'Could not start what is missing: the disk is full',
    ])
  })

  it('starts the selected tables and figures alone', async () => {
    const { wrapper, button } = await opened()
    await wrapper.get('input[aria-label="Select Table 8"]').setValue(true)
    await button('Start 1 selected').trigger('click')
    answered(true)
    await flushPromises()
    expect(start.mock.calls[0]![0]).toMatchObject({ scale: 'paper', items: ['table-8'] })
  })

  it('measures the time on request, and keeps it with the scale', async () => {
    const { wrapper, button, text } = await opened()
    expect(text()).toContain('Training leftnot measured')
    await button('Estimate').trigger('click')
    await flushPromises()
    expect(text()).toContain('Training leftat most 2 h')
    expect(text()).toContain('Disk when done3.0 GB')
    await wrapper.get('input[value="desk"]').setValue(true)
    await vi.waitUntil(() => text().includes('Training leftnot measured'))
  })

  it('says that the time is being measured after the screen was left, too', async () => {
    const measured = Promise.withResolvers<PaperStatus>()
    host.answer({ paper: { status: ({ estimate }) => (estimate ? measured.promise : Promise.resolve(current)) } })
    const first = await opened()
    await first.wrapper.get('button:has(.lucide-timer)').trigger('click')
    first.wrapper.unmount()
    const { text } = await opened()
    expect(text()).toContain('Training steps of every experiment are timed')
    measured.resolve(current)
    await flushPromises()
    expect(text()).not.toContain('Training steps of every experiment are timed')
  })

  it('follows the runs while they are trained', async () => {
    const { text } = await opened()
    expect(text()).toContain('0 of 6 runs of 1 experiment')
    current = begun
    host.publish({ type: 'run', run: runSummary({ id: 'r1', status: 'done' }) })
    await vi.waitUntil(() => text().includes('1 of 4 runs of 1 experiment'), { timeout: 10_000 })
  })

  it('opens the details of a table with both values, their difference and a way to the comparison', async () => {
    current = begun
    const { wrapper, router } = await opened()
    await wrapper.get('[data-item="table-8"]').trigger('click')
    await vi.waitUntil(() => wrapper.find('aside table').exists())
    const cells = wrapper.findAll('aside tbody tr').map((cell) => cell.text().replaceAll(/\s+/g, ' '))
    expect(cells).toEqual(['mixedpublished67.50 ± 0.42–', 'own (n = 1)70.00–', 'own − published+2.50–'])
    expect(router.currentRoute.value.query).toEqual({ scale: 'paper', item: 'table-8' })
    const links = wrapper.findAll('aside a').map((link) => link.attributes('href'))
    expect(links).toContain('/compare?runs=e1&thresholds=test&budgets=25,unlimited&published=table-8')
    expect(links).toContain('/runs?q=experiment:=e1')
    await wrapper.get('button[aria-label="Close the details"]').trigger('click')
    await vi.waitUntil(() => !wrapper.find('aside').exists())
  })

  it('lists the claims with what published values and own runs say of them, and each test', async () => {
    const { wrapper, button, text, router } = await opened('/paper?tab=claims')
    expect(text()).toContain('own runs: 1 undecided')
    expect(wrapper.findAll('li dd').map((each) => each.text())).toEqual([
      ...['Agrees', '+0.40', 'Undecided', '+1.50 [−0.25, 3.25], p = 0.080 (Holm), 1 of 1 tests as stated'],
    ])
    await button('1 test').trigger('click')
    const cells = wrapper.findAll('tbody tr > *').map((cell) => cell.text().replaceAll(/\s+/g, ' '))
    expect(cells).toEqual([
      ...['8', 'ResNet-34, CIFAR-100', '25 %', 'mixed − joint', '+0.40', '+1.50 [−0.25, 3.25]', '0.080', '3', 'yes'],
    ])
    await button('Table 8').trigger('click')
    await vi.waitUntil(() => router.currentRoute.value.query['item'] === 'table-8')
  })

  it('shows what the former rule of testing says where it is another verdict and runs were there before', async () => {
    const { own, ownHolds } = claim
    const changed = { ...claim, former: { own, ownHolds, correctedP: 0.02, ownVerdict: 'agrees' as const } }
    const testRule = { since: Date.UTC(2026, 11, 1), firstRun: { by: Date.UTC(2026, 10, 30), isRecorded: true } }
    host.answer({ paper: { claims: async () => ({ claims: [changed], testRule, items: {} }) } })
    const { wrapper, text } = await opened('/paper?tab=claims')
    expect(wrapper.findAll('li dt').map((each) => each.text())).toEqual([
      ...['Published', 'Own runs', 'By the former rule of testing'],
    ])
    expect(wrapper.findAll('li dd').at(-1)!.text()).toBe('+1.50 [−0.25, 3.25], p = 0.020 (Holm)')
    expect(text()).toContain('in force since 2026-12-01 00:00 UTC, which is after data had been seen')
  })

  it('says once that own runs have another setting', async () => {
    const marked = { ...claim, otherSetting: true }
    host.answer({ paper: { claims: async () => ({ claims: [marked], testRule: firmTestRule, items: {} }) } })
    const { text } = await opened('/paper?tab=claims')
    expect(text().match(/†/g)).toHaveLength(1)
    expect(text()).toContain('† Own runs have other networks, data or training')
  })

  it('saves the report on the selected tables and figures', async () => {
    const { wrapper, button } = await opened('/paper')
    await wrapper.get('input[aria-label="Select Table 8"]').setValue(true)
    await button('Report on 1 selected').trigger('click')
    await vi.waitUntil(() => files.mock.calls.length > 0)
    expect(files.mock.calls[0]![0]).toMatchObject({ scale: 'desk', items: ['table-8'] })
    const messages = () => host.run(() => useToastsStore().shown.map(({ text }) => text))
    await vi.waitUntil(() => messages().includes('exitlab-paper-desk.zip is in your downloads'))
  })

  it('reports why its state could not be read', async () => {
    host.answer({ paper: { status: () => Promise.reject(new Error('The files are not there.')) } })
    expect((await opened()).text()).toContain('The files are not there.')
  })
})

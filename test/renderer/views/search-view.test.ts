// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { SearchDetail, SearchSummary } from '../../../src/contract/searches.ts'
import {
  bandsBetween,
  curvePath,
  entryHeight,
  extentOf,
  headHeight,
} from '../../../src/renderer/components/search/ladder-layout.ts'
import { useOpenConfirmation } from '../../../src/renderer/composables/use-confirm.ts'
import { useOpenedText } from '../../../src/renderer/composables/use-opened-text.ts'
import { routes } from '../../../src/renderer/router.ts'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'

const summary: SearchSummary = {
  id: 's1',
  name: 'sweep',
  status: 'running',
  error: null,
  budget: 0.5,
  hours: 3,
  usedSeconds: 3600,
  createdAt: 1_700_000_000_000,
  finishedAt: null,
  candidates: 3,
  rungs: 2,
  rung: 1,
  leader: 'mixed · learning rate 0.001',
}
const series = (regime: string, rate: number) => ({
  name: `${regime} · learning rate ${rate}`,
  regime,
  look: 0,
  settings: { 'training.learningRate': rate },
  out: null,
})
type Entry = SearchDetail['ladder'][number]['entries'][number]
const entry = (candidate: number, changes: Partial<Entry>): Entry => ({
  candidate,
  outcome: 'dropped',
  why: null,
  score: { mean: 40 + candidate, error: 1.25, n: 1 },
  test: null,
  runs: [`r${candidate}`],
  ...changes,
})
const detail: SearchDetail = {
  ...summary,
  rule: null,
  series: [series('mixed', 0.001), series('joint', 0.002), series('joint', 0.1)],
  ladder: [
    {
      number: 1,
      state: 'done',
      epochs: 4,
      seeds: 1,
      candidates: 3,
      experiment: 'sweep-rung-1',
      plannedSeconds: 3000,
      usedSeconds: 3600,
      entries: [
        entry(0, { outcome: 'goes-on' }),
        entry(1, { outcome: 'within' }),
        entry(2, { outcome: 'out', score: null, why: 'the loss became NaN' }),
      ],
    },
    {
      number: 2,
      state: 'planned',
      epochs: 12,
      seeds: 3,
      candidates: 1,
      experiment: null,
      plannedSeconds: 5400,
      usedSeconds: 0,
      entries: [],
    },
  ],
  decisions: [{ at: 1_700_000_000_000, sentence: 'Plan: 3 candidates in 2 rungs.' }],
  wantsHours: false,
  ranking: [],
  winner: {
    candidate: 0,
    sentence: 'The lead of mixed may be chance.',
    isDecided: false,
    untested: null,
    file: 'name: sweep winner\n',
  },
}

let host: FakeHost
let current: SearchDetail
const asked = vi.fn(async (_: { search: string }) => {})

beforeEach(() => {
  current = detail
  asked.mockClear()
  host = provideFakeHost({
    searches: {
      list: async () => [current],
      show: async () => current,
      pause: asked,
      resume: asked,
      stop: asked,
      delete: asked,
    },
    runs: { curves: async () => ({ series: [], values: new Blob([]) }) },
  })
})

async function opened(address: string) {
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(address)
  const wrapper = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  await vi.waitUntil(() => wrapper.find('[aria-busy="true"]').exists() === false && wrapper.find('h1').exists())
  const button = (text: string) => wrapper.findAll('button').find((each) => each.text().startsWith(text))
  return { wrapper, router, button, text: () => wrapper.text().replaceAll(/\s+/g, ' ') }
}

describe('a search', () => {
  it('shows each candidate in its rung with its score, what becomes of it, and the way to its run', async () => {
    const { wrapper, text } = await opened('/searches/s1')
    const entries = wrapper.findAll('.entry').map((each) => each.text().replaceAll(/\s+/g, ' '))
    expect(entries).toEqual([
      'mixed 0.00140.0 ± 1.3→, goes on',
      'joint 0.00241.0 ± 1.3≈→, goes on, within one standard error',
      'joint 0.1out',
    ])
    expect(wrapper.findAll('.entry')[2]!.attributes('title')).toBe('joint · learning rate 0.1: the loss became NaN')
    expect(wrapper.get('.entry').attributes('href')).toBe('/runs/r0')
    expect(text()).toContain('about 1 candidate,at most 1 h 30 min')
    expect(text()).toContain('1 h used, 2 h left')
    expect(text()).toContain('If it ended now')
    expect(text()).toContain('not decided')
  })

  it('ranks what is scored of the rung that is trained, and what the one before it dropped, each on its own scale', async () => {
    const [first, second] = detail.ladder
    const entries = [entry(0, { outcome: 'scored' }), entry(1, { outcome: 'training', score: null })]
    current = { ...detail, ladder: [{ ...first!, entries: [entry(2, {}), entry(0, {}), entry(1, {})] }, { ...second!, state: 'running', entries }] } // prettier-ignore
    const { wrapper } = await opened('/searches/s1')
    const ranking = wrapper.get('[aria-label="Ranking so far"]')
    expect(ranking.findAll('h4').map((each) => each.text())).toEqual(['Rung 2, in training', 'Rung 1, dropped'])
    const lines = ranking.findAll('li').map((each) => each.text().replaceAll(/\s+/g, ' '))
    expect(lines).toEqual(['mixed 0.00140.0 ± 1.3', 'joint 0.142.0 ± 1.3'])
    expect(ranking.text()).toContain('1 candidate without a score yet')
  })

  it('ranks what is final once it is done', async () => {
    current = { ...detail, status: 'done' }
    expect((await opened('/searches/s1')).wrapper.get('.ranking').attributes('aria-label')).toBe('Ranking')
  })

  it('says where the lead of the best is not tested', async () => {
    current = { ...detail, winner: { ...detail.winner!, untested: 'few-seeds' } }
    const { text } = await opened('/searches/s1')
    expect(text()).toContain('not tested')
    expect(text()).not.toContain('not decided')
  })

  it('is paused and resumed by the same key, and stopped after a question', async () => {
    const question = useOpenConfirmation()
    const { wrapper, button } = await opened('/searches/s1')
    await button('Pause')!.trigger('click')
    expect(asked).toHaveBeenCalledWith({ search: 's1' })
    await button('Stop')!.trigger('click')
    question.value!.answer(true)
    await flushPromises()
    expect(asked).toHaveBeenCalledTimes(2)
    current = { ...detail, status: 'paused' }
    host.publish({ type: 'search', search: 's1' })
    await vi.waitUntil(() => button('Resume') !== undefined)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'p' }))
    await flushPromises()
    expect(asked).toHaveBeenCalledTimes(3)
    expect(wrapper.text()).toContain('Paused')
  })

  it('that is done has a winner, whose experiment opens in the form', async () => {
    current = { ...detail, status: 'done', rung: 2 }
    const { wrapper, text, button, router } = await opened('/searches/s1')
    expect(text()).toContain('Winner')
    expect(text()).toContain('not started:does not fit into the hours')
    // Nothing is to come of its hours.
    expect(wrapper.findAll('.bar span')).toHaveLength(1)
    expect(button('Pause')).toBeUndefined()
    const open = router.push
    router.push = async () => undefined
    await button('Open in New')!.trigger('click')
    router.push = open
    expect(useOpenedText().take()).toEqual({ name: 'sweep-winner.yaml', folder: null, text: 'name: sweep winner\n' })
  })
})

describe('a search that is deleted elsewhere', () => {
  it('says so, offers the way back, and nothing that can no longer be done', async () => {
    const { wrapper, button, text } = await opened('/searches/s1')
    const data = { code: 'not-found' }
    host.answer({
      searches: { show: () => Promise.reject(new ORPCError('EXITLAB', { message: 'There is no search “s1”.', data })) },
    })
    host.publish({ type: 'search', search: 's1' })
    await vi.waitUntil(() => text().includes('The search for sweep was deleted'))
    expect(text()).toContain('Its runs stay.')
    expect(wrapper.get('.empty a').attributes('href')).toBe('/searches')
    expect(button('Pause')).toBeUndefined()
    expect(wrapper.find('.entry').exists()).toBe(false)
  })
})

describe('the command of a search', () => {
  it('finds that search again: with its exit rule, and its budget as it is', async () => {
    const clipboard = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    current = { ...detail, budget: 1 / 3, rule: 'difference:patience=2' }
    const { button } = await opened('/searches/s1')
    await button('Command')!.trigger('click')
    expect(clipboard).toHaveBeenCalledWith(
      'exitlab search FILE --budget 33.333333 --hours 3 --rule difference:patience=2',
    )
  })
})

describe('a search that its hours ended', () => {
  it('goes on with more of them', async () => {
    current = { ...detail, status: 'done', wantsHours: true }
    const { button } = await opened('/searches/s1')
    await button('More hours')!.trigger('click')
    await flushPromises()
    const submit = async (hours: string) => {
      const field = document.querySelector<HTMLInputElement>('#more-hours-form input')!
      field.value = hours
      field.dispatchEvent(new Event('input', { bubbles: true }))
      await flushPromises()
      document.querySelector('#more-hours-form')!.dispatchEvent(new Event('submit', { cancelable: true }))
      await flushPromises()
    }
    await submit('3')
    expect(document.querySelector('[role=alert]')!.textContent).toBe('Expected more than the 3 h that it has.')
    expect(asked).not.toHaveBeenCalled()
    await submit('5')
    expect(asked).toHaveBeenCalledWith({ search: 's1', hours: 5 })
  })

  it('is not asked for more hours otherwise', async () => {
    current = { ...detail, status: 'done', rung: 2 }
    const { button } = await opened('/searches/s1')
    expect(button('More hours')).toBeUndefined()
  })
})

describe('the list of searches', () => {
  it('shows how far each is and who leads', async () => {
    const { wrapper, text } = await opened('/searches')
    expect(wrapper.get('tbody a').attributes('href')).toBe('/searches/s1')
    expect(text()).toContain('1 of 2')
    expect(text()).toContain('1 h of 3 h')
    expect(text()).toContain('mixed · learning rate 0.001')
  })
})

describe('the layout of rungs', () => {
  it('leads a band from the place of a candidate to its next one', () => {
    const [first] = detail.ladder
    const next = { ...first!, entries: [entry(1, {}), entry(0, {})] }
    const { bands, height } = bandsBetween(first!, next)
    const row = entryHeight(first!)
    expect(bands.map(({ candidate }) => candidate)).toEqual([1, 0])
    expect(bands[0]!.path).toBe(`M0 ${headHeight + 1.5 * row}C18 ${headHeight + 1.5 * row} 18 ${headHeight + 0.5 * row} 36 ${headHeight + 0.5 * row}`) // prettier-ignore
    // The third candidate of the first has no band.
    expect(height).toBe(headHeight + 1.5 * row + 2)
  })

  it('fits curves into what all of a rung span', () => {
    const extent = extentOf([[[1, 0.2], [2, 0.4]], [[4, 0.8]]]) // prettier-ignore
    expect(extent).toEqual({ epochs: 4, low: 0.2, high: 0.8 })
    const { path, end } = curvePath([[2, 0.2], [4, 0.8]], { width: 46, height: 26, extent })! // prettier-ignore
    expect(path).toBe('M22.0 23.0L42.0 3.0')
    expect(end).toEqual({ x: 42, y: 3 })
    expect(curvePath([], { width: 46, height: 26, extent })).toBeNull()
  })
})

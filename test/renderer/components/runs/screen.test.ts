// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { TooltipProvider } from 'reka-ui'
import type { ImportedResult } from '../../../../src/shared/runs/imported.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'
import RunsView from '../../../../src/renderer/views/RunsView.vue'
import { useUndoStore } from '../../../../src/renderer/stores/undo.ts'
import { useOpenConfirmation } from '../../../../src/renderer/composables/use-confirm.ts'
import type { Table } from '../../../../src/shared/tables/table.ts'
import { shownTable } from '../../../../src/shared/tables/text-table.ts'
import { provideFakeHost, type FakeHost } from '../../support/fake-host.ts'
import { aQueuedRun, aRun } from './support/run.ts'

let host: FakeHost

const accurate = (regime: RunSummary['regime'], seed: number, validation: number) =>
  aRun({
    id: `${regime}${seed}`,
    regime,
    seed,
    position: seed,
    scores: { validation: [0.2, validation], test: [0.1, 0.5] },
  })

const runs = [
  accurate('joint', 1, 0.6),
  accurate('joint', 2, 0.62),
  accurate('mixed', 3, 0.7),
  aRun({ id: 'mixed4', regime: 'mixed', seed: 4, position: 4, status: 'running', scores: null, finishedAt: null }),
  ...[5, 6, 7].map((seed) => aQueuedRun({ id: `mixed${seed}`, regime: 'mixed', seed, position: seed })),
]
const settings = {
  'id of quick start': { common: { 'training.batchSize': 128, 'data.source': 'mnist' }, series: {} },
}
const asked = { move: vi.fn(), stop: vi.fn(), pause: vi.fn(), tag: vi.fn() }
const Empty = defineComponent({ render: () => h('p', 'elsewhere') })
let page: VueWrapper

async function opened(address = '/runs') {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/runs', name: 'runs', component: RunsView },
      ...['new', 'compare', 'settings'].map((name) => ({ path: `/${name}`, name, component: Empty })),
      { path: '/runs/:run', name: 'run', component: Empty },
    ],
  })
  await router.push(address)
  const App = defineComponent({ render: () => h(TooltipProvider, () => h(RouterView)) })
  page = mount(App, { attachTo: document.body, global: { plugins: [router] } })
  await vi.waitUntil(() => page.find('[role="treegrid"] [data-index], .empty').exists())
  return router
}

beforeEach(() => {
  // A window in which all rows fit: happy-dom lays nothing out.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900)
  localStorage.clear()
  host = provideFakeHost()
  for (const run of runs) host.runs.set(run.id, run)
  const answer = async () => ({ runs: [] })
  for (const each of Object.values(asked)) each.mockReset().mockImplementation(answer)
  host.answer({
    runs: { ...asked, epochs: async () => ({ records: [], metrics: [] }) },
    experiments: { list: async () => [], presets: async () => [], settings: async () => settings },
  })
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

const grid = () => page.get('[role="treegrid"]')
const rows = () => page.findAll('[role="treegrid"] [data-index]')
/** First words of each row, in the order shown. */
const lines = () =>
  rows()
    .toSorted((a, b) => Number(a.attributes('data-index')) - Number(b.attributes('data-index')))
    .map((row) => row.find('a').attributes('aria-label') ?? '')
const names = () => page.findAll('[role="treegrid"] [data-index] a').map((link) => link.attributes('aria-label'))
const selectedNames = () =>
  page.findAll('[role="row"][aria-selected="true"] a').map((link) => link.attributes('aria-label'))
const activeText = () => {
  const row = page.get(`#${grid().attributes('aria-activedescendant')}`)
  return row.find('a').exists() ? row.get('a').attributes('aria-label') : row.text()
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    const parts = key.split('+')
    const has = (modifier: string) => parts.includes(modifier)
    const init = {
      key: parts.at(-1)!.replace('Space', ' '),
      shiftKey: has('shift'),
      ctrlKey: has('ctrl'),
      altKey: has('alt'),
    }
    grid().element.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }))
    await flushPromises()
  }
}

test('series of a sweep have marks of their own in the details, and their regime in its column', async () => {
  host.runs.clear()
  for (const head of ['pooled', 'conv']) {
    const series = `joint · head ${head}`
    host.runs.set(
      head,
      aRun({
        id: head,
        experiment: 'swept',
        regime: 'joint',
        series,
        settings: { head },
        name: `swept-joint-head-${head}-s1`,
      }),
    )
  }
  host.runs.set('other', aRun({ id: 'other', experiment: 'swept', experimentId: 'b' }))
  await opened()
  await press('Home', 'd')
  const listed = page.findAll('aside li').filter((each) => each.text().startsWith('joint'))
  expect(listed.map((each) => each.text())).toEqual([
    expect.stringContaining('pooled'),
    expect.stringContaining('conv'),
  ])
  const [first, second] = listed.map((each) => each.get('path').attributes('stroke'))
  expect(first).not.toBe(second)
  const cells = page.findAll('[role="gridcell"][title^="joint · head"]')
  expect(cells.map((cell) => cell.text())).toEqual(['joint', 'joint'])
  const name = page.findAll('[aria-label="swept-joint-head-conv-s1"] > span').map((part) => part.text())
  expect(name).toEqual(['joint-head-conv', '-s1'])
})

/** An experiment that sweeps two settings, of which its file has the defaults. */
function showSweep(): void {
  host.runs.clear()
  const path = { rate: 'training.learningRate', batch: 'training.batchSize' }
  const series: Record<string, Record<string, number>> = {}
  for (const rate of [0.002, 0.01])
    for (const batch of [8, 16]) {
      const name = `joint · learning rate ${rate}, batch size ${batch}`
      series[name] = { [path.rate]: rate, [path.batch]: batch }
      for (const seed of [1, 2])
        host.runs.set(`${name} ${seed}`, aRun({ id: `${name} ${seed}`, regime: 'joint', series: name, settings: series[name], seed })) // prettier-ignore
    }
  host.answer({ experiments: { settings: async () => ({ 'id of quick start': { common: {}, series } }) } })
  const shown = ['status', 'name', path.rate, path.batch, 'validation']
  localStorage.setItem('exitlab.runs.columns', JSON.stringify({ shown, widths: {} }))
}

test('rows of groups show the settings of their runs, alike or as a list', async () => {
  showSweep()
  await opened('/runs?group=training.learningRate')
  await vi.waitUntil(() => page.text().includes('8, 16'))
  const cells = rows().map((row) => row.findAll('[role="gridcell"]').slice(-3, -1).map((cell) => cell.text())) // prettier-ignore
  const ofRuns = (rate: string, batch: string) => [1, 2].map(() => [rate, batch])
  expect(cells.filter(([rate]) => rate === '0.002')).toEqual([
    ['0.002', '8, 16'],
    ['0.002', '8'],
    ...ofRuns('0.002', '8'),
    ['0.002', '16'],
    ...ofRuns('0.002', '16'),
  ])
})

test('the title of a group reaches over all columns where none has a value for the group', async () => {
  localStorage.setItem('exitlab.runs.columns', JSON.stringify({ shown: ['status', 'name', 'regime'], widths: {} }))
  await opened('/runs?group=regime')
  const title = page.get('.row.group .cell.title')
  expect(title.attributes('aria-colspan')).toBe('3')
})

test('series of imported results with one name, beside different experiments, are listed each', async () => {
  const warn = vi.spyOn(console, 'warn')
  const result = (name: string, experiment: string) =>
    ({ id: experiment, name, experiment, seed: 1, format: 'csv', content: { exits: [{}], curve: null } }) as unknown as ImportedResult // prettier-ignore
  const same = [result('sdn', 'toy'), result('sdn', 'other')]
  const list = vi.fn(async () => [result('first', 'a'), ...same])
  host.answer({ imports: { list } })
  await opened()
  const links = () => page.findAll('[aria-label="Imported results"] a').map((link) => link.attributes('href'))
  await vi.waitUntil(() => links().length === 3)
  list.mockResolvedValue([...same, result('last', 'b')])
  host.publish({ type: 'imports' })
  await vi.waitUntil(() => links()[2] === '/compare?runs=b')
  expect(links()).toEqual(['toy', 'other', 'b'].map((experiment) => `/compare?runs=${experiment}`))
  expect(warn).not.toHaveBeenCalled()
})

test('what a query may have for a setting, and the settings that differ, are those of runs', async () => {
  showSweep()
  await opened()
  const field = page.get('[role="combobox"]')
  await field.setValue('lr:')
  const options = () => page.findAll('[role="option"]').map((option) => option.text())
  await vi.waitUntil(() => options().length > 0)
  expect(options()).toEqual(['0.0024 runs', '0.014 runs'])
  await field.setValue('')
  await page.get('button[aria-label="Columns"]').trigger('click')
  await vi.waitUntil(() => document.querySelector('.search-menu [role="option"]') !== null)
  const menu = [...document.querySelectorAll('.search-menu [role="listbox"] > *')].map((item) => item.textContent?.trim()) // prettier-ignore
  const differing = menu.indexOf('Settings that differ')
  expect(differing).toBeGreaterThan(0)
  expect(menu.slice(differing).join(' ')).toMatch(/^Settings that differ Batch size.*Learning rate/)
})

test('a run that failed says why in its row, where it has no values', async () => {
  const error = 'The loss is infinite at epoch 1, batch 3. Lower the learning rate.'
  host.runs.set('failed', aQueuedRun({ id: 'failed', regime: 'joint', seed: 8, status: 'failed', error }))
  await opened('/runs?group=none&q=status:failed')
  const cells = page.findAll('.lines > .row [role="gridcell"]')
  expect(cells.map((cell) => cell.text())).toEqual(['', 'Failed', 'quick-start-joint-s8', 'joint', error, ''])
  const reason = cells[4]!.attributes()
  // From its phase over time left, both scores and the exits.
  expect(reason).toMatchObject({ title: error, 'aria-colspan': '5' })
})

test('runs show the mean of all their exits beside the final one', async () => {
  host.runs.clear()
  const exits = [{ exit: 0, value: 0.6 }, { exit: 1, value: 0.8 }, { exit: 'final', value: 0.85 }] as const // prettier-ignore
  const live = (id: string, seed: number, of: number) =>
    aQueuedRun({
      id,
      seed,
      status: 'running',
      startedAt: 1,
      latest: { epoch: 1, exits: exits.slice(of), imagesPerSecond: 1 },
    })
  for (const run of [
    aRun({ id: 'a', seed: 1, scores: { validation: [0.7, 0.8, 0.9], test: [0.5, 0.6, 0.1] } }),
    aRun({ id: 'b', seed: 2, scores: { validation: [0.71, 0.83, 0.89], test: [0.5, 0.6, 0.1] } }),
    live('all exits', 3, 0),
    live('the deepest exits', 4, 1),
  ])
    host.runs.set(run.id, run)
  await opened()
  const scores = rows().map((row) => row.findAll('[role="gridcell"]').slice(-4, -2).map((cell) => cell.text())) // prettier-ignore
  expect(scores).toEqual([
    ['80.5± 0.7', '89.5± 0.7'],
    ['80.0', '90.0'],
    ['81.0', '89.0'],
    ['75.0', '85.0'],
    ['–', '85.0'],
  ])
})

describe('the table', () => {
  test('is a tree grid with its length, the active row and the open groups', async () => {
    await opened()
    expect(grid().attributes()).toMatchObject({ 'aria-rowcount': '10', tabindex: '0', 'aria-multiselectable': 'true' })
    const [group] = rows()
    expect(group!.attributes()).toMatchObject({ 'aria-rowindex': '2', 'aria-level': '1', 'aria-expanded': 'true' })
    expect(group!.text()).toContain('2 seeds')
    expect(group!.text()).toContain('61.0')
    expect(group!.text()).toContain('± 1.4')
    expect(page.findAll('[role="treegrid"] [tabindex="0"]')).toHaveLength(0)
  })

  test('is navigated by keyboard, which opens and closes groups', async () => {
    await opened()
    await press('ArrowDown', 'j')
    expect(activeText()).toBe('quick-start-joint-s2')
    await press('ArrowLeft')
    expect(activeText()).toContain('2 seeds')
    await press('ArrowLeft')
    expect(grid().attributes('aria-rowcount')).toBe('8')
    await press('ArrowRight')
    expect(grid().attributes('aria-rowcount')).toBe('10')
    await press('End')
    expect(activeText()).toBe('quick-start-mixed-s7')
    await press('Home', 'k')
    expect(document.activeElement?.closest('[role="columnheader"]')).not.toBeNull()
  })

  test('selects by keyboard: single runs, ranges and all', async () => {
    await opened()
    await press('ArrowDown', 'Space', 'ArrowDown', 'shift+ArrowDown', 'shift+ArrowDown')
    expect(selectedNames()).toEqual(['quick-start-joint-s2', 'quick-start-mixed-s3'])
    expect(page.get('[role="toolbar"]').text()).toContain('2 selected')
    await press('ctrl+a')
    expect(page.get('[role="toolbar"]').text()).toContain('7 selected')
    await press('Escape')
    expect(page.find('[role="toolbar"]').exists()).toBe(false)
  })

  test('opens a run', async () => {
    const router = await opened()
    await press('ArrowDown', 'Enter')
    expect(router.currentRoute.value.fullPath).toBe('/runs/joint1')
  })

  test('opens a run, or closes a group, by a double click', async () => {
    const router = await opened()
    await rows()[0]!.trigger('dblclick')
    expect(names()).not.toContain('quick-start-joint-s1')
    await rows()[2]!.trigger('dblclick')
    await vi.waitUntil(() => router.currentRoute.value.fullPath === '/runs/mixed3')
  })

  test('selects by pointer: a tick, a range, a group', async () => {
    await opened()
    const tick = (index: number, init = {}) => rows()[index]!.get('[role="checkbox"]').trigger('click', init)
    await tick(1)
    await tick(4, { shiftKey: true })
    expect(selectedNames()).toEqual(['quick-start-joint-s1', 'quick-start-joint-s2', 'quick-start-mixed-s3'])
    await tick(3)
    expect(page.get('[role="toolbar"]').text()).toContain('7 selected')
  })

  test('shows differences to a pinned group', async () => {
    await opened()
    await press('b')
    expect(page.get('.baseline').text()).toContain('61.0')
    expect(rows()[4]!.text()).toContain('+9.0')
    await press('b')
    expect(page.find('.baseline').exists()).toBe(false)
  })

  test('sorts by a column and keeps that for the next visit', async () => {
    await opened('/runs?group=none')
    const header = page.findAll('[role="columnheader"] button').find((button) => button.text() === 'Final val. (%)')!
    await header.trigger('click')
    expect(lines().slice(0, 2)).toEqual(['quick-start-mixed-s3', 'quick-start-joint-s2'])
    expect(header.element.parentElement?.getAttribute('aria-sort')).toBe('descending')
    page.unmount()
    await opened('/runs?group=none')
    expect(lines()[0]).toBe('quick-start-mixed-s3')
  })
})

describe('settings', () => {
  test('are what runs can be grouped by, with regimes within', async () => {
    await opened('/runs?group=training.batchSize')
    await vi.waitUntil(() => page.text().includes('joint'))
    expect(page.findAll('.group .title').map((title) => title.text())).toEqual([
      'joint2 seeds· all done',
      expect.stringMatching(/^mixed5 seeds/),
    ])
    expect(page.get('.toolbar').text()).toContain('Group: batch size')
  })

  test('are columns', async () => {
    localStorage.setItem(
      'exitlab.runs.columns',
      JSON.stringify({ shown: ['name', 'training.batchSize', 'test.exit0'], widths: {} }),
    )
    await opened('/runs?q=joint-s1')
    await flushPromises()
    expect(page.findAll('[role="columnheader"]').map((cell) => cell.text())).toEqual(['', 'Name', 'Batch size', 'Exit 0 test (%)']) // prettier-ignore
    const cells = page.findAll('.lines > .row:not(.group) [role="gridcell"]').map((cell) => cell.text())
    expect(cells.slice(2)).toEqual(['128', '10.0'])
  })
})

describe('the query', () => {
  const field = () => page.get<HTMLInputElement>('[role="combobox"]')

  test('comes from the address', async () => {
    await opened('/runs?q=regime:joint')
    expect(names()).toEqual(['quick-start-joint-s1', 'quick-start-joint-s2'])
  })

  test('asks for settings, which the host tells once for an experiment', async () => {
    await opened('/runs?q=batch:>=128')
    await vi.waitUntil(() => names().length > 0)
    expect(names()).toHaveLength(7)
    await field().setValue('batchSize:64')
    expect(names()).toEqual([])
  })

  test('suggests settings and the values they have', async () => {
    await opened()
    await flushPromises()
    const suggested = () => page.findAll('[role="option"] code').map((each) => each.text())
    await field().setValue('bat')
    expect(suggested()).toEqual(['batch:'])
    await field().setValue('data:')
    expect(suggested()).toEqual(['mnist'])
  })

  test('suggests the scores of the final exit, of each other one, and the mean of all', async () => {
    await opened()
    await field().setValue('test.')
    const suggested = page.findAll('[role="option"] code').map((each) => each.text())
    expect(suggested).toEqual(['test:', 'test.mean:', 'test.exit0:'])
  })

  test('is selected as a whole with Ctrl+A, chips included', async () => {
    await opened('/runs?q=regime:joint+seed:2')
    await field().trigger('keydown', { key: 'a', ctrlKey: true })
    expect(page.find('[aria-label^="Remove "]').exists()).toBe(false)
    const { value, selectionStart, selectionEnd } = field().element
    expect([value, selectionStart, selectionEnd]).toEqual(['regime:joint seed:2', 0, 19])
    await field().setValue('seed:1')
    expect(names()).toEqual(['quick-start-joint-s1'])
  })

  test('filters while it is typed', async () => {
    await opened()
    await field().setValue('regime:joint seed:2')
    expect(names()).toEqual(['quick-start-joint-s2'])
    await field().setValue('')
    await page.get('[aria-label="Remove regime:joint"]').trigger('click')
    expect(names()).toHaveLength(7)
  })

  test('finds runs of a regime that only stored runs have', async () => {
    host.runs.set('other', aRun({ id: 'other', name: 'other-s1', regime: 'freeze-thaw' }))
    await opened('/runs?group=none&q=regime:freeze-thaw')
    expect(names()).toEqual(['other-s1'])
    expect(page.find('.query .wrong').exists()).toBe(false)
  })

  test('states why nothing matches and offers a correction', async () => {
    await opened('/runs?q=regime:jiont')
    expect(page.get('.empty').text()).toContain('jiont is not a valid regime. Did you mean joint?')
    const correct = page.findAll('.empty button').find((button) => button.text() === 'Use joint')!
    await correct.trigger('click')
    expect(names()).toHaveLength(2)
  })

  test('is set by the list at the side', async () => {
    await opened()
    const entry = page.findAll('nav button').find((button) => button.text().startsWith('Running'))!
    await entry.trigger('click')
    expect(names()).toEqual(['quick-start-mixed-s4'])
    expect(entry.attributes('aria-pressed')).toBe('true')
    await entry.trigger('click')
    expect(names()).toHaveLength(7)
  })
})

describe('actions', () => {
  test('delete can be undone', async () => {
    await opened()
    await press('ArrowDown', 'Space', 'Delete')
    await vi.waitUntil(() => !names().includes('quick-start-joint-s1'))
    expect(host.runs.get('joint1')?.deleted).toBe(true)
    // Its group is one run now; the row that took its place is the next group's.
    expect(activeText()).toMatch(/^mixed5 seeds/)
    useUndoStore().undo()
    await vi.waitUntil(() => names().includes('quick-start-joint-s1'))
    expect(host.runs.get('joint1')?.deleted).toBe(false)
  })

  test('stop asks first, and is offered only for runs that wait or run', async () => {
    await opened()
    await press('ctrl+a', 's')
    expect(useOpenConfirmation().value?.title).toBe('Stop 4 runs?')
    useOpenConfirmation().value!.answer(false)
    await flushPromises()
    expect(asked.stop).not.toHaveBeenCalled()
    await press('s')
    useOpenConfirmation().value!.answer(true)
    await flushPromises()
    expect(asked.stop).toHaveBeenCalledWith({ runs: ['mixed4', 'mixed5', 'mixed6', 'mixed7'] })
  })

  test('Alt with an arrow moves a run in the queue', async () => {
    await opened('/runs?q=status:queued')
    await press('j', 'j', 'alt+ArrowUp')
    expect(asked.move).toHaveBeenCalledWith({ runs: ['mixed6'], to: { before: 'mixed5' } })
    await press('alt+ArrowDown')
    expect(asked.move).toHaveBeenLastCalledWith({ runs: ['mixed6'], to: 'back' })
  })

  test('a run that changes is shown as it is now, and nothing else is touched', async () => {
    await opened()
    const elements = rows().map((row) => row.element)
    host.publish({ type: 'run', run: { ...runs[0]!, status: 'failed', error: 'It broke.' } })
    await vi.waitUntil(() => rows()[1]!.text().includes('Failed'))
    expect(rows().map((row) => row.element)).toEqual(elements)
  })
})

test('without runs the quick start is offered', async () => {
  host.runs.clear()
  await opened()
  expect(page.text()).toContain('Run the quick start')
})

test('what is selected, active and closed stays while another screen is visited', async () => {
  const router = await opened('/runs?group=regime')
  await press('Home', 'ArrowLeft', 'End', 'Space')
  const before = { names: names(), selected: selectedNames(), active: activeText() }
  expect(before.selected).toHaveLength(1)
  await router.push('/settings')
  await flushPromises()
  router.back()
  await vi.waitUntil(() => page.find('[role="treegrid"] [data-index]').exists())
  await flushPromises()
  expect({ names: names(), selected: selectedNames(), active: activeText() }).toEqual(before)
})

test('what is dropped on the title of a column moves it only where that is another title', async () => {
  await opened()
  const head = page.findAll('[role="columnheader"]:has(button[draggable])')
  const titles = () => page.findAll('[role="columnheader"] .title').map((title) => title.text())
  const before = titles()
  await head[1]!.get('button').trigger('dragstart')
  await head[1]!.get('button').trigger('dragend')
  await head[3]!.trigger('drop')
  expect(titles()).toEqual(before)
  await head[1]!.get('button').trigger('dragstart')
  await head[3]!.trigger('drop')
  expect(titles()[3]).toBe(before[1])
})

const labelled = (label: string) => page.get(`[aria-label="${label}"]`)

test('the name of a view that was not saved is not offered for the next one', async () => {
  await opened('/runs?q=regime:joint')
  await labelled('Save this view').trigger('click')
  await labelled('Name of the view').setValue('half')
  await labelled('Name of the view').trigger('keydown', { key: 'Escape' })
  await labelled('Save this view').trigger('click')
  expect((labelled('Name of the view').element as HTMLInputElement).value).toBe('')
})

test('the field for the name of a view gives the focus back to its button', async () => {
  await opened('/runs?q=regime:joint')
  for (const close of ['Escape', 'submit']) {
    await labelled('Save this view').trigger('click')
    await flushPromises()
    expect(document.activeElement).toBe(labelled('Name of the view').element)
    if (close === 'submit') await page.get('nav form').trigger('submit')
    else await labelled('Name of the view').trigger('keydown', { key: close })
    await flushPromises()
    expect(document.activeElement).toBe(labelled('Save this view').element)
  }
})

test('the table has the focus once the bar of selected runs goes away with it', async () => {
  await opened()
  await press('Home', 'Space')
  const clear = page.get<HTMLElement>('[aria-label="Clear the selection"]')
  clear.element.focus()
  await clear.trigger('click')
  expect(page.find('[role="toolbar"]').exists()).toBe(false)
  expect(document.activeElement).toBe(grid().element)
})

test('a tag that was not added is not offered for other runs', async () => {
  await opened()
  const field = () => document.querySelector<HTMLInputElement>('[role="dialog"] form input')!
  await press('ArrowDown', 't')
  field().value = 'half'
  field().dispatchEvent(new Event('input'))
  document.querySelector<HTMLElement>('[role="dialog"] [aria-label="Close"]')!.click()
  await flushPromises()
  await press('ArrowDown', 't')
  expect(field().value).toBe('')
})

test('differences of other runs do not stand in the place of those that are asked for', async () => {
  let answer = (_: Table) => {}
  host.answer({ exports: { readTable: () => new Promise<Table>((resolve) => (answer = resolve)) } })
  await opened('/runs?group=none')
  const dialog = () => document.querySelector('[role="dialog"]')!
  async function differences(): Promise<void> {
    await page
      .findAll('[role="toolbar"] button')
      .find((each) => each.text() === 'Differences')!
      .trigger('click')
    await flushPromises()
  }
  await press('Home', 'Space', 'ArrowDown', 'Space')
  await differences()
  answer(shownTable({ caption: 'of the first two', columns: [{ title: 'Run' }, { title: 'lr' }], rows: [] }))
  await flushPromises()
  expect(dialog().textContent).toContain('of the first two')
  dialog().querySelector<HTMLElement>('[aria-label="Close"]')!.click()
  await flushPromises()
  await press('ArrowDown', 'Space')
  await differences()
  expect(dialog().textContent).not.toContain('of the first two')
})

// @vitest-environment happy-dom
import { flushPromises, mount, type DOMWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import type { KnownRegime, Plan } from '../../../../../src/contract/experiments.ts'
import { provideExperimentForm } from '../../../../../src/renderer/components/new/experiment-form.ts'
import RegimeSection from '../../../../../src/renderer/components/new/regimes/RegimeSection.vue'
import {
  useExperimentDraft,
  type ExperimentDraft,
} from '../../../../../src/renderer/components/new/use-experiment-draft.ts'
import { useUndoStore } from '../../../../../src/renderer/stores/undo.ts'
import type { NetworkDrawing } from '../../../../../src/shared/network/network-drawing.ts'
import type { Problem } from '../../../../../src/shared/basics/error.ts'
import { schema } from '../../../support/experiment-schema.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'

const known: KnownRegime[] = [
  {
    name: 'mixed',
    sentence: 'Trains the backbone alone, then all.',
    phases: [{ trains: 'backbone' }, { trains: 'all' }],
  },
  {
    name: 'separate',
    sentence: 'One after another.',
    phases: [{ forEach: 'exit', trains: 'all', exits: 'up-to-this' }],
  },
]

const node = (id: string, kind: 'stem' | 'block' | 'classifier', block: number | null, exit: number | null) => ({
  ...{ id, kind, block, exit, label: id, detail: '', column: 0, row: 0, macs: null, fraction: null },
})
const drawing = {
  nodes: [
    node('stem', 'stem', null, null),
    node('blocks.0', 'block', 0, 0),
    node('blocks.1', 'block', 1, null),
    node('classifier', 'classifier', null, 1),
  ],
} as unknown as NetworkDrawing

const parts = ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'classifier']
const backbone = parts.filter((part) => part !== 'heads.0')
const planned = (written: number, trains: string[], exits: number[], shared: string[] = []) => ({
  ...{ name: `phase ${written}`, sentence: `Sentence of phase ${written + 1}.`, written, trains, exits, shared },
  ...{ isBare: written === 0 && !trains.includes('heads.0'), own: '', isUsed: true },
})
/** A plan of one series, of a regime with these phases. */
const planOf = (regime: string, phases: ReturnType<typeof planned>[]) =>
  ({
    series: [{ regime, name: regime }],
    words: [{ series: regime, phases }],
    matrix: { seeds: [], rows: [] },
  }) as unknown as Plan

const own = `name: x
regimes:
  - joint
  - name: thaw # mine
    phases:
      - trains: backbone
      - trains: all # everything
        training:
          learningRate: 1e-4
training: { learningRate: 3e-3 }
`

function screen(text: string, { plan = null as Plan | null, problems = [] as Problem[] } = {}) {
  let draft: ExperimentDraft | undefined
  const shown = shallowRef({ plan, problems })
  const Screen = defineComponent(() => {
    draft = useExperimentDraft()
    const used = draft
    used.load({ text, folder: null, fileName: null })
    provideExperimentForm({
      ...{ draft: used, schema, drawing },
      get plan() {
        return shown.value.plan
      },
      get problems() {
        return shown.value.problems
      },
    })
    return () => h(TooltipProvider, () => h(RegimeSection))
  })
  const wrapper = mount(Screen, { attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  const regimes = () => draft!.values.value['regimes'] as unknown[]
  const open = async (name: string) => {
    await flushPromises()
    const button = wrapper.findAll('button').find((each) => each.text().startsWith(`Phases of ${name}:`))!
    await button.trigger('click')
  }
  const card = (index: number) => wrapper.get(`[aria-label="Phase ${index}"]`)
  const phases = () => (regimes().at(-1) as { phases: Record<string, unknown>[] }).phases
  return { wrapper, draft: draft!, regimes, phases, open, card, shown }
}

const button = (within: Pick<DOMWrapper<Element>, 'get'>, label: string) => within.get(`button[aria-label="${label}"]`)
const byText = (within: Pick<DOMWrapper<Element>, 'findAll'>, text: string) =>
  within.findAll('button').find((each) => each.text() === text)!

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = ''
  provideFakeHost({ experiments: { regimes: async () => known } })
})

test('a built-in regime is shown as it is written, and copied as a regime of one’s own', async () => {
  const plan = planOf('mixed', [planned(0, backbone, [1], ['disjoint']), planned(1, parts, [0, 1])])
  const { wrapper, regimes, open } = screen('name: x\nregimes: [mixed]\n', { plan })
  await open('mixed')
  const section = wrapper.get('section[aria-label="Phases of mixed"]')
  expect(section.text()).toContain('trains backbone')
  expect(section.text()).toContain('Sentence of phase 1. Shared with disjoint.')
  expect(section.findAll('[aria-label="heads.0, missing"]')).toHaveLength(1)
  await byText(section, 'Copy as own regime').trigger('click')
  await byText(wrapper, 'Copy as own regime').trigger('click')
  expect(regimes()).toEqual([
    'mixed',
    { name: 'my mixed', phases: [{ trains: 'backbone' }, { trains: 'all' }] },
    { name: 'my mixed 2', phases: [{ trains: 'backbone' }, { trains: 'all' }] },
  ])
})

test('a regime of an extension is offered with its sentence, and its phases are shown', async () => {
  const slow: KnownRegime = { name: 'slow', sentence: 'Trains everything slowly.', phases: [{ trains: 'all' }] }
  provideFakeHost({ experiments: { regimes: async () => [...known, slow] } })
  const { wrapper, regimes, open } = screen('name: x\nregimes: [mixed]\n')
  await open('slow')
  expect(wrapper.text()).toContain('Trains everything slowly.')
  expect(wrapper.get('section[aria-label="Phases of slow"]').text()).toContain('trains all')
  expect(regimes()).toEqual(['mixed'])
})

test('phases are added, doubled, moved and removed, and keep what their author wrote beside them', async () => {
  const { wrapper, draft, phases, open, card } = screen(own)
  await open('thaw')
  await byText(wrapper, 'Add a phase').trigger('click')
  expect(phases()).toHaveLength(3)
  await button(card(2), 'Move phase 2 up').trigger('click')
  expect(phases().map(({ trains }) => trains)).toEqual(['all', 'backbone', 'all'])
  expect(draft.text.value).toContain('- trains: all # everything\n')
  await nextTick()
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Phase 1')
  await card(1).trigger('keydown', { key: 'ArrowDown', altKey: true })
  expect(phases().map(({ trains }) => trains)).toEqual(['backbone', 'all', 'all'])
  await card(2).trigger('keydown', { key: 'd', ctrlKey: true })
  expect(phases().map(({ training }) => training)).toEqual([
    undefined,
    { learningRate: 1e-4 },
    { learningRate: 1e-4 },
    undefined,
  ])
  const before = draft.text.value
  await card(4).trigger('keydown', { key: 'Delete' })
  expect(phases()).toHaveLength(3)
  useUndoStore().undo()
  await flushPromises()
  expect(draft.text.value).toBe(before)
})

test('a click on a part freezes or trains it, one on a ring takes its exit into the loss or out of it', async () => {
  const plan = planOf('thaw', [planned(0, backbone, [1]), planned(1, parts, [0, 1])])
  const { phases, open, card } = screen(own, { plan })
  await open('thaw')
  await button(card(2), 'blocks.0, trained').trigger('click')
  expect(phases()[1]!['trains']).toEqual(['stem', 'heads.0', 'blocks.1', 'classifier'])
  await button(card(2), 'Exit 0, in the loss').trigger('click')
  expect(phases()[1]!['exits']).toBe('final')
})

test('another choice takes with it what it rules out', async () => {
  const { phases, open, card } = screen(own)
  await open('thaw')
  const choose = (index: number, what: string) => card(index).get(`input[value="${what}"]`).setValue()
  await choose(2, 'segment')
  expect(phases()[1]).toMatchObject({ trains: 'segment', forEach: 'exit', exits: 'this' })
  await choose(2, 'backbone')
  expect(phases()[1]).toEqual({ trains: 'backbone', training: { learningRate: 1e-4 } })
  await choose(2, 'heads')
  await card(2).get('input[placeholder="all"]').setValue('0; final')
  expect(phases()[1]).toMatchObject({ trains: 'heads', cycle: [[0], 'final'] })
})

test('a phase starts from an earlier one by its name, which it is given where nothing else names it alone', async () => {
  const { phases, open, card, wrapper } = screen(own)
  await open('thaw')
  await byText(wrapper, 'Add a phase').trigger('click')
  const start = () =>
    card(3)
      .findAll('select')
      .find((select) => select.text().includes('the phase before'))!
  const choose = async (label: string) => {
    const option = start()
      .findAll('option')
      .find((each) => each.text() === label)!
    await start().setValue(option.element.value)
  }
  await choose('phase 1 (backbone)')
  expect(phases()[2]).toEqual({ trains: 'all', from: 'backbone' })
  await card(1).get('input[value="all"]').setValue()
  await choose('the phase before')
  await choose('phase 1 (all)')
  expect(phases()[0]).toEqual({ name: 'phase 1', trains: 'all' })
  expect(phases()[2]).toEqual({ trains: 'all', from: 'phase 1' })
  await choose('initial weights')
  expect(phases()[2]).toEqual({ trains: 'all', from: 'fresh' })
})

test('own settings stand beside those of the experiment, and go back to them', async () => {
  const { wrapper, draft, phases, open, card } = screen(own)
  await open('thaw')
  const field = card(2).get<HTMLInputElement>('[id="setting-regimes-1-phases-1-training-learningRate"]')
  expect(field.element.value).toBe('1e-4')
  expect(card(2).text()).toContain('instead of 0.003')
  await field.setValue('5e-4')
  expect(draft.text.value).toContain('learningRate: 5e-4\n')
  await button(card(2), 'Learning rate as in the experiment').trigger('click')
  expect(phases()[1]).toEqual({ trains: 'all' })
  await byText(card(1), 'Own setting').trigger('click')
  await nextTick()
  const option = [...document.querySelectorAll<HTMLElement>('[role=option]')].find((each) =>
    each.textContent.includes('Learning rates by part'),
  )!
  option.click()
  await nextTick()
  expect(phases()[0]).toEqual({ trains: 'backbone', learningRates: { backbone: 0.1, heads: 1 } })
  await wrapper.get('[id="setting-regimes-1-phases-0-learningRates"]').setValue('stem: 0.5')
  expect(phases()[0]).toEqual({ trains: 'backbone', learningRates: { stem: 0.5 } })
})

test('a regime is renamed, but not to a name that is taken; taking it out can be undone', async () => {
  const { wrapper, draft, regimes, open } = screen(own)
  await open('thaw')
  const name = () => wrapper.get('section[aria-label^="Phases of"] header input')
  ;(name().element as HTMLInputElement).value = 'mixed'
  await name().trigger('input')
  await name().trigger('change')
  expect(wrapper.text()).toContain('There is a regime “mixed” already: choose another name.')
  expect(regimes()).toMatchObject(['joint', { name: 'thaw' }])
  await name().setValue('freeze-thaw')
  expect(regimes()).toMatchObject(['joint', { name: 'freeze-thaw' }])
  expect(draft.text.value).toContain('name: freeze-thaw # mine')
  await wrapper.get('[aria-label="freeze-thaw, all seeds"]').setValue(false)
  expect(regimes()).toEqual(['joint'])
  useUndoStore().undo()
  await flushPromises()
  expect(regimes()).toMatchObject(['joint', { name: 'freeze-thaw' }])
})

test('what is wrong with a phase stands at its card, and with a setting at its field', async () => {
  const at = (path: (string | number)[], message: string): Problem => ({ path, message })
  const problems = [
    at(['regimes', 1, 'phases', 1, 'from'], 'no earlier phase has the name x'),
    at(['regimes', 1, 'phases', 1, 'training', 'learningRate'], 'expected a number above 0'),
  ]
  const { open, card } = screen(own, { problems })
  await open('thaw')
  expect(card(2).get('[role=alert]').text()).toBe('no earlier phase has the name x')
  expect(card(2).get('[id="setting-regimes-1-phases-1-training-learningRate-error"]').text()).toContain('above 0')
  expect(card(1).find('[role=alert]').exists()).toBe(false)
})

test('keys change no phase of a text that cannot be read', async () => {
  const { draft, open, card } = screen(own)
  await open('thaw')
  draft.write(`${own}broken: [`)
  await nextTick()
  const before = draft.text.value
  await card(1).trigger('keydown', { key: 'Delete' })
  await card(1).trigger('keydown', { key: 'd', ctrlKey: true })
  expect(draft.text.value).toBe(before)
})

test('what was written after a phase was removed can be brought back when the removal is undone', async () => {
  const { draft, phases, open, card } = screen(own)
  await open('thaw')
  await card(1).trigger('keydown', { key: 'Delete' })
  draft.set(['training', 'epochs'], 12)
  const written = draft.text.value
  const undo = useUndoStore()
  undo.undo()
  await flushPromises()
  expect([phases().length, draft.text.value]).toEqual([2, own])
  undo.undo()
  await flushPromises()
  expect(draft.text.value).toBe(written)
})

test('a regime that is renamed keeps the focus where it goes on to', async () => {
  const { wrapper, open, regimes } = screen(own)
  await open('thaw')
  const name = wrapper.findAll('input').find(({ element }) => element.value === 'thaw')!
  name.element.value = 'melt'
  await name.trigger('input')
  byText(wrapper, 'Copy as own regime').element.focus()
  await name.trigger('change')
  await flushPromises()
  expect(regimes().at(-1)).toMatchObject({ name: 'melt' })
  expect(document.activeElement).toBe(byText(wrapper, 'Copy as own regime').element)
})

test('says why the regimes are not known', async () => {
  provideFakeHost({ experiments: { regimes: () => Promise.reject(new Error('an extension is damaged')) } })
  const { wrapper } = screen(own)
  await flushPromises()
  expect(wrapper.get('[role=alert]').text()).toContain('an extension is damaged')
})

// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import ExperimentForm from '../../../../src/renderer/components/new/ExperimentForm.vue'
import { addToSweep, sweepableSettings } from '../../../../src/renderer/components/new/swept-settings.ts'
import { useExperimentDraft } from '../../../../src/renderer/components/new/use-experiment-draft.ts'
import type { ExperimentDraft } from '../../../../src/renderer/components/new/use-experiment-draft.ts'
import type { Plan } from '../../../../src/contract/experiments.ts'
import type { Problem } from '../../../../src/shared/basics/error.ts'
import { schema } from '../../support/experiment-schema.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const unswept = `name: heads # of the paper
data: { source: mnist }
network:
  family: resnet
  blockCounts: [3, 3, 3]
  head: conv # two convolutions
regimes: [joint, mixed]
seeds: [1, 2, 3]
training:
  learningRate: 2e-3 # of Adam
`

function form(text: string, { problems = [], matrix }: { problems?: Problem[]; matrix?: Plan['matrix'] } = {}) {
  let draft: ExperimentDraft | undefined
  const plan = matrix === undefined ? null : ({ matrix } as Plan)
  const Screen = defineComponent(() => {
    draft = useExperimentDraft()
    draft.load({ text, folder: null, fileName: null })
    const own = draft
    return () => h(TooltipProvider, () => h(ExperimentForm, { draft: own, schema, problems, plan, drawing: null }))
  })
  const wrapper = mount(Screen, { attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  const section = () => wrapper.findAll('section').find((each) => each.get('h2').text() === 'Sweep')!
  const add = async (key: string) => {
    addToSweep(
      draft!,
      sweepableSettings(schema, draft!.values.value).find((setting) => setting.key === key)!,
    )
    await nextTick()
  }
  const button = (name: string) => wrapper.get(`button[aria-label="${name}"]`)
  return { wrapper, draft: draft!, section, add, button, field: (key: string) => wrapper.get(`#setting-${key}`) }
}

beforeEach(() => {
  localStorage.clear()
  provideFakeHost()
})

test('a setting that is added moves into the sweep with its value; taken out, it keeps its first one', async () => {
  const { wrapper, draft, section, add, button } = form(unswept)
  await add('training.learningRate')
  expect(draft.text.value).toContain('sweep:\n  training.learningRate: [2e-3]\n')
  expect(draft.values.value).not.toHaveProperty('training')
  expect(wrapper.find('#setting-training-learningRate').exists()).toBe(false)
  expect(section().get('[role="status"]').text()).toBe('1 combination × 2 regimes = 2 series × 3 seeds = 6 runs')
  await button('Do not sweep Learning rate').trigger('click')
  expect(draft.text.value).not.toContain('sweep')
  expect(draft.text.value).toContain('learningRate: 2e-3')
  expect(draft.text.value).toContain('name: heads # of the paper')
})

test('values of a choice are ticked one by one, in the order of ticking, and comments of the others are kept', async () => {
  const { draft, section, add, button } = form(unswept)
  await add('network.head')
  expect(draft.text.value).toContain('network.head: [conv]')
  const box = (label: string) =>
    section()
      .findAll('label')
      .find((each) => each.text() === label)!
      .get<HTMLInputElement>('input')
  const group = section().get('[role="group"]')
  expect(
    section()
      .get(`#${group.attributes('aria-labelledby')}`)
      .text(),
  ).toContain('Exit head')
  expect(box('conv').element.checked).toBe(true)
  await box('pooled').setValue(true)
  expect(draft.text.value).toContain('network.head: [conv, pooled]')
  expect(section().get('[role="status"]').text()).toBe('2 combinations × 2 regimes = 4 series × 3 seeds = 12 runs')
  await box('conv').setValue(false)
  await button('Do not sweep Exit head').trigger('click')
  expect(draft.values.value.network).toEqual({ family: 'resnet', blockCounts: [3, 3, 3] })
})

test('numbers are typed as a list, and written as they were typed', async () => {
  const { draft, field } = form(`${unswept.replace(/training:[^]*/, '')}sweep:
  training.learningRate:
    - 1e-3 # the paper's
  training.clipNorm: [null]
`)
  expect(field('sweep-training-clipNorm').element).toHaveProperty('value', 'never')
  await field('sweep-training-learningRate').setValue('3e-3, 1e-3')
  await field('sweep-training-clipNorm').setValue('never 1')
  expect(draft.values.value.sweep).toEqual({ 'training.learningRate': [0.003, 0.001], 'training.clipNorm': [null, 1] })
  expect(draft.text.value).toContain("    - 3e-3\n    - 1e-3 # the paper's\n")
  expect(field('sweep-training-learningRate').element).toHaveProperty('value', '3e-3, 1e-3')
})

test('lists of numbers are typed in brackets; a bracket that is not closed is not written', async () => {
  const { draft, field, section, add } = form(unswept)
  await add('network.blockCounts')
  expect(field('sweep-network-blockCounts').element).toHaveProperty('value', '[3, 3, 3]')
  await field('sweep-network-blockCounts').setValue('[3, 3, 3], [2, 2')
  expect(section().text()).toContain('not a list')
  expect(draft.text.value).toContain('network.blockCounts: [[3, 3, 3]]')
  await field('sweep-network-blockCounts').setValue('[3, 3, 3], [2,2,2]')
  expect(draft.text.value).toContain('network.blockCounts: [[3, 3, 3], [2, 2, 2]]')
})

test('problems of the sweep stand at their settings, those of unknown settings too', () => {
  const text = `${unswept}sweep:\n  training.epochs: [0]\n  training.epoch: [1]\n`
  const at = (path: (string | number)[], message: string) => ({ path, message })
  const problems = [
    at(['sweep', 'training.epochs', 0], 'expected a whole number above 0; got -1'),
    at(['sweep', 'training.epoch'], 'unknown setting'),
    at(['sweep'], '200 series'),
  ]
  const { wrapper, section, field } = form(text, { problems })
  const messageOf = (key: string) => wrapper.get(`#${field(key).attributes('aria-describedby')}`).text()
  expect(messageOf('sweep-training-epochs')).toBe('expected a whole number above 0; got -1')
  expect(messageOf('sweep-training-epoch')).toBe('unknown setting')
  expect(field('sweep-training-epochs').attributes('aria-invalid')).toBe('true')
  expect(section().get('[role="alert"]').text()).toBe('200 series')
})

test('the matrix shows the series of each regime, and the state of their runs by colour', () => {
  const row = (regime: 'joint', head: string, status: 'done' | null) => ({
    regime,
    statuses: [status],
    series: `${regime} · head ${head}`,
  })
  const plain = { regime: 'mixed', statuses: ['done'], series: 'mixed' } satisfies Plan['matrix']['rows'][number]
  const rows = [row('joint', 'pooled', 'done'), row('joint', 'conv', null), plain]
  const matrix = { seeds: [1], rows }
  const { wrapper } = form(`${unswept}sweep:\n  network.head: [pooled, conv]\n`, { matrix })
  const cellsOf = (series: string) =>
    wrapper
      .findAll('tr')
      .find((row) => row.find('th').text() === series)!
      .findAll('[role="img"][aria-label]')
  const [existing] = cellsOf('joint · head pooled')
  const [added, absent] = cellsOf('joint · head conv')
  const cells = [existing!, added!, absent!]
  expect(cells.map((cell) => cell.attributes('aria-label'))).toEqual(['existing', 'new', 'not trained'])
  const colours = ['bg-done-bg', 'bg-accent', 'border-line']
  cells.forEach((cell, index) => expect(cell.classes()).toContain(colours[index]))
  expect(wrapper.findAll('tr').filter((row) => row.text().startsWith('mixed'))).toHaveLength(2)
  expect(wrapper.get('[aria-label="joint, seed 1"]').classes()).not.toContain('existing')
})

test('placements of exits are swept as lists and by name; the sweep then places them', async () => {
  const { draft, field, section, wrapper, add } = form(unswept.replace('  head: conv', '  exits: [2, 4]\n  head: conv'))
  await add('network.exits')
  expect(draft.text.value).toContain('network.exits: [[2, 4]]')
  expect(draft.values.value.network).not.toHaveProperty('exits')
  expect(wrapper.text()).toContain('The sweep below places the exits.')
  await field('sweep-network-exits').setValue('[2, 4], all, { every: 2 }')
  expect(draft.values.value.sweep).toEqual({ 'network.exits': [[2, 4], 'all', { every: 2 }] })
  expect(section().get('[role="status"]').text()).toMatch(/^3 combinations/)
})

test('settings to sweep are found by words of their names and paths', async () => {
  const { section, draft } = form(unswept)
  const options = () => [...document.querySelectorAll('[role="option"]')].map((option) => option.textContent?.trim())
  await section().get('button').trigger('click')
  await vi.waitUntil(() => options().length > 10)
  const search = document.querySelector<HTMLInputElement>('[aria-label="Search: Add a setting"]')!
  search.value = 'batch'
  search.dispatchEvent(new Event('input', { bubbles: true }))
  await vi.waitUntil(() => options().length < 5)
  expect(options()).toContain('Batch sizebatchSize')
  search.value = 'exits'
  search.dispatchEvent(new Event('input', { bubbles: true }))
  await vi.waitUntil(() => options().length === 1)
  document.querySelector<HTMLElement>('[role="option"]')!.click()
  await vi.waitUntil(() => draft.text.value.includes('network.exits'))
})

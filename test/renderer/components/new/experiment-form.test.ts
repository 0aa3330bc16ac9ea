// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import ExperimentForm from '../../../../src/renderer/components/new/ExperimentForm.vue'
import { useExperimentDraft } from '../../../../src/renderer/components/new/use-experiment-draft.ts'
import type { ExperimentDraft } from '../../../../src/renderer/components/new/use-experiment-draft.ts'
import { usePreferencesStore } from '../../../../src/renderer/stores/preferences.ts'
import YamlEditor from '../../../../src/renderer/components/new/YamlEditor.vue'
import type { Problem } from '../../../../src/shared/basics/error.ts'
import type { DrawnNode, NetworkDrawing } from '../../../../src/shared/network/network-drawing.ts'
import { schema } from '../../support/experiment-schema.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const quickstart = readFileSync(join(import.meta.dirname, '../../../../examples/quickstart.yaml'), 'utf8')

/** Short, for in this environment the editor draws the first lines alone. */
const short = `name: short
data: { source: mnist }
network: { family: resnet, variant: resnet18 }
regimes: [joint]
training:
  epochs: 8 # of each phase
`

const node = (id: string, column: number) => ({ id, column, row: 0, detail: '' })

/** Five blocks; the last feeds the classifier, so that no exit can sit there. */
const drawing: NetworkDrawing = {
  title: 'ResNet',
  head: 'Pooled',
  input: '28 × 28 × 1',
  ledger: [],
  backboneMacs: 100,
  parameters: 1,
  nodes: [
    { ...node('stem', 0), kind: 'stem', block: null, label: 'stem', exit: null, macs: null, fraction: null },
    ...[0, 1, 2, 3, 4].map((block): DrawnNode => ({
      ...node(`blocks.${block}`, block + 1),
      kind: 'block',
      block,
      label: `block ${block}`,
      exit: [null, 0, 1, 2, null][block]!,
      ...(block === 4 ? { macs: null, fraction: null } : { macs: 20 * block, fraction: block / 5 }),
    })),
    {
      ...node('classifier', 6),
      kind: 'classifier',
      block: null,
      label: 'classifier',
      exit: 3,
      macs: 101,
      fraction: 1.01,
    },
  ],
  edges: [],
}

/** The form and the editor of one draft, side by side as on the screen. */
function screen({ text = quickstart, problems = [] as Problem[] } = {}) {
  let draft: ExperimentDraft | undefined
  const Screen = defineComponent(() => {
    draft = useExperimentDraft()
    const own = draft
    own.load({ text, folder: null, fileName: null })
    return () => [
      h(ExperimentForm, { draft: own, schema, problems, plan: null, drawing }),
      h(YamlEditor, { modelValue: own.text.value, 'onUpdate:modelValue': own.write, problems }),
    ]
  })
  const wrapper = mount(Screen, { attachTo: document.body })
  return { wrapper, draft: draft!, field: (key: string) => wrapper.get<HTMLInputElement>(`#setting-${key}`) }
}

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = ''
  provideFakeHost()
})

test('what is typed into the form changes its line of the text, in the editor too', async () => {
  const { wrapper, draft, field } = screen({ text: short })
  await field('training-epochs').setValue('12')
  expect(draft.text.value).toBe(short.replace('epochs: 8 #', 'epochs: 12 #'))
  expect(wrapper.get('.cm-content').text()).toContain('epochs: 12 # of each phase')
})

test('an incomplete value is written when the field is left, whatever it is', async () => {
  const { draft, field } = screen()
  const input = field('training-learningRate')
  input.element.value = '2e-'
  await input.trigger('input')
  expect(draft.text.value).toBe(quickstart)
  expect(input.element.value).toBe('2e-')
  await input.trigger('change')
  expect(draft.text.value).toContain('learningRate: 2e-\n')
})

test('a later change of the text replaces what was typed before', async () => {
  const { draft, field } = screen()
  await field('training-epochs').setValue('7')
  await field('training-epochs').trigger('blur')
  draft.write(quickstart.replace('epochs: 8 #', 'epochs: 9 #'))
  await nextTick()
  expect(field('training-epochs').element.value).toBe('9')
})

test('leaving a field unchanged leaves the draft as it is', async () => {
  const { draft, field } = screen()
  const before = draft.source.value
  await field('training-epochs').trigger('change')
  expect(draft.source.value).toBe(before)
})

test('the form shows what the text says', async () => {
  const { wrapper, draft, field } = screen()
  draft.write(quickstart.replace('seeds: [1]', 'seeds: [1, 7]').replace('epochs: 8 #', 'epochs: 3 #'))
  await nextTick()
  expect(field('training-epochs').element.value).toBe('3')
  expect(wrapper.get('[aria-label="joint, seed 7"]').attributes('aria-pressed')).toBe('true')
  expect(wrapper.get('[aria-label="separate, seed 7"]').attributes('aria-pressed')).toBe('false')
})

test('an invalid text leaves the form at its last state, disabled and with a message', async () => {
  const { wrapper, draft, field } = screen()
  draft.write(`${quickstart}broken: [`)
  await nextTick()
  expect(wrapper.text()).toContain('The YAML cannot be read')
  expect(field('training-epochs').element.value).toBe('8')
  expect(field('training-epochs').element.disabled).toBe(true)
  draft.write(quickstart)
  await nextTick()
  expect(wrapper.text()).not.toContain('The YAML cannot be read')
  expect(field('training-epochs').element.disabled).toBe(false)
})

test('a click on a block places an exit or takes it away, and says which', async () => {
  const { wrapper, draft } = screen()
  const block = (index: number) =>
    wrapper.findAll('.nodes button').find((each) => each.text().startsWith(`Block ${index}`))!
  expect([0, 1].map((each) => block(each).attributes('aria-pressed'))).toEqual(['false', 'true'])
  await block(0).trigger('click')
  expect(draft.text.value).toContain('exits: [0, 1, 2, 3] # an exit after these blocks')
  expect(block(0).attributes('aria-pressed')).toBe('true')
  await block(2).trigger('click')
  expect(draft.text.value).toContain('exits: [0, 1, 3] #')
  await block(4).trigger('click')
  expect(draft.text.value).toContain('exits: [0, 1, 3] #')
})

test('the arrows go from block to block', async () => {
  const { wrapper } = screen()
  const first = wrapper.get('.nodes button[tabindex="0"]')
  ;(first.element as HTMLElement).focus()
  await first.trigger('keydown', { key: 'ArrowRight' })
  await nextTick()
  expect(document.activeElement?.textContent.trim()).toMatch(/^Block 0/)
})

test('a named placement replaces the list', async () => {
  const { wrapper, draft } = screen()
  await wrapper.get('input[type="radio"][value="dense-sparse"]').setValue()
  expect(draft.text.value).toContain('exits: dense-sparse #')
  await wrapper.get('input[type="radio"][value="custom"]').setValue()
  expect(draft.text.value).toContain('exits: [1, 2, 3] #')
})

test('cells, rows and columns of the matrix add and remove regimes and seeds', async () => {
  const { wrapper, draft } = screen()
  await wrapper.get('[aria-label="separate, seed 2"]').trigger('click')
  expect(draft.values.value).toMatchObject({ regimes: ['disjoint', 'joint', 'mixed', 'separate'], seeds: [1, 2] })
  await wrapper.get('[aria-label="Seed 1, all regimes"]').trigger('click')
  await wrapper.get('[aria-label="joint, all seeds"]').setValue(false)
  expect(draft.values.value).toMatchObject({ regimes: ['disjoint', 'mixed', 'separate'], seeds: [2] })
  expect(draft.text.value).toContain('- disjoint # the backbone alone')
})

test('the matrix is a stop of the tab key, also once the seed that had the focus is gone', async () => {
  const { wrapper, draft } = screen()
  draft.write(quickstart.replace('seeds: [1]', 'seeds: [1, 7, 8, 9]'))
  await nextTick()
  await wrapper.get('[aria-label="joint, seed 9"]').trigger('focus')
  draft.write(quickstart)
  await nextTick()
  expect(wrapper.findAll('.cell[tabindex="0"]')).toHaveLength(1)
})

test('another weighting has its own parameters, and keeps what all weightings have', async () => {
  const { draft, field, wrapper } = screen({ text: short })
  const has = (key: string) => wrapper.find(`#setting-objective-${key}`).exists()
  expect([has('gradients'), has('parameters-first'), has('parameters-rampEpochs')]).toEqual([true, false, false])
  await field('objective-gradients').setValue('equilibrium')
  await field('objective-weighting').setValue('increasing')
  await field('objective-parameters-first').setValue('0.5')
  expect(draft.values.value['objective']).toEqual({
    weighting: 'increasing',
    gradients: 'equilibrium',
    parameters: { first: 0.5 },
  })
  await field('objective-weighting').setValue('sdn')
  expect(draft.values.value['objective']).toEqual({ weighting: 'sdn', gradients: 'equilibrium' })
  expect(has('parameters-rampEpochs')).toBe(true)
})

test('images that cannot be decoded can be left out where images are files of a folder, and nowhere else', async () => {
  const { wrapper, draft, field } = screen({ text: short.replace('mnist', 'image-folder, path: pets') })
  const damaged = field('data-damagedImages')
  expect(damaged.findAll('option').map((option) => option.text())).toEqual(['refuse', 'leave out'])
  expect(wrapper.get(`#${damaged.attributes('aria-describedby')}`).text()).toContain('cannot be decoded')
  await damaged.setValue('leave-out')
  expect(draft.text.value).toContain('data: { source: image-folder, path: pets, damagedImages: leave-out }\n')
  await field('data-damagedImages').setValue('refuse')
  expect(draft.text.value).toContain('data: { source: image-folder, path: pets }\n')
  draft.write(short)
  await nextTick()
  expect(wrapper.find('#setting-data-damagedImages').exists()).toBe(false)
})

test('a problem stands at its field and marks its line', async () => {
  const problem = { path: ['training', 'epochs'], message: 'expected a whole number above 0', line: 6, column: 11 }
  const { wrapper, field } = screen({ text: short, problems: [problem] })
  expect(field('training-epochs').attributes('aria-invalid')).toBe('true')
  const described = field('training-epochs').attributes('aria-describedby')!.split(' ').at(-1)!
  expect(wrapper.get(`#${described}`).text()).toBe('expected a whole number above 0')
  await nextTick()
  expect(wrapper.get('.cm-lintRange-error').text()).toBe('8')
})

test('a draft is saved when its screen is left', () => {
  const { draft, wrapper } = screen()
  draft.set(['name'], 'left at once')
  wrapper.unmount()
  expect(usePreferencesStore().read('new-experiment', { text: '' }).text).toContain('name: left at once')
})

test('a draft is restored on the next visit', async () => {
  const { draft, wrapper } = screen()
  draft.set(['name'], 'kept')
  await vi.waitUntil(() => /^name: kept$/m.test(usePreferencesStore().read('new-experiment', { text: '' }).text))
  wrapper.unmount()
  provideFakeHost()
  let again: ExperimentDraft | undefined
  mount(defineComponent(() => ((again = useExperimentDraft()), () => null)))
  expect(again!.values.value.name).toBe('kept')
})

// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { computed, ref } from 'vue'
import PlanPreview from '../../../../src/renderer/components/new/PlanPreview.vue'
import type { Plan } from '../../../../src/contract/experiments.ts'
import type { Problem } from '../../../../src/shared/basics/error.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

beforeEach(() => void provideFakeHost())

const toy: Plan = {
  runs: 3,
  phases: 4,
  phasesUnshared: 5,
  phasesDone: 0,
  estimatedSeconds: null,
  savedSeconds: null,
  backboneMacs: 100,
  exits: [],
  words: [],
  checkpointBytes: 1_800_000,
  memoryBytes: 717e6,
  threads: 2,
  series: [],
  matrix: { seeds: [1], rows: [{ regime: 'joint', series: 'joint', statuses: ['done'] }] },
  starts: [],
  caveats: ['data.limit.train is 8,000, but the data set has 360 training images: all are used.'],
  obstacles: [],
}

function preview(problems: readonly Problem[], plan = toy, seconds = 120) {
  const estimate = {
    seconds: computed(() => seconds),
    savedSeconds: computed(() => null),
    measuring: ref(false),
    error: ref(null),
    measure: async () => {},
  }
  const props = {
    plan,
    problems,
    estimate,
    drawing: null,
    fault: null,
    activity: null,
    ready: true,
    dataSet: 'MNIST',
    starting: false,
  }
  return mount(PlanPreview, { props, global: { stubs: { RouterLink: true } } })
}

test('describes what a start would do, and its deviations from the request', () => {
  const text = preview([]).text()
  expect(text).toContain('0new runs, 1 existing')
  expect(text).toContain('Training takes about 717 MB of memory')
  expect(text).toContain('but the data set has 360 training images')
  expect(text).toContain('Show the runs')
})

test('shows no numbers of the previous text while something is wrong', () => {
  const wrapper = preview([{ path: ['network', 'exits'], message: 'block 9 cannot have an exit' }])
  const figures = wrapper.findAll('.figures b').map((figure) => figure.text())
  expect(figures).toEqual(['–', '–', '–', '–'])
  expect(wrapper.text()).not.toContain('existing')
  expect(wrapper.get('footer button').text()).toBe('Start')
})

test('lists what is taken from a file of weights, and what is changed on the way', () => {
  const use = { title: 'torchvision', taken: ['stem.conv.weight'], fresh: ['classifier.weight', 'classifier.bias'] }
  const starts = [
    {
      ...use,
      leftOver: ['fc.weight'],
      notes: ['The classifier is initialised: fc has 1,000 classes.'],
      series: ['joint'],
    },
  ]
  const again = { ...starts[0]!, fresh: ['heads.0.fc.weight'], series: ['mixed'] }
  const text = preview([], { ...toy, starts: [...starts, again], series: [] }).text()
  expect(text).toContain('1 array is taken, 2 are initialised (classifier), 1 of the file is not used (fc)')
  expect(text).toContain('names of torchvision')
  expect(text.match(/The classifier is initialised: fc has 1,000 classes\./g)).toHaveLength(1)
})

test('shows the progress of a plan that takes long', async () => {
  const wrapper = preview([])
  expect(wrapper.find('[role="status"]').exists()).toBe(false)
  await wrapper.setProps({ plan: null, ready: false, activity: '20,000 of 50,000 decoded' })
  expect(wrapper.get('[role="status"]').text()).toBe('20,000 of 50,000 decoded')
})

test('a time of less than a second is shown as at most one second', () => {
  expect(preview([], toy, 0.3).findAll('.figures b')[2]!.text()).toBe('≤ 1 s')
})

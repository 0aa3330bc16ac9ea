// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import Panel from '../../../../src/renderer/panels/sample-path/Panel.vue'
import type { SamplePathAnswer } from '../../../../src/readings/sample-path/schema.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const classes = (cat: number) => [
  { name: 'cat', isTrue: false, probability: cat },
  { name: 'dog', isTrue: true, probability: 1 - cat },
]
const answer: SamplePathAnswer = {
  ...{ run: 'r1', name: 'toy-mixed-s1', split: 'validation', rule: 'confidence', sample: 12, target: 'dog', leaves: 1 },
  leaving: { count: 40, place: 6, before: 9, behind: null },
  range: [0, 1],
  exits: [
    { exit: 0, block: 0, fraction: 0.25, score: 0.6, threshold: 0.7, prediction: 'cat', isRight: false, classes: classes(0.6) }, // prettier-ignore
    { exit: 1, block: 1, fraction: 0.5, score: 0.9, threshold: 0.7, prediction: 'dog', isRight: true, classes: classes(0.1) }, // prettier-ignore
    { exit: 2, block: null, fraction: 1.01, score: 0.8, threshold: null, prediction: 'cat', isRight: false, classes: classes(0.8) }, // prettier-ignore
  ],
  neighbours: [{ sample: 31, distance: 0.5, target: 'dog', exits: [{ prediction: 'dog', isRight: true }] }],
}

/** The panel of that path, and which pictures the host was asked for. */
async function opened() {
  const drawn: unknown[] = []
  const text = (sample: number) => ({ sample, index: sample, label: 1, mixedWith: null, texts: { first: `text ${sample}`, second: null } }) // prettier-ignore
  provideFakeHost({
    readings: { ask: async () => answer },
    data: { samples: async (asked) => (drawn.push(asked), { classes: [], samples: asked.samples.map(text) }) },
  })
  const question = { runs: ['r1'], thresholds: 0.7, sample: 12 }
  const panel = mount(Panel, { props: { question }, attachTo: document.body })
  mounted.push(panel)
  await flushPromises()
  return { panel, drawn }
}
const mounted: { unmount(): void }[] = []
afterEach(() => mounted.splice(0).forEach((panel) => panel.unmount()))

const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))

test('a path has the exits in their order, where the sample leaves, and its pictures on the samples that were read', async () => {
  const { panel, drawn } = await opened()
  expect(drawn).toEqual([{ of: { run: 'r1' }, split: 'validation', samples: [12, 31] }])
  const exits = panel.findAll('ol > li').map((each) => each.text().replaceAll(/\s+/g, ' '))
  expect(exits).toEqual([
    'exit 025.0 %cat60.0dog✓ true class40.0wronggoes on',
    'exit 150.0 %cat10.0dog✓ true class90.0rightleaves here',
    'final101.0 %cat80.0dog✓ true class20.0wrongnot computed',
  ])
  expect(panel.text()).toContain('leaving early helps here')
  expect(panel.text()).toContain('7 of 40 that leave at exit 1')
  expect(panel.get('svg[role=img]').attributes('aria-label')).toBe(
    'Score at each exit, threshold in brackets: 0.60 (0.70), 0.90 (0.70), 0.80',
  )
  // From 0 at 100 to 1 at 30, in the middle of each third.
  const dots = panel
    .get('svg[role=img]')
    .findAll('circle')
    .map((dot) => [dot.attributes('cx'), Number(dot.attributes('cy'))])
  expect(dots.map(([x]) => Number.parseFloat(String(x)))).toEqual([
    expect.closeTo(100 / 6),
    50,
    expect.closeTo(500 / 6),
  ])
  expect(dots.map(([, y]) => y)).toEqual([58, 37, 44].map((y) => expect.closeTo(y)))
})

test('keys go to other samples, enlarge this one and go back', async () => {
  const { panel } = await opened()
  for (const key of ['ArrowLeft', 'ArrowRight', 'n']) press(key)
  expect(panel.emitted('open')).toEqual([[9], [31]])
  press('Enter')
  await flushPromises()
  expect(document.querySelector('[role=dialog]')?.textContent).toContain('text 12')
  expect(panel.emitted('close')).toBeUndefined()
  press('Escape')
  expect(panel.emitted('close')).toHaveLength(1)
})

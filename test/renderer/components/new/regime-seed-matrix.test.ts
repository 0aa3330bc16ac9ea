// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, onTestFinished, test } from 'vitest'
import RegimeSeedMatrix from '../../../../src/renderer/components/new/RegimeSeedMatrix.vue'

function matrix() {
  const mounted = mount(RegimeSeedMatrix, {
    attachTo: document.body,
    props: {
      known: [{ name: 'joint', phases: [] }],
      chosenRegimes: ['joint'],
      chosenSeeds: [1],
      matrix: { seeds: [1], rows: [] },
      opened: null,
    },
  })
  onTestFinished(() => mounted.unmount())
  return mounted
}

async function type(text: string) {
  const mounted = matrix()
  const field = mounted.get<HTMLInputElement>('input[aria-label="Another seed"]')
  await field.setValue(text)
  await mounted.get('button[type=submit]').trigger('click')
  return { field: field.element, seeds: mounted.emitted('seeds') }
}

test.each(['7', '0', '123456789012345'])('the seed %s is added', async (text) => {
  const { field, seeds } = await type(text)
  expect(seeds).toEqual([[[1, Number(text)].sort((a, b) => a - b)]])
  expect(field.value).toBe('')
})

test.each(['', '1.5', '-1', 'seven', '1e400', '9'.repeat(400)])(
  '“%s” is no seed: it stays in the field, which says what is expected',
  async (text) => {
    const { field, seeds } = await type(text)
    expect(seeds).toBeUndefined()
    expect(field.value).toBe(text)
    expect(field.validity.valid).toBe(false)
    expect(field.title).toBe('A whole number from 0 on')
  },
)

test('the cells are one stop of the tab key, and the arrows go between them as far as there are any', async () => {
  const cells = matrix().get('tbody')
  const go = async (key: string) => {
    await cells.trigger('keydown', { key })
    return document.activeElement!.getAttribute('aria-label')
  }
  expect(cells.findAll('.cell[tabindex="0"]')).toHaveLength(1)
  expect(await go('ArrowRight')).toMatch(/, seed 2$/)
  const below = await go('ArrowDown')
  expect(await go('ArrowLeft')).toBe(below!.replace('seed 2', 'seed 1'))
  expect(await go('ArrowLeft')).toBe(below!.replace('seed 2', 'seed 1'))
})

test('a cell that is off brings in its regime and its seed, one that is on takes its regime out', async () => {
  const mounted = matrix()
  await mounted.get('[aria-label="mixed, seed 2"]').trigger('click')
  expect([mounted.emitted('regimes'), mounted.emitted('seeds')]).toEqual([[[['joint', 'mixed']]], [[[1, 2]]]])
  await mounted.get('[aria-label="joint, seed 1"]').trigger('click')
  expect(mounted.emitted('regimes')!.at(-1)).toEqual([[]])
})

// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import RegimeSeedMatrix from '../../../../src/renderer/components/new/RegimeSeedMatrix.vue'

function matrix() {
  return mount(RegimeSeedMatrix, {
    attachTo: document.body,
    props: {
      known: [{ name: 'joint', phases: [] }],
      chosenRegimes: ['joint'],
      chosenSeeds: [1],
      matrix: { seeds: [1], rows: [] },
      opened: null,
    },
  })
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

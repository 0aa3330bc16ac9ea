// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import {
  useFigureLayout,
  useFigurePreview,
  usePreviewedFigure,
} from '../../../src/renderer/composables/use-figure-layout.ts'
import { provideFakeHost } from '../support/fake-host.ts'

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})

test('figures are exported at screen size until a width is chosen', () => {
  const { layout, words } = useFigureLayout()
  expect(layout.value).toEqual({ legend: true, title: true })
  expect(words.value).toBe('screen size')
})

test('widths of papers and own ones are points', () => {
  const { choice, layout, words } = useFigureLayout()
  choice.value = { ...choice.value, width: 'icml-column', title: false }
  expect(layout.value).toEqual({ legend: true, title: false, paper: { width: 234, fontSize: 8 } })
  expect(words.value).toBe('ICML column, 8 pt')
  choice.value = { ...choice.value, width: 'own', ownInches: 4.5, fontSize: 9 }
  expect(layout.value).toMatchObject({ paper: { width: 324, fontSize: 9 } })
  expect(words.value).toBe('4.5 in, 9 pt')
})

test('the choice is restored in the next window', () => {
  const { choice } = useFigureLayout()
  choice.value = { ...choice.value, width: 'icml-text', legend: false }
  setActivePinia(createPinia())
  expect(useFigureLayout().layout.value).toEqual({ legend: false, title: true, paper: { width: 486, fontSize: 8 } })
})

test('a figure is not previewed by the picture of another one', async () => {
  let draw = (_: { name: string; bytes: Blob }) => {}
  provideFakeHost({ exports: { figure: () => new Promise((resolve) => (draw = resolve)) } })
  const figure = usePreviewedFigure()
  let preview: ReturnType<typeof useFigurePreview>
  mount({ setup: () => ((preview = useFigurePreview()), () => null) })
  figure.value = { reading: 'exits' }
  await flushPromises()
  draw({ name: 'first.svg', bytes: new Blob(['first']) })
  await flushPromises()
  expect(preview!.bytes.value).toBeDefined()
  figure.value = { reading: 'budgets' }
  await flushPromises()
  expect(preview!.bytes.value).toBeUndefined()
  figure.value = null
})

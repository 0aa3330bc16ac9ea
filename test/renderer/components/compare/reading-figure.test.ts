// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Figure } from '../../../../src/figures/figure.ts'
import type { FigureFrame } from '../../../../src/figures/plot.ts'
import ReadingFigure from '../../../../src/renderer/components/compare/ReadingFigure.vue'
import FigureCard from '../../../../src/renderer/components/domain/FigureCard.vue'
import type { Table } from '../../../../src/shared/tables/table.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const frame: FigureFrame = { width: 400, height: 300, theme: 'light' }
/** Frames that the figure was drawn for. */
const frames: FigureFrame[] = []
const figure = (): Figure => ({
  name: 'toy-confusion',
  sentence: 'cats for dogs',
  option: (each) => (frames.push(each), {}),
})
const props = { title: 'Confusion', reading: 'confusion' as const, question: { runs: ['a'] }, figure }

/** The card of a reading that the host answers so. */
async function cardOf(given: object, ask: () => Promise<object> = async () => ({ of: 'a' })) {
  provideFakeHost({ readings: { ask } })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: ReadingFigure }] })
  const panel = mount(ReadingFigure as object, {
    props: { ...props, ...given },
    global: { plugins: [router], stubs: { FigureCard: true } },
  })
  await flushPromises()
  const card = panel.getComponent(FigureCard)
  return { panel, card, draw: () => (card.props('option') as (each: FigureFrame) => object)(frame) }
}

test('a reading is drawn, told and exported as its question', async () => {
  const { card, draw } = await cardOf({ hint: 'all classes', table: () => ({ name: 'confusion' }) as Table })
  draw()
  expect(frames.splice(0)).toEqual([frame])
  const asked = { reading: 'confusion', question: { runs: ['a'] } }
  expect(card.props()).toMatchObject({
    ...{ title: 'Confusion', hint: 'all classes', sentence: 'cats for dogs', figureExport: asked, tableExport: asked },
  })
  expect((card.props('table') as () => Table)().name).toBe('confusion')
})

test('without a table, and with what its figure leaves to the panel', async () => {
  const hinted = () => ({ ...figure(), hint: 'temperature-scaled', minHeight: 90 })
  const { card, draw } = await cardOf({ hint: 'as trained', figure: hinted, untitled: true })
  draw()
  expect(frames.splice(0)).toEqual([{ ...frame, title: false }])
  expect([card.props('table'), card.props('tableExport')]).toEqual([undefined, undefined])
  expect([card.props('hint'), card.props('minHeight')]).toEqual(['temperature-scaled', 90])
})

test('says that there is nothing to draw once it is answered, or why it is not', async () => {
  const answer = ref<(value: object) => void>()
  const { card } = await cardOf({ figure: () => null, empty: 'No samples' }, () => new Promise((resolve) => (answer.value = resolve))) // prettier-ignore
  expect([card.props('option'), card.props('empty')]).toEqual([null, undefined])
  answer.value!({})
  await flushPromises()
  expect([card.props('option'), card.props('empty')]).toEqual([null, 'No samples'])
  const refused = await cardOf({}, () => Promise.reject(new Error('no outputs')))
  expect([refused.card.props('option'), refused.card.props('error')]).toEqual([null, 'no outputs'])
})

test('a mark under the pointer is told with the answer', async () => {
  const { panel, card } = await cardOf({})
  card.vm.$emit('hover', { dataIndex: 2 })
  expect(panel.emitted('hover')).toEqual([[{ dataIndex: 2 }, { of: 'a' }]])
})

test('its table leaves the window as it is sorted', async () => {
  const { card } = await cardOf({ table: () => ({ name: 'confusion' }) as Table })
  card.vm.$emit('update:sort', { column: 1, descending: true })
  await flushPromises()
  expect(card.props('tableExport')).toMatchObject({ sort: { column: 1, descending: true } })
})

test('a figure of the question before is marked as such until the next one is there', async () => {
  const later = Promise.withResolvers<object>()
  const asks = [Promise.resolve({ of: 'a' }), later.promise]
  const { panel, card } = await cardOf({}, () => asks.shift()!)
  expect(card.props('busy')).toBe(false)
  await panel.setProps({ question: { runs: ['b'] } } as object)
  expect([card.props('busy'), card.props('option')]).toEqual([true, expect.any(Function)])
  later.resolve({ of: 'b' })
  await flushPromises()
  expect(card.props('busy')).toBe(false)
})

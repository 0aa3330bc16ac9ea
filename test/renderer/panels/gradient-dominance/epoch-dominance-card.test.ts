// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import EpochDominanceCard from '../../../../src/renderer/panels/gradient-dominance/EpochDominanceCard.vue'
import FigureCard from '../../../../src/renderer/components/domain/FigureCard.vue'

/** The card of two exits, measured over so many batches. */
function shown(batches: number) {
  const epochs = [{ epoch: 1, batches, exits: [0.5, 0.75], blocks: [[0.5, 0.75]] }]
  const data = { phase: 'all exits', keptEpoch: null, exitCount: 2, epochs }
  const card = mount(EpochDominanceCard, {
    props: { data, run: 'toy', phase: 'p' },
    global: { stubs: { FigureCard: { props: ['hint'], template: '<div><slot name="after" /></div>' } } },
  })
  return { hint: card.getComponent(FigureCard).props('hint'), warning: card.text() }
}

test.each([
  [1, '1 batch an epoch', /^One batch per epoch: .* mostly noise/],
  [7, '7 batches an epoch', /^7 batches per epoch: .* mostly noise/],
  [8, '8 batches an epoch', /^$/],
])('%d batches an epoch are named, and warned of where they are few', (batches, hint, warning) => {
  const card = shown(batches)
  expect(card.hint).toBe(hint)
  expect(card.warning).toMatch(warning)
})

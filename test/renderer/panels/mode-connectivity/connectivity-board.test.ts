// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { computed, ref } from 'vue'
import { runPairs } from '../../../../src/readings/analyses/mode-connectivity/pairs.ts'
import ConnectivityBoard from '../../../../src/renderer/panels/mode-connectivity/ConnectivityBoard.vue'
import PairPanel from '../../../../src/renderer/panels/mode-connectivity/PairPanel.vue'
import type { Connectivity } from '../../../../src/renderer/panels/mode-connectivity/use-connectivity.ts'
import UiPanel from '../../../../src/renderer/components/ui/UiPanel.vue'
import { provideFakeHost } from '../../support/fake-host.ts'
import { measured, run } from '../../../support/measured-paths.ts'

test('a pair is enlarged to stand alone, and all are shown again', async () => {
  provideFakeHost()
  const ends = (['disjoint', 'mixed'] as const).map((regime) => [run(regime), run('joint')] as const)
  const pairs = runPairs(ends.map((each) => measured(each, { naive: 1.6, matched: 0.8 })))
  const connectivity = {
    choice: { metric: ref('loss'), split: ref('test'), path: ref('matched'), clip: ref(2), exit: ref(null) },
    pairs: computed(() => pairs.map((pair) => ({ pair, hint: '', analyses: null }))),
    analyses: computed(() => null),
    waiting: computed(() => [{ key: 'w', title: 'joint – separate', state: 'Queued' }]),
    results: { parameters: ref(null), answers: ref([]), asking: ref(false) },
    scope: { byHand: ref(false), seed: ref('all') },
  } as unknown as Connectivity
  const board = mount(ConnectivityBoard, {
    props: { connectivity },
    global: { stubs: { ReadingBar: true, PairPanel: true, BarrierPanel: true } },
  })
  const shown = () => board.findAllComponents(PairPanel).map((panel) => panel.props('pair').key)
  const [first, second] = pairs.map(({ key }) => key)
  expect([shown(), board.findAllComponents(UiPanel).length]).toEqual([[first, second], 1])
  board.findAllComponents(PairPanel)[1]!.vm.$emit('enlarge')
  await board.vm.$nextTick()
  expect([shown(), board.findAllComponents(UiPanel).length]).toEqual([[second], 0])
  board.getComponent(PairPanel).vm.$emit('enlarge')
  await board.vm.$nextTick()
  expect(shown()).toEqual([first, second])
})

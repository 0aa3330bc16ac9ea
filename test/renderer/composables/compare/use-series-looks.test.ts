// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import RegimeMark from '../../../../src/renderer/components/domain/RegimeMark.vue'
import { provideSeriesLooks } from '../../../../src/renderer/composables/compare/use-series-looks.ts'

const drawn = (html: string) => html.match(/ (d|stroke|fill)="[^"]*"/g)
const alone = (props: { regime: string; look: number | null }) => drawn(mount(RegimeMark, { props }).html())

test.each([
  { regime: 'joint', look: null },
  { regime: 'mine', look: 1 },
])('marks of series look like their regime where the curves do, else like their series: $regime', async (regime) => {
  const byRegime = ref<Map<string | null, number | null> | null>(null)
  const mark = { ...regime, look: 3 }
  const Screen = defineComponent({
    setup() {
      provideSeriesLooks(() => byRegime.value)
      return () => h(RegimeMark, mark)
    },
  })
  const screen = mount(Screen)
  expect(drawn(screen.html())).toEqual(alone(mark))
  byRegime.value = new Map([[regime.regime, regime.look]])
  await nextTick()
  expect(drawn(screen.html())).toEqual(alone(regime))
})

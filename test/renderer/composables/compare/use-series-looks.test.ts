// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import RegimeMark from '../../../../src/renderer/components/domain/RegimeMark.vue'
import { provideSeriesLooks } from '../../../../src/renderer/composables/compare/use-series-looks.ts'

const mark = { regime: 'joint', look: 3 }
const drawn = (html: string) => html.match(/ (d|stroke|fill)="[^"]*"/g)

test('marks of series look like their regime where the curves do, else like their series', async () => {
  const isByRegime = ref(false)
  const Screen = defineComponent({
    setup() {
      provideSeriesLooks(() => isByRegime.value)
      return () => h(RegimeMark, mark)
    },
  })
  const screen = mount(Screen)
  const [ofSeries, ofRegime] = [mark, { ...mark, look: null }].map((props) =>
    drawn(mount(RegimeMark, { props }).html()),
  )
  expect(ofSeries).not.toEqual(ofRegime)
  expect(drawn(screen.html())).toEqual(ofSeries)
  isByRegime.value = true
  await nextTick()
  expect(drawn(screen.html())).toEqual(ofRegime)
})

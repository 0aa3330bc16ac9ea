// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, onTestFinished, test, vi } from 'vitest'
import ExportedFigure from '../../../../src/renderer/components/domain/ExportedFigure.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

test('a figure is drawn again where it is another one, not where the same is named anew', async () => {
  const figure = vi.fn(async () => ({ name: 'figure.svg', bytes: new Blob(['<svg/>']) }))
  provideFakeHost({ exports: { figure: figure as never } })
  const of = (...runs: string[]) => ({ reading: 'mine', question: { runs } })
  const wrapper = mount(ExportedFigure, { props: { title: 'Mine', figure: of('a') } })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  await wrapper.setProps({ figure: of('a') })
  expect(figure).toHaveBeenCalledTimes(1)
  await wrapper.setProps({ figure: of('a', 'b') })
  expect(figure).toHaveBeenCalledTimes(2)
})

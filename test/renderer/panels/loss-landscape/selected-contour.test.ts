// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { lossScale } from '../../../../src/readings/analyses/loss-landscape/figure/scale.ts'
import { pixelOfPoint } from '../../../../src/renderer/panels/loss-landscape/panel-point.ts'
import SelectedContour from '../../../../src/renderer/panels/loss-landscape/SelectedContour.vue'
import { panelOf, paraboloid } from '../../../readings/analyses/loss-landscape/panels.ts'

it('cuts the slices at the point that is clicked, and nowhere beside the square', async () => {
  const panel = panelOf(paraboloid)
  const look = {
    camera: { azimuth: 0, elevation: 90, zoom: 1 },
    scale: lossScale(panel.values.flat(), { log: false, limit: null }),
    cuts: null,
  }
  const contour = mount(SelectedContour, {
    props: { panel, look, hovered: null, width: 298, height: 240, theme: 'light' },
    global: { stubs: { VectorPicture: true } },
  })
  const clickAt = (x: number, y: number) => contour.trigger('click', { clientX: x, clientY: y })
  await clickAt(1, 1)
  expect(contour.emitted('cut')).toBeUndefined()
  const { x, y } = pixelOfPoint(panel, { view: 'contour', look, width: 240, height: 240 }, [1, 3])!
  await clickAt(x, y)
  expect(contour.emitted('cut')).toEqual([[[1, 3]]])
})

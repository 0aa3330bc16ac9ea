// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { onSheet } from '../../../../../src/renderer/panels/loss-landscape/surface/picture-sheet.ts'
import { surfaceGeometry } from '../../../../../src/renderer/panels/loss-landscape/surface/surface-geometry.ts'
import { useSurfaceRenderer } from '../../../../../src/renderer/panels/loss-landscape/surface/use-surface-renderer.ts'
import { lossScale } from '../../../../../src/readings/analyses/loss-landscape/figure/scale.ts'
import { surfaceScene } from '../../../../../src/readings/analyses/loss-landscape/figure/surface-scene.ts'
import { panelOf, paraboloid } from '../../../../readings/analyses/loss-landscape/panels.ts'

const made = vi.hoisted(() => ({ alive: 0, lost: () => {}, fail: false }))
vi.mock('../../../../../src/renderer/panels/loss-landscape/surface/surface-renderer.ts', () => ({
  createSurfaceRenderer(lost: () => void) {
    if (made.fail) throw new Error('no context')
    made.alive++
    made.lost = lost
    return { load: vi.fn(), draw: vi.fn(), dispose: () => made.alive-- }
  },
}))

let webGl: object | null = {}
beforeEach(() => {
  Object.assign(made, { alive: 0, fail: false })
  webGl = { getExtension: () => null }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(() => webGl as never)
})
afterEach(() => vi.restoreAllMocks())

function visit() {
  const scope = effectScope()
  return { ...scope.run(() => useSurfaceRenderer())!, leave: () => scope.stop() }
}

describe('the renderer of surfaces', () => {
  it('exists once, however often the screen is visited', async () => {
    for (let time = 0; time < 10; time++) {
      const { renderer, leave } = visit()
      await flushPromises()
      expect(renderer.value).not.toBeNull()
      expect(made.alive).toBe(1)
      leave()
      expect(made.alive).toBe(0)
    }
  })

  it('is not created for a screen that was left before it was loaded', async () => {
    visit().leave()
    await flushPromises()
    expect(made.alive).toBe(0)
  })

  it('is missing without WebGL, with an unusable one, and once its context is lost', async () => {
    webGl = null
    expect(visit().missing.value).toBe(true)
    webGl = { getExtension: () => null }
    made.fail = true
    const unusable = visit()
    await flushPromises()
    expect([unusable.missing.value, unusable.renderer.value]).toEqual([true, null])
    made.fail = false
    const taken = visit()
    await flushPromises()
    made.lost()
    expect([taken.missing.value, taken.renderer.value, made.alive]).toEqual([true, null, 0])
  })
})

describe('a sheet of pictures', () => {
  it('holds all pictures without overlaps', () => {
    const sizes = [
      { width: 30, height: 20 },
      { width: 28, height: 25 },
      { width: 30, height: 20 },
    ]
    expect(onSheet(sizes)).toEqual({
      places: [
        { x: 0, y: 0 },
        { x: 30, y: 0 },
        { x: 0, y: 25 },
      ],
      width: 60,
      height: 50,
    })
    expect(onSheet([sizes[0]!])).toEqual({ places: [{ x: 0, y: 0 }], width: 30, height: 20 })
  })
})

describe('a surface for graphics hardware', () => {
  const bowl = panelOf(paraboloid, { points: 3 })
  const scale = lossScale(bowl.values.flat(), { log: false, limit: null })

  it('has two triangles and four edges a cell, and the pieces of both slices', () => {
    const { triangles, edges, cuts } = surfaceGeometry(surfaceScene(bowl, scale, { delta: 1, eta: 1 }))
    expect(triangles.positions).toHaveLength(4 * 6 * 3)
    expect(triangles.colours).toHaveLength(4 * 6 * 3)
    expect(edges.positions).toHaveLength(4 * 8 * 3)
    expect(cuts).toHaveLength(2 * 2 * 2 * 3)
    expect([...triangles.positions.slice(0, 2)]).toEqual([-1, -1])
  })

  it('has the colours of the scale, as they are', () => {
    const flat = panelOf(() => 4, { points: 3 })
    const { triangles } = surfaceGeometry(surfaceScene(flat, scale, null))
    // The last step of viridis, #fde725.
    expect([...triangles.colours.slice(0, 3)].map((channel) => Math.round(255 * channel))).toEqual([0xfd, 0xe7, 0x25])
  })
})

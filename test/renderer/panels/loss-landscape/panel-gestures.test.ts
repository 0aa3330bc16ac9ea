// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { usePanelGestures } from '../../../../src/renderer/panels/loss-landscape/use-panel-gestures.ts'

const targets = { select: vi.fn(), turn: vi.fn(), zoom: vi.fn(), point: vi.fn() }
const panel = document.createElement('button')
panel.setPointerCapture = vi.fn()

function gesturing({ turns = true, freeWheel = true } = {}) {
  const gestures = usePanelGestures({
    ...targets,
    turns: () => turns,
    freeWheel: () => freeWheel,
    dragging: ref(false),
  })
  return Object.assign(gestures, {
    at: (x: number, y: number) => ({ button: 0, clientX: x, clientY: y, pointerId: 1, currentTarget: panel }) as never,
  })
}
const key = (name: string, held = {}) => new KeyboardEvent('keydown', { key: name, cancelable: true, ...held })

beforeEach(() => vi.clearAllMocks())

describe('a panel of the landscape', () => {
  it('turns all surfaces by half a degree for each pixel, without being chosen', () => {
    const { pointerdown, pointermove, pointerup, click, at } = gesturing()
    pointerdown(at(100, 100))
    pointermove(at(110, 96))
    pointermove(at(112, 96))
    pointerup()
    click()
    expect(targets.turn.mock.calls).toEqual([[{ azimuth: -5, elevation: -2 }], [{ azimuth: -1, elevation: 0 }]])
    expect(targets.select).not.toHaveBeenCalled()
  })

  it('is chosen by a click, even if the pointer moves a little', () => {
    const { pointerdown, pointermove, pointerup, click, at } = gesturing()
    pointerdown(at(100, 100))
    pointermove(at(101, 101))
    pointerup()
    click()
    expect(targets.turn).not.toHaveBeenCalled()
    expect(targets.select).toHaveBeenCalledOnce()
  })

  it('tells where the pointer is while nothing is dragged', () => {
    const { pointermove, pointerleave, at } = gesturing()
    pointermove(at(12, 30))
    pointerleave()
    expect(targets.point.mock.calls).toEqual([[{ x: 12, y: 30 }], [null]])
  })

  it('zooms by the wheel, but lets it scroll where there is something to scroll', () => {
    const turned = () => new WheelEvent('wheel', { deltaY: -500, cancelable: true })
    const free = turned()
    gesturing().wheel(free)
    expect(targets.zoom).toHaveBeenCalledWith(Math.E)
    expect(free.defaultPrevented).toBe(true)
    const scrolling = turned()
    gesturing({ freeWheel: false }).wheel(scrolling)
    expect(scrolling.defaultPrevented).toBe(false)
    const pinch = Object.defineProperty(turned(), 'ctrlKey', { value: true })
    gesturing({ freeWheel: false }).wheel(pinch)
    expect(targets.zoom).toHaveBeenCalledTimes(2)
  })

  it('turns and zooms by keys, and leaves other keys alone', () => {
    const { keydown } = gesturing()
    const left = key('ArrowLeft')
    keydown(left)
    keydown(key('+'))
    expect(targets.turn).toHaveBeenCalledWith({ azimuth: 5, elevation: 0 })
    expect(targets.zoom).toHaveBeenCalledWith(1.15)
    expect(left.defaultPrevented).toBe(true)
    const others = [key('Enter'), key('ArrowLeft', { altKey: true }), key('-', { ctrlKey: true })]
    others.forEach(keydown)
    expect(others.some(({ defaultPrevented }) => defaultPrevented)).toBe(false)
  })

  it('has no camera in the view from above', () => {
    const { keydown, wheel, pointerdown, pointermove, at } = gesturing({ turns: false })
    keydown(key('ArrowUp'))
    wheel(new WheelEvent('wheel', { deltaY: 5 }))
    pointerdown(at(0, 0))
    pointermove(at(50, 0))
    expect(targets.turn).not.toHaveBeenCalled()
    expect(targets.zoom).not.toHaveBeenCalled()
    expect(targets.point).toHaveBeenCalledWith({ x: 50, y: 0 })
  })
})

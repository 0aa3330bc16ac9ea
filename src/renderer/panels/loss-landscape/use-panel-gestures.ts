import type { Ref } from 'vue'

interface GestureTargets {
  /** Whether there is a camera to turn. */
  turns: () => boolean
  freeWheel: () => boolean
  select: () => void
  turn: (degrees: { azimuth: number; elevation: number }) => void
  zoom: (factor: number) => void
  /** Pointer position in the panel; null: outside. */
  point: (pixel: { x: number; y: number } | null) => void
  dragging: Ref<boolean>
}

/** Pixels that the pointer must go before it drags. */
const smallestDrag = 4
const degreesOfPixel = 0.5
const degreesOfKey = 5
const zoomOfKey = 1.15
const arrows: Record<string, { azimuth: number; elevation: number }> = {
  ArrowLeft: { azimuth: degreesOfKey, elevation: 0 },
  ArrowRight: { azimuth: -degreesOfKey, elevation: 0 },
  ArrowUp: { azimuth: 0, elevation: degreesOfKey },
  ArrowDown: { azimuth: 0, elevation: -degreesOfKey },
}

/** Pointer, wheel and keyboard listeners of a panel, by event. */
export function usePanelGestures(targets: GestureTargets) {
  const { turns, freeWheel, select, turn, zoom, point, dragging } = targets
  let last: { x: number; y: number } | null = null

  function move({ clientX: x, clientY: y, currentTarget }: PointerEvent): void {
    const panel = currentTarget as HTMLElement
    if (last === null) {
      const { left, top } = panel.getBoundingClientRect()
      return point({ x: x - left - panel.clientLeft, y: y - top - panel.clientTop })
    }
    const [dx, dy] = [x - last.x, y - last.y]
    if (!dragging.value && Math.hypot(dx, dy) < smallestDrag) return
    if (!dragging.value) point(null)
    dragging.value = true
    last = { x, y }
    turn({ azimuth: -degreesOfPixel * dx, elevation: degreesOfPixel * dy })
  }

  return {
    pointerdown({ button, clientX, clientY, pointerId, currentTarget }: PointerEvent): void {
      if (button !== 0 || !turns()) return
      last = { x: clientX, y: clientY }
      ;(currentTarget as HTMLElement).setPointerCapture(pointerId)
    },
    pointermove: move,
    pointerup: () => void (last = null),
    pointercancel(): void {
      last = null
      dragging.value = false
    },
    pointerleave: () => point(null),
    /** Fires after the pointer is released; a drag is not a click. */
    click(): void {
      if (!dragging.value) select()
      dragging.value = false
    },
    wheel(event: WheelEvent): void {
      if (!turns() || !(freeWheel() || event.ctrlKey)) return
      event.preventDefault()
      zoom(Math.exp(-event.deltaY / 500))
    },
    keydown(event: KeyboardEvent): void {
      const arrow = arrows[event.key]
      const closer = { '+': zoomOfKey, '=': zoomOfKey, '-': 1 / zoomOfKey }[event.key]
      if (!turns() || event.ctrlKey || event.metaKey || event.altKey) return
      if (arrow !== undefined) turn(arrow)
      else if (closer !== undefined) zoom(closer)
      else return
      event.preventDefault()
    },
  }
}

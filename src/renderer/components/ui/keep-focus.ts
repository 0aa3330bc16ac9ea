import type { Directive } from 'vue'

const places = new WeakMap<HTMLElement, number>()

/**
 * `v-keep-focus`, on an element around controls that come and go: where the one that has the focus goes away or is disabled, the one
 * in its place gets it, or else the last one before it. Browsers give it to the page as a whole. Its value is called where the
 * element itself goes away with the focus.
 */
export const vKeepFocus: Directive<HTMLElement, (() => void) | undefined> = {
  beforeUpdate: (box) => void places.set(box, controlsIn(box).indexOf(document.activeElement as HTMLElement)),
  updated(box) {
    const place = places.get(box)!
    if (place === -1 || isTaken(box)) return
    const left = controlsIn(box)
    left[Math.min(place, left.length - 1)]?.focus()
  },
  beforeUnmount(box, { value: handOver }) {
    if (box.contains(document.activeElement)) handOver?.()
  },
}

function controlsIn(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')].filter(isUsable)
}

const isUsable = (control: Element) => !control.matches(':disabled')

/** Whether the control has the focus still, or something else has got it. */
function isTaken(box: HTMLElement): boolean {
  const active = document.activeElement
  if (active === null || active === document.body) return false
  return !box.contains(active) || isUsable(active)
}

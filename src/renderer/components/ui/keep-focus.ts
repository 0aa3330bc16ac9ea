import type { Directive } from 'vue'

const places = new WeakMap<HTMLElement, number>()

/**
 * `v-keep-focus`, on an element around controls that come and go. Where the one that has the focus goes away or is disabled, the one
 * in its place gets it, else the last one before it; where none is left, or the element itself goes away, what is around it: the
 * screen or dialog, or whatever its value gives it to. Browsers give it to the page as a whole.
 */
export const vKeepFocus: Directive<HTMLElement, (() => void) | undefined> = {
  beforeUpdate: (box) => void places.set(box, controlsIn(box).indexOf(document.activeElement as HTMLElement)),
  updated(box) {
    const place = places.get(box)!
    if (place === -1 || isTaken(box)) return
    const left = controlsIn(box)
    ;(left[place] ?? left.at(-1) ?? around(box))?.focus({ preventScroll: true })
  },
  beforeUnmount(box, { value: handOver }) {
    if (!box.contains(document.activeElement)) return
    if (handOver) handOver()
    else around(box)?.focus({ preventScroll: true })
  },
}

function controlsIn(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')].filter(isUsable)
}

const isUsable = (control: Element) => !control.matches(':disabled')
const around = (box: HTMLElement) => box.parentElement?.closest<HTMLElement>('[tabindex]')

/** Whether the control has the focus still, or something else has got it. */
function isTaken(box: HTMLElement): boolean {
  const active = document.activeElement
  if (active === null || active === document.body) return false
  return !box.contains(active) || isUsable(active)
}

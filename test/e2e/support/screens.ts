import type { Page } from 'playwright-core'

/** Opens an address of the workbench anew, and waits until everything on its screen is there. */
export async function visit(page: Page, address: string): Promise<void> {
  // Another place of the same page would show the screen before it for a while.
  await page.goto('about:blank')
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await untilStill(page)
}

/** Waits until nothing on a page is under way: nothing loads, nothing moves, and for a while nothing has changed. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(still)
}

/** Counted in frames, which a busy machine shows the slower. The types of a browser are not those of these tests. */
const still = `new Promise((resolve) => {
  let frames = 0
  const observer = new MutationObserver(() => (frames = 0))
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  const moves = ({ playState, effect }) => playState === 'running' && effect.getComputedTiming().endTime !== Infinity
  const look = () => {
    const busy = document.querySelector('[aria-busy="true"]') !== null || document.getAnimations().some(moves)
    frames = busy ? 0 : frames + 1
    if (frames <= 20) return requestAnimationFrame(look)
    observer.disconnect()
    resolve()
  }
  look()
})`

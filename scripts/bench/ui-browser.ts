import type { Browser, CDPSession, Page } from 'playwright-core'

/** In the page: `untilPainted(act, settled)` does something and gives the milliseconds until its outcome is on the screen. */
const helper = `window.untilPainted = async (act, settled = () => true) => {
  const start = performance.now()
  await act()
  while (!settled()) {
    if (performance.now() - start > 30000) throw new Error('nothing came of it within 30 s')
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return performance.now() - start
}`

/** A visitor who was never here. The window's policy against foreign scripts would keep the stopwatch out. */
export async function newVisitor(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true })
  await context.addInitScript(helper)
  return context.newPage()
}

/** Milliseconds from doing something to seeing what came of it; both are JavaScript of the page. */
export function timed(page: Page, act: string, settled = 'true'): Promise<number> {
  return page.evaluate(`untilPainted(() => { ${act} }, () => ${settled})`)
}

/** Milliseconds that the page's thread has worked so far, in the time that its metrics were enabled with. */
export async function workedMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value
}

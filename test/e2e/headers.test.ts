import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { experiment } from '../main/host/support.ts'
import { serveWeb } from '../main/host/api/web/support.ts'
import { builtPage } from './support/built-page.ts'
import { withoutChromium, withReason } from './support/chromium.ts'

/** The last is 1440 × 900 at twice the size. */
const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 900, height: 700 },
  { width: 720, height: 450 },
]

describe.skipIf(withoutChromium !== null)(withReason('the head of every screen', withoutChromium), () => {
  const { page, browser } = builtPage()

  it('has all its controls in sight, at every size', async () => {
    const { host, web } = await serveWeb({ page })
    const seeds = [1, 2, 3, 4]
    const { runs } = await host.client.experiments.create(experiment({ name: 'a name of more than 20 letters', seeds }))
    await host.idle()
    const context = await browser().newContext()
    onTestFinished(() => context.close())
    const window = await context.newPage()
    await window.goto(web.address)
    const viewers = ['/connectivity', '/landscape', '/representations'].map((path) => `${path}?seed=all`)
    const compare = '/compare?published=table-19/GE'
    for (const size of sizes) {
      await window.setViewportSize(size)
      for (const place of ['/runs', `/runs/${runs[0]!.id}`, '/new', compare, ...viewers, '/settings']) {
        await window.goto(new URL(`#${place}`, window.url()).href)
        await window.locator('main h1').waitFor()
        await window.locator('[aria-busy="true"]').first().waitFor({ state: 'hidden' })
        const hidden = () => hiddenControls(window)
        await expect
          .poll(hidden, { message: `${place} at ${size.width} × ${size.height}`, timeout: 10_000 })
          .toEqual([])
      }
    }
  }, 180_000)
})

/** Controls of the head, and of the bar below it, that are outside the main area or cut: all measured at one moment. */
function hiddenControls(window: Page): Promise<string[]> {
  const controls = window.locator('main :is(div:has(> h1), .bar) :is(button, select, label, a)')
  return controls.evaluateAll((elements) => {
    if (elements.length === 0) return []
    const main = elements[0]!.closest('main')!.getBoundingClientRect()
    const inside = ({ left, top, right, bottom, width }: typeof main) =>
      width > 0 && left >= main.left && top >= main.top && right <= main.right && bottom <= main.bottom
    return elements.filter((element) => !inside(element.getBoundingClientRect())).map((element) => element.outerHTML)
  })
}

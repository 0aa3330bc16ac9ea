import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { patienceMilliseconds } from '../../support/patience.ts'

export { untilStill, visit } from './screens.ts'

/** A page of a visitor of its own, with the window of a laptop. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', ...options })
  page.setDefaultTimeout(patienceMilliseconds)
  return page
}

import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { bringInterface } from '../../../scripts/setup/interface.mjs'
import { launchChromium } from './chromium.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The page as `npm start` shows it, built where it is stale, and a browser for the tests of a file, which is closed behind them. */
export function builtPage(): { page: string; browser(): Browser } {
  let browser: Browser
  beforeAll(async () => {
    await bringInterface(root)
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  return { page: `${root}out/renderer`, browser: () => browser }
}

import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll } from 'vitest'
import { launchChromium } from './chromium.ts'

const inProject = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** Builds the page for the tests of a file, in a folder of its own, and opens a browser for them, which is closed behind them. */
export function builtPage(name: string): { page: string; browser(): Browser } {
  const page = inProject(`out/e2e-${name}-page`)
  let browser: Browser
  beforeAll(async () => {
    await build({ configFile: inProject('vite.config.ts'), logLevel: 'error', build: { outDir: page } })
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  return { page, browser: () => browser }
}

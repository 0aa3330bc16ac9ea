import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { experiment } from '../host/support.ts'
import { serveWeb, type ServedWeb } from '../host/web/support.ts'
import { launchChromium, withoutChromium, withReason } from './support/chromium.ts'
import { seriousFindings } from './support/findings.ts'

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const page = fileURLToPath(new URL('../../out/e2e-page', import.meta.url))

describe.skipIf(withoutChromium !== null)(withReason('every screen', withoutChromium), () => {
  let browser: Browser

  beforeAll(async () => {
    await build({ configFile, logLevel: 'error', build: { outDir: page } })
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  /** The window of a host, signed in. */
  async function opened({ web }: ServedWeb, colorScheme: 'light' | 'dark'): Promise<Page> {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } })
    onTestFinished(() => context.close())
    const window = await context.newPage()
    await window.goto(web.address)
    await window.getByRole('heading', { level: 1 }).waitFor()
    return window
  }

  it.each(['light', 'dark'] as const)('is accessible with nothing on it, in %s', async (theme) => {
    const window = await opened(await serveWeb({ page }), theme)
    for (const place of ['/runs', '/new', '/compare', '/settings']) expect(await faults(window, place)).toEqual([])
  })

  it.each(['light', 'dark'] as const)('is accessible with trained runs, in %s', async (theme) => {
    const served = await serveWeb({ page })
    const { runs } = await served.host.client.experiments.create(experiment())
    await served.host.idle()
    const window = await opened(served, theme)
    for (const place of ['/runs', `/runs/${runs[0]!.id}`, '/compare']) expect(await faults(window, place)).toEqual([])
    for (const keys of ['Control+k', '?']) {
      await window.keyboard.press(keys)
      await window.getByRole('dialog').waitFor()
      expect(await faults(window)).toEqual([])
      await window.keyboard.press('Escape')
    }
  })
})

/** What keeps someone from using a screen, once nothing on it is under way. */
async function faults(window: Page, place?: string): Promise<string[]> {
  if (place !== undefined) await window.goto(new URL(`#${place}`, window.url()).href)
  await window.waitForTimeout(500)
  await window.locator('[aria-busy="true"]').first().waitFor({ state: 'hidden' })
  return (await seriousFindings(window)).map((finding) => `${place ?? 'dialog'}: ${finding}`)
}

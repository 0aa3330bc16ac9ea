import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bench, temporaryFolder } from '../main/host/support.ts'
import { serveWeb, type ServedWeb } from '../main/host/api/web/support.ts'
import { builtPage } from './support/built-page.ts'
import { withoutChromium, withReason } from './support/chromium.ts'
import { complaintsOf, seriousFindings } from './support/findings.ts'
import { openPage, visit } from './support/pages.ts'

/** A folder that has Fashion-MNIST, by the names of its files. */
function datasets(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'fashion-mnist'))
  for (const name of ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1']) {
    writeFileSync(join(folder, 'fashion-mnist', `${name}-ubyte`), '')
  }
  return folder
}

describe.skipIf(withoutChromium !== null)(withReason('the paper', withoutChromium), () => {
  const { page, browser } = builtPage()

  async function opened(): Promise<{ window: Page; served: ServedWeb; go: (place: string) => Promise<void> }> {
    const made = bench({ stepsPerEpoch: 1 })
    const environment = { EXITLAB_DATASETS: datasets() }
    const served = await serveWeb({ page }, { ...made, open: (options) => made.open({ ...options, environment }) })
    const window = await openPage(browser())
    onTestFinished(() => window.close())
    await window.goto(served.web.address)
    await window.getByRole('heading', { level: 1 }).waitFor()
    const go = (place: string) => visit(window, new URL(`#${place}`, window.url()).href)
    return { window, served, go }
  }
  const tile = (window: Page, name: string) =>
    window.getByRole('listitem').filter({ has: window.getByRole('checkbox', { name: `Select ${name}`, exact: true }) })

  it('is reached by its key, and trains a table from its tile to its end, live', async () => {
    const { window } = await opened()
    const complaints = complaintsOf(window)
    await window.keyboard.press('g')
    await window.keyboard.press('p')
    await window.getByRole('heading', { level: 1, name: 'Paper' }).waitFor()
    expect(await window.title()).toBe('Paper – Exitlab')
    await tile(window, 'Table 11').getByText('0 of 9 runs of 1 experiment').waitFor()
    await window.getByRole('checkbox', { name: 'Select Table 11', exact: true }).check()
    await window.getByRole('button', { name: 'Start 1 selected' }).click()
    await window.getByRole('alertdialog').getByRole('button', { name: 'Start 9 runs' }).click()
    await tile(window, 'Table 11').getByText('9 of 9 runs of 1 experiment').waitFor()
    await tile(window, 'Table 11').getByText('Done', { exact: true }).waitFor()
    await window.getByText('9 of 289', { exact: true }).waitFor()
    expect(complaints).toEqual([])
  })

  it('leads from a table to the comparison of its runs as the paper reads them', async () => {
    const { window, served, go } = await opened()
    await served.host.client.paper.start({ scale: 'desk', items: ['table-11'] })
    await served.host.idle()
    await go('/paper?item=table-11')
    await window.getByRole('complementary').getByRole('link', { name: 'Compare' }).click()
    await window.getByRole('heading', { level: 1, name: 'Compare' }).waitFor()
    expect(window.url()).toMatch(/thresholds=test/)
  })

  it('is accessible, and keeps every control in sight, in light and dark and narrow windows', async () => {
    const { window, go } = await opened()
    for (const place of ['/paper', '/paper?item=table-8', '/paper?scale=paper&item=figure-3', '/paper?tab=claims']) {
      await go(place)
      for (const size of [
        { width: 1440, height: 900 },
        { width: 900, height: 700 },
        { width: 720, height: 700 },
      ]) {
        await window.setViewportSize(size)
        expect(await window.evaluate<string[]>(outside), `${place} at ${size.width}`).toEqual([])
      }
      await window.setViewportSize({ width: 1440, height: 900 })
      expect(await seriousFindings(window), place).toEqual([])
    }
  })

  it('tests the claims on published values, and saves the report as a zip', async () => {
    const { window, go } = await opened()
    await go('/paper?tab=claims')
    await window
      .getByText(/^own runs: \d+ without values$/)
      .first()
      .waitFor()
    const downloading = window.waitForEvent('download')
    await window.getByRole('button', { name: 'Report', exact: true }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('exitlab-paper-desk.zip')
    const names = Object.keys(unzipSync(readFileSync(await download.path())))
    expect(names).toEqual(
      expect.arrayContaining(['report.tex', 'report.html', 'report.json'].map((name) => `exitlab-paper-desk/${name}`)),
    )
  })

  it('moves between items by keys, and back to the list', async () => {
    const { window, go } = await opened()
    await go('/paper')
    await window.getByRole('button', { name: /^Table 8: / }).press('Enter')
    await window.getByRole('heading', { level: 2, name: /^Table 8: / }).waitFor()
    await window.keyboard.press(']')
    await window.getByRole('heading', { level: 2, name: /^Table 9: / }).waitFor()
    await window.keyboard.press('Escape')
    await expect
      .poll(() => window.evaluate<string>('document.activeElement?.getAttribute("data-item") ?? ""'))
      .toBe('table-9')
  })
})

/** Names of the buttons of the page that reach beyond its sides. */
const outside = `[...document.querySelectorAll('main :is(button, a, input)')].flatMap((control) => {
  const { left, right, width } = control.getBoundingClientRect()
  const isShown = width > 1 && getComputedStyle(control).visibility === 'visible'
  return isShown && (left < 0 || right > innerWidth) ? [control.textContent || control.ariaLabel || control.id] : []
})`

import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { experiment } from '../main/host/support.ts'
import { serveWeb } from '../main/host/api/web/support.ts'
import { builtPage } from './support/built-page.ts'
import { cutTexts } from './support/cut-text.ts'
import { untilStill } from './support/pages.ts'
import { withoutChromium, withReason } from './support/chromium.ts'

describe.skipIf(withoutChromium !== null)(withReason('the list of runs', withoutChromium), () => {
  const { page, browser } = builtPage()

  /** The list of runs that are done, in a window of its own. */
  async function opened(changes: Parameters<typeof experiment>[0] = {}): Promise<Page> {
    const { web, host } = await serveWeb({ page })
    await host.client.experiments.create(experiment(changes))
    await host.idle()
    const context = await browser().newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    onTestFinished(() => context.close())
    const window = await context.newPage()
    await window.goto(web.address)
    await window.getByRole('treegrid', { name: 'Runs' }).waitFor()
    return window
  }

  it('keeps every button for the selected runs in sight, with and without details', async () => {
    const window = await opened()
    await window
      .getByRole('checkbox', { name: /^Select .*-s1$/ })
      .first()
      .click()
    for (const size of [
      { width: 1440, height: 900 },
      { width: 900, height: 700 },
      { width: 720, height: 450 },
    ]) {
      await window.setViewportSize(size)
      for (let press = 0; press < 2; press++) {
        await window.keyboard.press('d')
        expect(await window.evaluate<string[]>(covered), JSON.stringify(size)).toEqual([])
      }
    }
  })

  it('has room for its usual columns beside the details at 1440 pixels, with a scroll bar at its side', async () => {
    const window = await opened()
    await window.setViewportSize({ width: 1440, height: 900 })
    await window.getByRole('button', { name: 'Hide the details' }).waitFor()
    const room = await window.evaluate<{ overflow: number; spare: number }>(roomOfRuns)
    expect(room.overflow).toBe(0)
    // A scroll bar is 15 pixels wide on Windows and Linux, and covers nothing elsewhere.
    expect(room.spare).toBeGreaterThanOrEqual(15)
  })

  it('cuts no number and nothing without a mark, with a sweep, a long name and settings as columns', async () => {
    const sweep = { 'training.learningRate': [0.002, 0.01], 'training.batchSize': [8, 16] }
    const window = await opened({ sweep, regimes: ['joint', 'mixed-gradual'], seeds: [12, 20_260_101] })
    const texts = async () => {
      const found: string[] = []
      for (const width of [1440, 900]) {
        await window.setViewportSize({ width, height: 900 })
        await untilStill(window)
        found.push(...(await cutTexts(window)))
      }
      return found
    }
    expect(await texts()).toEqual([])
    await window.getByRole('button', { name: 'Columns' }).click()
    for (const name of ['Seed', 'Learning rate', 'Batch size'])
      await window.getByRole('option', { name }).first().click()
    await window.keyboard.press('Escape')
    expect(await texts()).toEqual([])
  })

  it('keeps messages off the buttons for the selected runs', async () => {
    const window = await opened()
    await window
      .getByRole('checkbox', { name: /^Select .*-s1$/ })
      .first()
      .click()
    await window.getByRole('button', { name: 'Export runs' }).click()
    await window.getByRole('menuitem', { name: /^Copy table/ }).click()
    // It stays while it is pointed at.
    await window.getByText('Table copied').hover()
    for (const width of [1440, 900]) {
      await window.setViewportSize({ width, height: 700 })
      expect(await window.evaluate<string[]>(covered), `${width} pixels`).toEqual([])
    }
    expect(await window.getByText('Table copied').isVisible()).toBe(true)
  })

  it('shows in one tab what is changed in another', async () => {
    const window = await opened()
    const other = await window.context().newPage()
    await other.goto(window.url())
    for (const tab of [window, other]) await tab.getByRole('treegrid', { name: 'Runs' }).waitFor()
    await other.bringToFront()
    await other.getByRole('treegrid', { name: 'Runs' }).focus()
    await other.keyboard.press('t')
    await other.getByLabel('New tag').fill('paper')
    await other.getByRole('button', { name: 'Add' }).click()
    await window
      .getByRole('navigation', { name: 'Filters' })
      .getByRole('button', { name: /^paper/ })
      .waitFor()
  })

  it('copies its table with tabs for a spreadsheet, and as HTML', async () => {
    const window = await opened()
    await window.getByRole('button', { name: 'Export runs' }).click()
    await window.getByRole('menuitem', { name: /^Copy table/ }).click()
    await window.getByText('Table copied').waitFor()
    const plain = await window.evaluate<string>(`navigator.clipboard.readText()`)
    const html = await window.evaluate<string>(
      `navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())`,
    )
    const [header, ...rows] = plain.trimEnd().split('\n')
    expect(header).toMatch(/^id\tname\texperiment\t/)
    expect(new Set([header!, ...rows].map((line) => line.split('\t').length)).size).toBe(1)
    expect(html.match(/<tr>/g)).toHaveLength(rows.length + 1)
  })
})

/** Names of the buttons in the selection bar that cannot be clicked where they are: out of sight, or under something else. */
const covered = `[...document.querySelectorAll('[role=toolbar] button')]
  .filter((button) => button.checkVisibility())
  .filter((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect()
    return [left + 2, right - 2].some((x) => !button.contains(document.elementFromPoint(x, (top + bottom) / 2)))
  })
  .map((button) => button.ariaLabel ?? button.textContent.trim())`

/** Pixels by which the table of runs is wider than its box, and by which the box is wider than the least width of its columns. */
const roomOfRuns = `(({ scrollWidth, clientWidth, firstElementChild }) => ({
  overflow: scrollWidth - clientWidth,
  spare: clientWidth - parseFloat(getComputedStyle(firstElementChild).minWidth),
}))(document.querySelector('[role=treegrid][aria-label=Runs]'))`

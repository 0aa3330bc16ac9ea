import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BudgetsAnswer } from '../../src/readings/budgets/schema.ts'
import { launchChromium, withoutChromium, withReason } from './support/chromium.ts'
import { complaintsOf } from './support/findings.ts'
import { openPage } from './support/pages.ts'
import { serve, type Serving } from './support/serve-process.ts'

const runner = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url))
/** The quick start trains for a minute and a half on two idle cores; on a busy machine many times as long. */
const trainingMilliseconds = 1_800_000

/** A newcomer's first five minutes, with a real host, a real trainer and real images; each step goes on from the one before. */
describe.skipIf(withoutChromium !== null)(withReason('the workbench in a browser', withoutChromium), () => {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-e2e-'))
  const workspace = join(folder, 'workspace')
  let host: Serving
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    host = await serve(workspace)
    browser = await launchChromium()
    page = await openPage(browser)
    complaints = complaintsOf(page)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.end()
    rmSync(folder, { recursive: true, force: true })
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true }).first()
  /** Phase and epoch of the run on its page. */
  const facts = () => page.getByText(/^seed 1 · phase/).textContent()
  const status = (name: string) => page.getByRole('main').getByText(name, { exact: true }).first()

  it('offers the quick start in an empty workspace, and keeps the token out of the address', async () => {
    await page.goto(host.address)
    await page.getByRole('button', { name: 'Run the quick start' }).waitFor()
    expect(page.url()).not.toContain('token')
  })

  it('shows the training live after one click', async () => {
    await page.getByRole('button', { name: 'Run the quick start' }).click()
    await page.getByRole('heading', { level: 1, name: 'quickstart-disjoint-s1' }).waitFor()
    await status('Running').waitFor()
    await page
      .getByText(/epoch [1-8]\b/)
      .first()
      .waitFor()
  })

  it('pauses a run and lets it go on', async () => {
    await button('Pause').click()
    await status('Paused').waitFor()
    await page.getByText(/continues to train for run/).waitFor()
    await button('Resume').click()
    await page.getByText(/^This run is waiting for phase/).waitFor()
    await status('Waiting').waitFor()
  })

  it('pauses everything, so that no epoch is completed until everything is resumed', async () => {
    await page.keyboard.press('Shift+P')
    await button('Resume all').waitFor()
    await page.getByRole('contentinfo').getByText('3 paused', { exact: true }).first().waitFor()
    const before = await facts()
    await page.reload()
    await status('Paused').waitFor()
    expect(await facts()).toBe(before)
    await button('Resume all').click()
    await button('Pause all').waitFor()
    await status('Running').waitFor()
  })

  it('reports that a killed host is gone, and reconnects once it is back', async () => {
    await host.kill()
    await page.getByText(/^Connection to the host lost/).waitFor()
    host = await serve(workspace, { port: host.port })
    await page.getByText(/^Connection to the host lost/).waitFor({ state: 'detached' })
    await status('Running').waitFor()
  })

  it(
    'trains all three regimes to their end',
    async () => {
      await page.goto(`http://127.0.0.1:${host.port}/#/runs`)
      await page.getByRole('row', { name: /Done/ }).nth(2).waitFor({ timeout: trainingMilliseconds })
    },
    trainingMilliseconds,
  )

  it('compares them as the command line does', async () => {
    await page.getByRole('link', { name: 'Compare' }).click()
    const table = page.getByRole('table', { name: /within inference budgets/ }).first()
    await table.waitFor()
    const { rows } = JSON.parse(commandLine('compare', '--json')) as BudgetsAnswer
    for (const { regime, cells } of rows) {
      const shown = await table.getByRole('row', { name: new RegExp(`^${regime!}`) }).innerText()
      expect(shown).toContain(cells[0]!.mean.toFixed(2))
    }
  })

  it('shows the effect of a threshold', async () => {
    const threshold = page.getByRole('slider', { name: 'Threshold' })
    const figures = page.getByRole('region', { name: 'What if' })
    const before = await figures.innerText()
    await threshold.focus()
    for (let press = 0; press < 20; press++) await page.keyboard.press('ArrowLeft')
    await expect.poll(() => figures.innerText()).not.toBe(before)
  })

  it('saves the budget table as LaTeX and CSV, the same bytes as the command line', async () => {
    for (const [choice, format] of [
      ['LaTeX', 'latex'],
      ['CSV, long', 'csv'],
      ['CSV, wide', 'csv-wide'],
    ] as const) {
      const saved = await savedFrom(/^Export test accuracy within a budget/i, choice)
      expect(saved.toString('utf8')).toBe(commandLine('compare', '--format', format))
    }
  })

  it('saves the curve as SVG, PDF and PNG, the same bytes as the command line', async () => {
    for (const format of ['SVG', 'PDF', 'PNG']) {
      const file = join(folder, `curve.${format.toLowerCase()}`)
      commandLine('compare', '--figure', file)
      const saved = await savedFrom(/^Export accuracy against cost/i, format)
      expect(saved.equals(readFileSync(file)), format).toBe(true)
    }
  })

  it('reported no error in the browser’s console', () => expect(complaints).toEqual([]))

  it('ends in good order when asked to', async () => expect(await host.end()).toBe(0))

  async function savedFrom(menu: RegExp, choice: string): Promise<Buffer> {
    await page.getByRole('button', { name: menu }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: new RegExp(`^${choice}`) }).click()
    return readFileSync(await (await (downloading as Promise<Download>)).path())
  }

  function commandLine(...args: string[]): string {
    return execFileSync(process.execPath, [runner, 'exitlab', ...args, '--workspace', workspace], { encoding: 'utf8' })
  }
})

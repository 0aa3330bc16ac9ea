import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison } from '../../src/shared/evaluation.ts'
import { launchChromium, withoutChromium, withReason } from './support/chromium.ts'
import { complaintsOf, seriousFindings } from './support/findings.ts'
import { serve, type Serving } from './support/serve-process.ts'

const runner = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url))
/** The quick start trains for a minute and a half on two idle cores. */
const trainingMilliseconds = 480_000

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
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
    complaints = complaintsOf(page)
  }, 240_000)

  afterAll(async () => {
    await browser?.close()
    await host?.end()
    rmSync(folder, { recursive: true, force: true })
  })

  const status = (name: string) => page.getByRole('main').getByText(name, { exact: true }).first()

  it('offers the quick start in an empty workspace, and keeps the token out of the address', async () => {
    await page.goto(host.address)
    await page.getByRole('button', { name: 'Run the quick start' }).waitFor()
    expect(page.url()).not.toContain('token')
  })

  it('shows the training live after one click', async () => {
    await page.getByRole('button', { name: 'Run the quick start' }).click()
    await page.getByRole('heading', { level: 1, name: 'quickstart-disjoint-s1' }).waitFor()
    await status('Running').waitFor({ timeout: 60_000 })
    await page
      .getByText(/epoch [1-8]\b/)
      .first()
      .waitFor({ timeout: 120_000 })
  }, 180_000)

  it('pauses a run and lets it go on', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await status('Paused').waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 30_000 })
  }, 90_000)

  it('says that a killed host is gone, and goes on by itself once it is back', async () => {
    await host.kill()
    await page.getByText(/^The host was lost/).waitFor({ timeout: 30_000 })
    host = await serve(workspace, { port: host.port })
    await page.getByText(/^The host was lost/).waitFor({ state: 'detached', timeout: 60_000 })
    await status('Running').waitFor({ timeout: 90_000 })
  }, 240_000)

  it(
    'trains all three regimes to their end',
    async () => {
      await page.goto(`http://127.0.0.1:${host.port}/#/runs`)
      await page
        .getByText(/3 runs.*all done/)
        .first()
        .waitFor({ timeout: trainingMilliseconds })
    },
    trainingMilliseconds,
  )

  it('compares them as the command line does', async () => {
    await page.getByRole('link', { name: 'Compare' }).click()
    const table = page.getByRole('table', { name: /budget/i })
    await table.waitFor()
    const { rows } = JSON.parse(commandLine('compare', '--json')) as Comparison
    for (const { regime, cells } of rows) {
      const shown = await table.getByRole('row', { name: regime }).first().innerText()
      expect(shown).toContain(cells[0]!.mean.toFixed(2))
    }
  })

  it('answers what a threshold would do', async () => {
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
      const saved = await savedFrom(/^Export accuracy within budgets/i, choice)
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

  it('can be used by everyone on every screen, in light and dark', async () => {
    const run = (JSON.parse(commandLine('list', '--json')) as { id: string }[])[0]!
    const screens = ['/runs', `/runs/${run.id}`, '/new', '/compare', '/settings']
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const screen of screens) {
        await page.goto(`http://127.0.0.1:${host.port}/#${screen}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        // What is shown for a moment, while the screen or the theme changes, nobody reads.
        const findings = () => seriousFindings(page)
        await expect.poll(findings, { message: `${screen}, ${colorScheme}`, timeout: 8_000, interval: 500 }).toEqual([])
      }
    }
  }, 120_000)

  it('complained of nothing on the way', () => expect(complaints).toEqual([]))

  it('ends by itself when asked to', async () => expect(await host.end()).toBe(0), 30_000)

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

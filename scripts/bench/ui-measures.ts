import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { columnOf } from '../../src/renderer/components/runs/table/columns.ts'
import { newVisitor, timed, workedMs } from './ui-browser.ts'
import { serveStill, startServing } from './ui-hosts.ts'

export interface Bench {
  browser: Browser
  rounds: number
  /** Folder that the page was built into. */
  page: string
  /** Reports milliseconds, one for each round. null: nothing is asked of it. */
  report(measure: string, targetMs: number | null, rounds: readonly number[]): void
}

export const rounds = async (count: number, measure: (round: number) => Promise<number>): Promise<number[]> => {
  const all: number[] = []
  for (let round = 0; round < count; round++) all.push(await measure(round))
  return all
}

/** From the start of `exitlab serve` to a window that can be used, on an empty workspace; the browser runs already. */
export async function measureStart({ browser, rounds: count, report }: Bench): Promise<void> {
  const starts = await rounds(count, async () => {
    const workspace = mkdtempSync(join(tmpdir(), 'exitlab-bench-'))
    const began = performance.now()
    const { address, process } = await startServing(workspace)
    const page = await newVisitor(browser)
    await page.goto(address)
    await page.getByRole('button', { name: 'Run the quick start' }).waitFor()
    const ms = performance.now() - began
    await page.context().close()
    process.kill('SIGTERM')
    await once(process, 'close')
    rmSync(workspace, { recursive: true })
    return ms
  })
  report('usable after start', 2000, starts)
}

export const rowsShown = `document.querySelectorAll('[role=treegrid] [data-index]').length > 20`
export const elsewhere = `location.hash = '#/settings'`
const counted = (what: string) =>
  `document.querySelector('[role=search] [role=status]')?.textContent.startsWith('${what}')`

/** The table of 10,000 runs: listed, sorted, filtered, and kept up to date. */
export async function measureRuns(bench: Bench, workspace: string): Promise<void> {
  const host = await serveStill(workspace, bench.page)
  const page = await newVisitor(bench.browser)
  await page.goto(host.address)
  await page.waitForFunction(rowsShown)

  const list = async () => {
    await page.evaluate(elsewhere)
    await page.waitForFunction(`!document.querySelector('[role=treegrid]')`)
    return timed(page, `location.hash = '#/runs'`, rowsShown)
  }
  bench.report('10,000 runs listed', 300, await rounds(bench.rounds, list))
  const reload = async () => {
    await page.reload()
    await page.waitForFunction(rowsShown)
    return page.evaluate('performance.now()') as Promise<number>
  }
  bench.report('10,000 runs fetched and listed, with the whole page', null, await rounds(bench.rounds, reload))
  for (const column of (['validation', 'name', 'regime'] as const).map((id) => columnOf(id).title)) {
    bench.report(`10,000 runs sorted: ${column}`, 100, await rounds(bench.rounds, () => sort(page, column)))
  }
  for (const query of ['regime:mixed val>70', 'status:queued', '-tag:paper seed:<50']) {
    bench.report(`10,000 runs filtered: ${query}`, 100, await rounds(bench.rounds, () => filter(page, query)))
  }
  const live = () => deltas(page, (run) => host.client.runs.note(run))
  bench.report('a live delta among 10,000 runs', 16, await live())
  await sort(page, columnOf('name').title)
  bench.report('a live delta among 10,000 runs, sorted by name', 16, await live())
  await page.context().close()
  await host.close()
}

function sort(page: Page, column: string): Promise<number> {
  const header = `[...document.querySelectorAll('[role=columnheader] button')].find((button) => button.textContent.trim() === '${column}')`
  return timed(page, `${header}.click()`)
}

async function filter(page: Page, query: string): Promise<number> {
  const type = (text: string) =>
    `const field = document.querySelector('[role=combobox]'); field.value = ${JSON.stringify(text)}; field.dispatchEvent(new Event('input', { bubbles: true }))`
  const ms = await timed(page, type(`${query} `), `!${counted('10,000 runs')}`)
  await page.getByRole('button', { name: 'Clear the query' }).click()
  await page.waitForFunction(`!document.querySelector('[aria-label^=Remove]')`)
  return ms
}

/** Work of the page's thread for each change of a run, beyond what it does without any. */
async function deltas(
  page: Page,
  change: (note: { run: string; note: string }) => Promise<unknown>,
): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  // Of the processor: other programs on the machine disturb it less.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const run: string = await page.evaluate(
    `decodeURIComponent(document.querySelector('[role=treegrid] [data-index] a').hash.split('/').at(-1))`,
  )
  const changes = 20
  const during = async (act: (round: number) => Promise<unknown>) => {
    const before = await workedMs(session)
    for (let round = 0; round < changes; round++) {
      await act(round)
      await wait(100)
    }
    return (await workedMs(session)) - before
  }
  const all = await rounds(3, async () => {
    const idle = await during(async () => {})
    const busy = await during((round) => change({ run, note: `note ${round} of ${Date.now()}` }))
    return (busy - idle) / changes
  })
  await change({ run, note: '' })
  return all
}

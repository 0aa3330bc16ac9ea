import type { Page } from 'playwright-core'
import { openStore } from '../../src/main/store/open.ts'
import { newVisitor, timed } from './ui-browser.ts'
import { serveStill, type ServedHost } from './ui-hosts.ts'
import { elsewhere, rounds, rowsShown, type Bench } from './ui-measures.ts'

const table = `document.querySelector('main [aria-label*="within a budget"] table')`
const compared = `document.querySelectorAll('main [role=img] path').length > 10 && /±/.test(${table}?.textContent)`

/** 50 runs of 10,000 epochs, evaluated on 10,000 images, side by side; and what other thresholds would do. */
export async function measureCompare(bench: Bench, workspace: string): Promise<void> {
  forgetSummaries(workspace)
  const served = await serveStill(workspace, bench.page)
  const runs = (await served.client.runs.list({})).map(({ id }) => id)
  const curves = async () => {
    const began = performance.now()
    const { values } = await served.client.runs.curves({ runs })
    await values.arrayBuffer()
    return performance.now() - began
  }
  const [firstCurves, ...laterCurves] = await rounds(bench.rounds + 1, curves)
  bench.report('curves of 50 runs × 10,000 epochs, read for the first time', null, [firstCurves!])
  bench.report('curves of 50 runs × 10,000 epochs', 500, laterCurves)

  const page = await opened(bench, served)
  const experiments = await experimentsOf(served)
  await measureComparison(bench, { page, what: '50 runs × 10,000 images compared', experiments })
  bench.report('what-if answer', 100, await rounds(bench.rounds, (round) => whatIf(page, 0.9 - 0.05 * round)))
  await page.context().close()
  await served.close()
}

/** 3 regimes with 3 seeds each on 100 classes, and 2,100 runs; then by a second host, which reads no evaluation again. */
export async function measureSeeds(bench: Bench, workspace: string): Promise<void> {
  forgetSummaries(workspace)
  for (const by of ['', ' by the next host']) {
    const served = await serveStill(workspace, bench.page)
    const page = await opened(bench, served)
    const [few, many] = await experimentsOf(served)
    const nine = `3 regimes × 3 seeds × 10,000 images of 100 classes compared${by}`
    await measureComparison(bench, { page, what: nine, experiments: [few!] })
    await measureComparison(bench, { page, what: `2,100 runs compared${by}`, experiments: [many!] })
    await page.context().close()
    await served.close()
  }
}

/** A sweep of 60 series with 5 seeds each. */
export async function measureSweep(bench: Bench, workspace: string): Promise<void> {
  forgetSummaries(workspace)
  const served = await serveStill(workspace, bench.page)
  const page = await opened(bench, served)
  await measureComparison(bench, {
    page,
    what: '60 series × 5 seeds compared',
    experiments: await experimentsOf(served),
  })
  await page.context().close()
  await served.close()
}

/** As if no evaluation had ever been read. */
function forgetSummaries(workspace: string): void {
  const store = openStore(workspace)
  const last = store.summaries.all().map(({ phases }) => phases.at(-1)!.id)
  // Summaries go with the row that is replaced.
  store.transaction(() => new Set(last).forEach((id) => store.evaluations.put(store.evaluations.get(id)!)))
  store.close()
}

async function opened({ browser }: Bench, { address }: ServedHost): Promise<Page> {
  const page = await newVisitor(browser)
  await page.goto(address)
  await page.waitForFunction(rowsShown)
  return page
}

async function experimentsOf({ client }: ServedHost): Promise<string[]> {
  return [...new Set((await client.runs.list({})).map(({ experimentId }) => experimentId))]
}

interface Compared {
  page: Page
  what: string
  experiments: readonly string[]
}

/** From asking for a comparison to its table and its curves. */
async function measureComparison(bench: Bench, { page, what, experiments }: Compared): Promise<void> {
  const compare = async () => {
    await page.evaluate(elsewhere)
    await page.waitForFunction(`!${table}`)
    return timed(page, `location.hash = '#/compare?runs=${experiments.join(',')}'`, compared)
  }
  const [first, ...later] = await rounds(bench.rounds + 1, compare)
  bench.report(`${what}, for the first time`, null, [first!])
  bench.report(what, 500, later)
}

const slider = `document.querySelector('main input[type=range], main [role=slider]')`
const figures = `document.querySelector('main dl.figures')?.textContent`

/** Another threshold, to the figures that follow from it. */
async function whatIf(page: Page, threshold: number): Promise<number> {
  await page.waitForFunction(`${slider} !== null && ${figures} !== undefined`)
  await page.evaluate(`window.figures = ${figures}`)
  const told = `${slider}.dispatchEvent(new Event('input', { bubbles: true }))`
  return timed(page, `${slider}.value = ${threshold}; ${told}`, `${figures} !== window.figures`)
}

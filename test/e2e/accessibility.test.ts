import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { experiment, until } from '../main/host/support.ts'
import { searched } from '../main/host/search/searched.ts'
import { onnxPath } from '../support/onnx-fixtures.ts'
import { serveWeb, type ServedWeb } from '../main/host/api/web/support.ts'
import { builtPage } from './support/built-page.ts'
import { withoutChromium, withReason } from './support/chromium.ts'
import { cutTexts } from './support/cut-text.ts'
import { seriousFindings } from './support/findings.ts'
import { openPage, untilStill, visit } from './support/pages.ts'

/** Of the analyses. */
const viewers = ['/connectivity', '/landscape', '/representations']

describe.skipIf(withoutChromium !== null)(withReason('every screen', withoutChromium), () => {
  const { page, browser } = builtPage()

  /** The window of a host, signed in. */
  async function opened({ web }: ServedWeb): Promise<Page> {
    const window = await openPage(browser())
    onTestFinished(() => window.close())
    await window.goto(web.address)
    await window.getByRole('heading', { level: 1 }).waitFor()
    return window
  }

  it('is accessible and cuts no text unseen, with nothing on it', async () => {
    const window = await opened(await serveWeb({ page }))
    const places = ['/runs', '/new', '/compare', ...viewers, '/paper', '/settings']
    for (const place of places) expect(await faults(window, place)).toEqual([])
  })

  it('is accessible and cuts no text unseen, with a network from a file and an own regime in the form', async () => {
    const window = await opened(await serveWeb({ page }))
    await visit(window, new URL('#/new', window.url()).href)
    await window.getByLabel('Network', { exact: true }).selectOption({ label: 'Network of your own' })
    const file = window.getByLabel('ONNX file of the network')
    await file.fill(onnxPath('convnext'))
    await file.blur()
    await window.getByRole('button', { name: '1.0', exact: true }).click()
    await window.getByRole('button', { name: 'Phases of mixed:' }).click()
    await window.getByRole('button', { name: 'Copy as own regime' }).click()
    await window.getByLabel('Phase 2', { exact: true }).waitFor()
    expect(await faults(window)).toEqual([])
    await file.fill(onnxPath('convnext').replace('.onnx', '.safetensors'))
    await file.blur()
    await window.getByRole('heading', { name: 'This file cannot be used' }).waitFor()
    expect(await faults(window)).toEqual([])
  })

  it('is accessible and cuts no text unseen, with trained runs', async () => {
    const served = await serveWeb({ page })
    const { runs } = await served.host.client.experiments.create(experiment())
    await served.host.idle()
    await analysed(
      served,
      runs.map(({ id }) => id),
    )
    const window = await opened(served)
    const places = ['/runs', `/runs/${runs[0]!.id}`, '/compare', ...viewers]
    for (const place of places) expect(await faults(window, place)).toEqual([])
    for (const keys of ['Control+k', '?']) {
      await window.keyboard.press(keys)
      await window.getByRole('dialog').waitFor()
      expect(await faults(window)).toEqual([])
      await window.keyboard.press('Escape')
    }
  })

  it('is accessible and cuts no text unseen, with a sweep, its report, a path of a sample, and a search', async () => {
    const served = await serveWeb({ page })
    const { client } = served.host
    const sweep = { 'training.learningRate': [0.001, 0.01], 'network.head': ['pooled', 'conv'] }
    const { id } = await client.experiments.create(experiment({ seeds: [1, 2, 3], regimes: ['joint', 'mixed'], sweep }))
    const { search } = await client.searches.start({ ...searched(), source: null })
    await until(async () => (await client.searches.show({ search })).status === 'done')
    await served.host.idle()
    const window = await opened(served)
    const compared = `/compare?runs=${id}`
    for (const place of [compared, `${compared}&tab=sweep`, `${compared}&tab=report`, `${compared}&tab=samples`])
      expect(await faults(window, place)).toEqual([])
    expect(await faults(window, `${compared}&tab=samples&sample=0`)).toEqual([])
    await window.getByRole('heading', { name: 'Validation sample 0' }).waitFor()
    await window.keyboard.press('Enter')
    await window.getByRole('dialog').waitFor()
    expect(await faults(window)).toEqual([])
    await window.keyboard.press('Escape')
    for (const place of ['/searches', `/searches/${search}`]) expect(await faults(window, place)).toEqual([])
  })
})

const sizes = [
  { width: 900, height: 700 },
  { width: 1440, height: 900 },
]

/** Has every viewer something to show. */
async function analysed({ host: { client } }: ServedWeb, runs: string[]): Promise<void> {
  const kinds = (await client.analyses.kinds()).map(({ kind }) => kind)
  for (const kind of kinds) await client.analyses.ask({ kind, runs })
  await until(async () => (await client.analyses.list({})).every(({ status }) => status === 'done'))
}

/** What keeps someone from using a screen, in light and in dark, and from reading it in windows of two sizes, once nothing on it is under way. */
async function faults(window: Page, place?: string): Promise<string[]> {
  if (place !== undefined) await visit(window, new URL(`#${place}`, window.url()).href)
  const found = (await seriousFindings(window)).map((finding) => `${place ?? 'dialog'}: ${finding}`)
  for (const size of sizes) {
    await window.setViewportSize(size)
    await untilStill(window)
    found.push(...(await cutTexts(window)).map((text) => `${place ?? 'dialog'}, ${size.width} pixels wide: ${text}`))
  }
  return found
}

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunSummary } from '../../src/shared/runs/runs.ts'
import { launchChromium, withoutChromium, withReason } from './support/chromium.ts'
import { complaintsOf } from './support/findings.ts'
import { openPage } from './support/pages.ts'
import { serve, type Serving } from './support/serve-process.ts'

const runner = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url))

/** Small, but trained: two regimes of one start, an epoch each. */
const experiment = `
name: tiny
data: { source: fashion-mnist, limit: { train: 1000 }, augmentation: none }
network: { family: resnet, blockCounts: [1, 1, 1], widths: [4, 8, 8], exits: [0, 1] }
regimes: [joint, separate]
seeds: [1]
training: { epochs: 1 }
`

/** Few of everything, in the address as on the command line. */
const path = { points: 5, images: 100, statisticsImages: 100 }
const grid = { points: 17, images: 100 }
const rank = { samples: 200, features: 64 }
const information = { samples: 100, references: 200 }

/** Why two real runs differ, asked of the page and of the command line. */
describe.skipIf(withoutChromium !== null)(withReason('the analyses in a browser', withoutChromium), () => {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-analyses-'))
  const workspace = join(folder, 'workspace')
  let host: Serving
  let browser: Browser
  let page: Page
  let complaints: string[]
  let runs: RunSummary[]

  beforeAll(async () => {
    const file = join(folder, 'tiny.yaml')
    writeFileSync(file, experiment)
    commandLine('run', file, '--quiet')
    runs = JSON.parse(commandLine('list', '--json')) as RunSummary[]
    host = await serve(workspace)
    browser = await launchChromium()
    page = await openPage(browser)
    complaints = complaintsOf(page)
    await page.goto(host.address)
    await page.getByRole('heading', { level: 1 }).waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await host?.end()
    rmSync(folder, { recursive: true, force: true })
  })

  it('shows which exits steered the training of a run', async () => {
    const { id } = runs.find(({ regime }) => regime === 'joint')!
    await page.goto(addressOf(`/runs/${id}`))
    const figure = page.getByRole('region', { name: /Gradient dominance/ }).getByRole('img')
    await figure.first().waitFor()
    expect(await figure.first().getAttribute('aria-label')).toMatch(/^Gradient dominance/)
  })

  it('computes the path between two runs, and exports the same figure as the command line', async () => {
    await page.goto(addressOf('/connectivity', { set: path }))
    await compute()
    await shown(/– .*path: mean test loss/)
    await page.getByText(/^f\(B\) = f\(ΠB\) on .* samples, max/).waitFor()
    await sameAsCommandLine('mode-connectivity', { settings: path, menu: 'Export' })
  })

  it('continues a landscape after its host was killed', async () => {
    await page.goto(addressOf('/landscape', { set: grid }))
    await compute()
    await page.getByText(/^[1-9]\d* of \d+ steps/).waitFor()
    await host.kill()
    await page.getByText(/^Connection to the host lost/).waitFor()
    host = await serve(workspace, { port: host.port })
    await page.getByText('17 × 17 points, all computed').waitFor()
    await shown(/seed 1, final: .* nats in the centre/)
    await sameAsCommandLine('loss-landscape', { settings: grid, menu: 'Export' })
  })

  it('looks into the blocks of both', async () => {
    await page.goto(addressOf('/representations', { rank, information }))
    await compute()
    await shown(/numerical rank/i)
    await shown(/mutual information/i)
    await sameAsCommandLine('numerical-rank', { settings: rank, menu: 'Export Numerical rank' })
    await sameAsCommandLine('mutual-information', {
      settings: information,
      menu: /^Export Mutual information with the input/,
    })
  })

  it('reported no error in the browser’s console', () => expect(complaints).toEqual([]))

  /** @param settings by the prefix that they have there */
  function addressOf(place: string, settings: Record<string, Record<string, number>> = {}): string {
    const query = new URLSearchParams()
    for (const [prefix, values] of Object.entries(settings))
      for (const [name, value] of Object.entries(values)) query.set(`${prefix}.${name}`, String(value))
    return `http://127.0.0.1:${host.port}/#${place}?${query}`
  }

  const compute = () => page.getByRole('button', { name: 'Compute', exact: true }).click()
  const shown = (sentence: RegExp) => page.getByRole('img', { name: sentence }).first().waitFor()

  /** Whether the page saves the figure that the command line draws, byte for byte. */
  async function sameAsCommandLine(kind: string, { settings, menu }: { settings: object; menu: string | RegExp }) {
    const flags = Object.entries(settings).flatMap(([name, value]) => [
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      String(value),
    ])
    const file = join(folder, `${kind}.svg`)
    commandLine('analyse', kind, 'tiny', ...flags, '--quiet', '--figure', file)
    const button = page.getByRole('button', { name: menu, exact: true })
    await button.click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: /^SVG/ }).click()
    expect(readFileSync(await (await downloading).path(), 'utf8')).toBe(readFileSync(file, 'utf8'))
  }

  function commandLine(...args: string[]): string {
    return execFileSync(process.execPath, [runner, 'exitlab', ...args, '--workspace', workspace], { encoding: 'utf8' })
  }
})

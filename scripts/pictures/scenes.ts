import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { initialSlurm } from '../../src/shared/phases/slurm-settings.ts'
import { untilStill } from '../../test/e2e/support/screens.ts'
import { onnxPath } from '../../test/support/onnx-fixtures.ts'
import { startSlurm } from '../../test/support/slurm.ts'
import { shoot, type Shot } from './camera.ts'
import { onCluster, paperItem, quickStart, sweep, wider } from './experiments.ts'
import { serveHost, type ServedHost } from '../bench/ui-hosts.ts'
import { enrol, runsOf, searched, trained, training } from './host.ts'

/** Pictures that are taken of one workspace. */
export interface Scene {
  names: readonly string[]
  /** `chosen`: whether a picture is wanted. */
  take(workspace: string, browser: Browser, chosen: (name: string) => boolean): Promise<void>
}

/** Settings of Slurm that trains on this machine. */
const small = { ...initialSlurm, cpus: 1 }
/** The group of the regime that is listed last, with its details. */
async function lastGroup(page: Page): Promise<void> {
  await page.getByRole('row', { name: '3 seeds' }).last().click()
  await untilStill(page)
}

/** Trained runs and their analyses, and a run that trains. */
const trainedRuns: Scene = {
  names: ['compare', 'compare-dark', 'connectivity', 'landscape-dark', 'representations', 'report', 'new-experiment', 'settings', 'runs', 'run'], // prettier-ignore
  async take(workspace, browser, chosen) {
    await using host = await serveHost({ workspace })
    const experiment = await enrol(host, quickStart)
    await trained(host)
    const seed = (await runsOf(host, experiment)).filter((run) => run.seed === 1).map(({ id }) => id)
    const analysed = `experiment=${experiment}`
    const shots: (Shot & { analyses?: readonly string[] })[] = [
      { name: 'compare', path: '/compare?runs=quickstart' },
      { name: 'compare-dark', path: '/compare?runs=quickstart', dark: true },
      { name: 'connectivity', path: `/connectivity?${analysed}`, analyses: ['mode-connectivity'] },
      { name: 'landscape-dark', path: `/landscape?${analysed}&by=exits`, dark: true, analyses: ['loss-landscape'] },
      { name: 'representations', path: `/representations?${analysed}&seed=1`, analyses: ['numerical-rank', 'mutual-information'] },
      { name: 'new-experiment', path: '/new?preset=quickstart' },
      { name: 'settings', path: '/settings' },
      { name: 'report', path: '/compare?runs=quickstart&tab=report' },
    ] // prettier-ignore
    const wanted = shots.filter(({ name }) => chosen(name))
    for (const kind of wanted.flatMap(({ analyses = [] }) => analyses))
      await host.client.analyses.ask({ kind, runs: seed })
    await trained(host)
    await shoot(browser, host.address, wanted)
    if (chosen('run') || chosen('runs')) await takeTraining(host, browser, chosen)
  },
}

async function takeTraining(host: ServedHost, browser: Browser, chosen: (name: string) => boolean): Promise<void> {
  const experiment = await enrol(host, wider)
  const run = await training(host, experiment, 8)
  const shots: Shot[] = [
    { name: 'run', path: `/runs/${run.id}` },
    { name: 'runs', path: '/runs', act: lastGroup },
  ]
  await shoot(browser, host.address, shots.filter(({ name }) => chosen(name))) // prettier-ignore
  // The next pictures are of a run that trains, too.
  await host.client.experiments.purge({ experiments: [experiment] })
}

/** The form with a network from a file. */
const ownNetwork: Scene = {
  names: ['own-network'],
  async take(workspace, browser) {
    await using host = await serveHost({ workspace })
    await shoot(browser, host.address, [
      { name: 'own-network', path: '/new', act: (page) => chooseFile(page, workspace) },
    ])
  },
}

/** A file with an exit after its second block. */
async function chooseFile(page: Page, folder: string): Promise<void> {
  copyFileSync(onnxPath('convnext'), join(folder, 'convnext.onnx'))
  await page.getByLabel('Network', { exact: true }).selectOption({ label: 'Network of your own' })
  const file = page.getByLabel('ONNX file of the network')
  await file.fill(join(folder, 'convnext.onnx'))
  await file.blur()
  await page.getByRole('button', { name: '1.0', exact: true }).click()
  await page.getByText('timing a few steps').waitFor({ state: 'hidden' })
  await untilStill(page)
}

/** From many series to one. */
const swept: Scene = {
  names: ['sweep', 'search'],
  async take(workspace, browser, chosen) {
    await using host = await serveHost({ workspace })
    const experiment = await enrol(host, sweep)
    await trained(host)
    const shots: Shot[] = [{ name: 'sweep', path: `/compare?runs=${experiment}&tab=sweep` }]
    if (chosen('search')) shots.push({ name: 'search', path: `/searches/${await searched(host, sweep)}` })
    await shoot(browser, host.address, shots.filter(({ name }) => chosen(name))) // prettier-ignore
  },
}

/** The tests of the first claim. */
async function openTests(page: Page): Promise<void> {
  await page.getByText(/^\d+ tests$/).first().click() // prettier-ignore
  await untilStill(page)
}

/** A table of the paper with published and own values. */
const paper: Scene = {
  names: ['paper', 'paper-table', 'paper-claims'],
  async take(workspace, browser, chosen) {
    await using host = await serveHost({ workspace })
    await host.client.paper.start({ scale: 'desk', items: [paperItem] })
    await trained(host)
    const shots: Shot[] = [
      { name: 'paper', path: '/paper?scale=desk' },
      { name: 'paper-table', path: `/paper?scale=desk&item=${paperItem}` },
      { name: 'paper-claims', path: '/paper?scale=desk&tab=claims', act: openTests },
    ]
    await shoot(browser, host.address, shots.filter(({ name }) => chosen(name))) // prettier-ignore
  },
}

/** Jobs of a run. A Slurm of its own takes root, and slurm-wlm and munge installed. */
const cluster: Scene = {
  names: ['cluster'],
  async take(workspace, browser) {
    await using opened = new AsyncDisposableStack()
    const slurm = await startSlurm()
    if (typeof slurm === 'string') return console.log(`docs/pictures/cluster.png stays as it is: ${slurm}`)
    opened.defer(() => slurm.stop())
    process.env.SLURM_CONF = join(slurm.folder, 'slurm.conf')
    await using host = await serveHost({ workspace, executor: 'slurm', pollMilliseconds: 300 })
    await host.client.system.configure({ depot: join(workspace, 'depot'), slurm: small })
    const experiment = await enrol(host, onCluster)
    const run = await training(host, experiment, 0)
    await shoot(browser, host.address, [{ name: 'cluster', path: `/runs/${run.id}`, height: 370 }])
    await host.client.experiments.purge({ experiments: [experiment] })
  },
}

export const scenes: readonly Scene[] = [trainedRuns, paper, cluster, swept, ownNetwork]

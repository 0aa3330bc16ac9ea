import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { experiment } from '../main/host/support.ts'
import { serveWeb } from '../main/host/api/web/support.ts'
import { csv, fixture, temporaryFolder } from '../main/host/imports/readers/support.ts'
import { builtPage } from './support/built-page.ts'
import { withoutChromium, withReason } from './support/chromium.ts'
import { complaintsOf, seriousFindings } from './support/findings.ts'
import { openPage, untilStill, visit } from './support/pages.ts'

/** Run in the page, of whose types these tests know nothing. */
const dropLog = `{
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File(['epoch,val_acc'], 'log.csv'))
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
}`

describe.skipIf(withoutChromium !== null)(withReason('importing', withoutChromium), () => {
  const { page, browser } = builtPage()

  /** The dialog over the list of runs that are done. */
  async function opened(): Promise<{ window: Page; go: (place: string) => Promise<void> }> {
    const { web, host } = await serveWeb({ page })
    await host.client.experiments.create(experiment())
    await host.idle()
    const window = await openPage(browser())
    onTestFinished(() => window.close())
    await window.goto(web.address)
    await window.getByRole('treegrid', { name: 'Runs' }).waitFor()
    await window.getByRole('button', { name: 'Import', exact: true }).click()
    return { window, go: (place) => visit(window, new URL(`#${place}`, window.url()).href) }
  }
  const dialog = (window: Page) => window.getByRole('dialog', { name: 'Import results of other programs' })
  const submit = (window: Page) => dialog(window).getByRole('button', { name: 'Import', exact: true })

  it('takes a log of TensorBoard to the comparison and to the training curves, marked', async () => {
    const { window, go } = await opened()
    const complaints = complaintsOf(window)
    await dialog(window).getByLabel('File or folder').fill(fixture('tensorboard/tags'))
    await dialog(window).getByRole('alert').filter({ hasText: 'does not say what its 3 exits cost' }).waitFor()
    expect(await submit(window).isDisabled()).toBe(true)
    await dialog(window).getByLabel('Costs of the exits').fill('20, 45, 100')
    await dialog(window).getByText('Steps were read as epochs: they follow one another.').waitFor()
    await dialog(window).getByLabel('Name', { exact: true }).fill('pytorch')
    await dialog(window).getByRole('rowheader', { name: 'pytorch' }).waitFor()
    await submit(window).click()
    const toast = window.getByRole('status').filter({ hasText: 'Imported pytorch' })
    await toast.getByRole('button', { name: 'Compare' }).click()
    await window.getByRole('rowheader', { name: 'pytorch (imported)' }).first().waitFor()
    await go('/runs')
    const listed = window.getByRole('region', { name: 'Imported results' })
    await listed.getByRole('link', { name: /^pytorch/ }).click()
    await window.getByRole('rowheader', { name: 'pytorch (imported)' }).first().waitFor()
    await go('/compare?runs=toy,pytorch&tab=training-curves')
    await window.getByRole('img', { name: /pytorch \(imported\), seed 0 58\.0/ }).waitFor()
    await window.getByText('Imported, not trained by Exitlab: pytorch (TensorBoard, test samples).').waitFor()
    await go('/compare?runs=toy,pytorch')
    await window
      .getByRole('rowheader', { name: /pytorch \(imported\)/ })
      .first()
      .waitFor()
    await go('/compare?runs=pytorch&tab=samples')
    await window.getByRole('heading', { name: 'No samples to show' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('lists the columns of a table that it does not recognise, and reads the chosen ones', async () => {
    const { window } = await opened()
    const path = csv('epoch,right_0,right_1', '1,0.25,0.5', '2,0.5,0.75')
    await dialog(window).getByLabel('File or folder').fill(path)
    await dialog(window).getByRole('alert').filter({ hasText: 'Choose the metric' }).waitFor()
    await dialog(window).getByLabel('Costs of the exits').fill('50 100')
    await dialog(window).getByLabel('Tags or column of the metric').selectOption({ label: 'right_*' })
    await dialog(window).getByRole('cell', { name: '50.0 – 75.0' }).waitFor()
  })

  it('shows each training of a folder of logs, and leads a single curve to the training curves', async () => {
    const { window } = await opened()
    const folder = temporaryFolder()
    for (const name of ['joint', 'mixed']) {
      mkdirSync(join(folder, name))
      writeFileSync(join(folder, name, 'metrics.csv'), 'epoch,val_acc\n1,0.5\n2,0.6\n')
    }
    await dialog(window).getByLabel('File or folder').fill(folder)
    for (const name of ['joint', 'mixed']) await dialog(window).getByRole('rowheader', { name }).waitFor()
    await dialog(window).getByText('it is shown among training curves').waitFor()
    await submit(window).click()
    await window.getByRole('status').getByRole('button', { name: 'Compare' }).click()
    await window.getByRole('img', { name: /joint \(imported, validation\), seed 0 60\.0/ }).waitFor()
  })

  it('asks for the path of files that were dropped on a browser, and does not leave the page for them', async () => {
    const { window } = await opened()
    await dialog(window).getByRole('button', { name: 'Close' }).last().click()
    await window.evaluate(dropLog)
    await dialog(window).getByText('A browser does not say where log.csv lies: type the path.').waitFor()
  })

  it('is accessible, and keeps its buttons in sight, in light and dark and narrow windows', async () => {
    const { window } = await opened()
    await dialog(window).getByLabel('File or folder').fill(fixture('tensorboard/ambiguous'))
    await dialog(window).getByRole('alert').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme })
      await untilStill(window)
      expect(await seriousFindings(window), colorScheme).toEqual([])
    }
    for (const size of [
      { width: 900, height: 700 },
      { width: 720, height: 450 },
    ]) {
      await window.setViewportSize(size)
      const box = (await submit(window).boundingBox())!
      expect(box.y + box.height, JSON.stringify(size)).toBeLessThanOrEqual(size.height)
      expect(box.x + box.width, JSON.stringify(size)).toBeLessThanOrEqual(size.width)
    }
  })
})

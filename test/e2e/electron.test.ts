import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHost } from '../../src/main/host/open/index.ts'
import { openReader } from '../../src/main/host/open/read-only-host.ts'
import { experiment, hostSettings } from '../main/host/settings.ts'
import { writeScript } from '../support/fake-trainer/script.ts'
import { hostOf, openDesktop, startDesktop, type Desktop, type Window } from './support/desktop.ts'
import { complaintsOf } from './support/findings.ts'
import { listeningSockets } from './support/listening.ts'

const folder = mkdtempSync(join(tmpdir(), 'exitlab-electron-'))
const opened = await openDesktop(folder)
const desktop = 'reason' in opened ? null : opened
if ('reason' in opened) process.stderr.write(`The desktop application is not tried: ${opened.reason}.\n`)

afterAll(() => {
  desktop?.display.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

/** What passes here is proven for this version of Electron, and likely for the one that is shipped. */
const name = `the desktop application in Electron ${desktop?.version ?? '(none)'}`

describe.skipIf(desktop === null)(`${name}, first start`, () => {
  const workspace = join(folder, 'empty')
  let window: Window
  let complaints: string[]

  beforeAll(async () => {
    window = await startDesktop(desktop as Desktop, folder, workspace)
  })
  afterAll(() => window?.application.close())

  test('offers the quick start in an empty workspace', async () => {
    await window.page.getByRole('button', { name: 'Run the quick start' }).waitFor()
    expect(window.page.url()).toMatch(/^app:\/\/exitlab\//)
    expect(await window.application.evaluate(() => process.versions.electron)).toBe(desktop!.version)
  })

  test('keeps the page in its sandbox', async () => {
    const { application, page } = window
    const preferences = await application.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents()
      return (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()
    })
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
    const reached = await page.evaluate(async () => ({
      node: [typeof Reflect.get(globalThis, 'process'), typeof Reflect.get(globalThis, 'require')],
      elsewhere: await fetch('https://example.com/').then(
        () => 'reached',
        (error: Error) => error.name,
      ),
      // What the test evaluates itself may do more than the page.
      code: await new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(new Function('return "ran"')())
          } catch (error) {
            resolve((error as Error).name)
          }
        })
      }),
      window: Reflect.get(globalThis, 'open')('https://example.com/') === null,
      file: await fetch('app://exitlab/..%2f..%2fpackage.json').then(({ status }) => status),
    }))
    expect(reached).toEqual({
      node: ['undefined', 'undefined'],
      elsewhere: 'TypeError',
      code: 'EvalError',
      window: true,
      file: 404,
    })
  })

  test('has no host that listens at a port', () => {
    // Those of the debugger that the test drives the application with are handed down to its children.
    const handedDown = listeningSockets(window.application.process().pid!)
    expect([...listeningSockets(hostOf(workspace))].filter((socket) => !handedDown.has(socket))).toEqual([])
  })

  test('a second start focuses the first window', async () => {
    const [program, args, environment] = window.command
    const second = spawn(program, args, { env: environment, stdio: 'ignore' })
    expect((await once(second, 'exit'))[0]).toBe(0)
    expect(window.application.windows()).toHaveLength(1)
  })

  test('trains after one click', async () => {
    complaints = complaintsOf(window.page)
    await window.page.getByRole('button', { name: 'Run the quick start' }).click()
    await window.page.getByRole('heading', { level: 1, name: 'quickstart-disjoint-s1' }).waitFor()
    await window.page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await expect.poll(epochs).toBeGreaterThan(0)
  })

  test('a host that is killed is started again, says so meanwhile, and goes on training', async () => {
    const before = hostOf(workspace)
    const trained = await epochs()
    process.kill(before, 'SIGKILL')
    const banner = window.page.getByText(/The host (stopped|is starting|was lost)/)
    await banner.first().waitFor()
    await banner.first().waitFor({ state: 'detached' })
    await expect.poll(() => hostOf(workspace)).not.toBe(before)
    await window.page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    // Until the trainer is back, the store says what was trained before; an epoch without its checkpoint is done again.
    await expect.poll(epochs).toBeGreaterThan(trained)
    expect(complaints).toEqual([])
  })

  test('asks before it ends a training, and goes on where the answer is no', async () => {
    await stubQuestion(1)
    await window.application.evaluate(({ app }) => app.quit())
    // As many as the processors of the machine train at once.
    await expect
      .poll(questions)
      .toEqual([expect.stringMatching(/^(One run is|\d runs are) being trained\. Pause and quit\?$/)])
    expect(await window.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  test('pauses it with a checkpoint and ends where the answer is yes', async () => {
    const host = hostOf(workspace)
    await stubQuestion(0)
    await window.application.evaluate(({ app }) => void setTimeout(() => app.quit()))
    expect(await window.ended).toBe(0)
    expect(() => process.kill(host, 0)).toThrow('ESRCH')
    expect(await firstRun()).toMatchObject({ status: 'queued', error: null })
    expect(await epochs()).toBeGreaterThan(0)
  })

  /** What stands in the store, whatever the page shows. */
  const firstRun = async () => {
    const reader = openReader({ workspace })!
    const [run] = await reader.client.runs.list({ runs: ['quickstart-disjoint-s1'] })
    await reader.close()
    return run!
  }
  const epochs = async () => (await firstRun()).phases[0]!.epochs

  /** The question whether to quit is answered by itself from now on. @param response index of the button */
  const stubQuestion = (response: number) =>
    window.application.evaluate(({ dialog }, response) => {
      const asked: string[] = []
      Reflect.set(globalThis, 'asked', asked)
      dialog.showMessageBox = async (...given: unknown[]) => {
        asked.push((given.at(-1) as { message: string }).message)
        return { response, checkboxChecked: false }
      }
    }, response)

  const questions = () => window.application.evaluate(() => Reflect.get(globalThis, 'asked') as string[])
})

describe.skipIf(desktop === null)(`${name}, with runs that are done`, () => {
  const workspace = join(folder, 'done')
  let window: Window
  let complaints: string[]
  /** The budget table, as the host gives it to anybody. */
  let latex: string

  beforeAll(async () => {
    const fake = mkdtempSync(join(folder, 'fake-'))
    writeScript(fake, {})
    const host = await openHost(hostSettings(workspace, fake))
    await host.client.experiments.create(experiment({ seeds: [1, 2] }))
    await host.idle()
    const table = await host.client.exports.table({ table: { reading: 'budgets', question: {} }, format: 'latex' })
    latex = await table.bytes.text()
    await host.close()
    window = await startDesktop(desktop as Desktop, folder, workspace)
    complaints = complaintsOf(window.page)
  })
  afterAll(() => window?.application.close())

  test('lists and compares them', async () => {
    const { page } = window
    await page.getByText('mixed-s2').first().waitFor()
    await page.getByRole('link', { name: 'Compare' }).click()
    const table = page.getByRole('group', { name: /within a budget/ })
    for (const regime of ['disjoint', 'mixed', 'joint'])
      await table.getByRole('row', { name: regime }).first().waitFor()
  })

  test('saves the table where the dialog says', async () => {
    const { application, page } = window
    const file = join(folder, 'budgets.tex')
    await application.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, file)
    await page.getByRole('button', { name: /^Export test accuracy within a budget/i }).click()
    await page.getByRole('menuitem', { name: /^LaTeX/ }).click()
    await page.getByText('budgets.tex').first().waitFor()
    expect(readFileSync(file, 'utf8')).toBe(latex)
  })

  test('saves the report on the paper into a new folder where the dialog says', async () => {
    const { application, page } = window
    const parent = mkdtempSync(join(folder, 'reports-'))
    await application.evaluate(({ dialog }, parent) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [parent] })
    }, parent)
    await page.getByRole('link', { name: 'Paper' }).click()
    await page.getByText('Desk', { exact: true }).click()
    await page.getByRole('button', { name: 'Report', exact: true }).click()
    await page.getByText(/files written to .*exitlab-paper-desk/).waitFor()
    const report = join(parent, 'exitlab-paper-desk')
    expect(readdirSync(parent)).toEqual(['exitlab-paper-desk'])
    expect(readdirSync(report)).toEqual(expect.arrayContaining(['report.html', 'report.json', 'report.tex', 'tables']))
    expect(readFileSync(join(report, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i)
  })

  test('the menus open their screens', async () => {
    await window.application.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('settings')!.click())
    await window.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  })

  test('the settings show the licences of other people’s work', async () => {
    await window.page.getByRole('button', { name: 'Licences of other people’s work' }).click()
    await window.page.getByText(/^echarts [\d.]+/).click()
    await window.page.getByText('TERMS AND CONDITIONS FOR USE').filter({ visible: true }).waitFor()
    await window.page.keyboard.press('Escape')
  })

  test('a page that crashes comes back', async () => {
    await window.application.evaluate(({ Menu, webContents }) => {
      webContents.getAllWebContents()[0]!.forcefullyCrashRenderer()
      // The menu is used after the page's process has ended and before Electron has noticed.
      for (const end = Date.now() + 200; Date.now() < end;);
      Menu.getApplicationMenu()!.getMenuItemById('settings')!.click()
    })
    await expect.poll(shown).toBe('app://exitlab/#/settings')
    // It hears the shell again, and goes where it is told.
    const go = async () => {
      await window.application.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()!.getMenuItemById('new-experiment')!.click(),
      )
      return shown()
    }
    await expect.poll(go, { interval: 500 }).toBe('app://exitlab/#/new')
    expect(complaints).toEqual([])
  })

  test('ends without a question where nothing is being trained', async () => {
    await window.application.evaluate(({ app }) => void setTimeout(() => app.quit()))
    expect(await window.ended).toBe(0)
  })

  /** @returns the page's address, once it is loaded */
  const shown = () =>
    window.application.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents()
      return contents!.isCrashed() || contents!.isLoading() ? '' : contents!.getURL()
    })
})

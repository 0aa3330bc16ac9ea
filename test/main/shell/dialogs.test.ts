import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenDialogOptions, SaveDialogOptions } from 'electron'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDialogs } from '../../../src/main/shell/dialogs.ts'

/** Dialogs in which the user chooses a path, or null to change their mind. */
function dialogs(choice: { path: string | null }) {
  const documents = mkdtempSync(join(tmpdir(), 'exitlab-dialogs-'))
  onTestFinished(() => rmSync(documents, { recursive: true }))
  const asked: (OpenDialogOptions | SaveDialogOptions)[] = []
  const shown: string[] = []
  const all = createDialogs({
    documents,
    showInFolder: (path) => void shown.push(path),
    async save(options) {
      asked.push(options)
      return { canceled: choice.path === null, filePath: choice.path ?? '' }
    },
    async open(options) {
      asked.push(options)
      return { canceled: choice.path === null, filePaths: choice.path === null ? [] : [choice.path] }
    },
  })
  return { ...all, documents, asked, shown, choice }
}

const bytes = new TextEncoder().encode('a,b\n')

describe('saving a file', () => {
  test('writes it where the user says, and starts there the next time', async () => {
    const { saveFile, documents, asked, choice } = dialogs({ path: null })
    choice.path = join(documents, 'tables', 'budgets.csv')
    expect(await saveFile({ name: 'budgets.csv', bytes })).toBe(choice.path)
    expect(readFileSync(choice.path, 'utf8')).toBe('a,b\n')
    expect(asked[0]).toEqual({
      defaultPath: join(documents, 'budgets.csv'),
      filters: [{ name: 'Comma-separated values', extensions: ['csv'] }],
    })
    choice.path = null
    expect(await saveFile({ name: 'curve.pdf', bytes })).toBeNull()
    expect(asked[1]!.defaultPath).toBe(join(documents, 'tables', 'curve.pdf'))
  })

  test('names the place that cannot be written', async () => {
    const { saveFile, documents, choice } = dialogs({ path: null })
    writeFileSync(join(documents, 'file'), '')
    choice.path = join(documents, 'file', 'table.tex')
    await expect(saveFile({ name: 'table.tex', bytes })).rejects.toThrow(`${choice.path} cannot be written`)
  })

  test('leaves the file that is there where the new one cannot be written whole', async () => {
    const { saveFile, documents, choice } = dialogs({ path: null })
    choice.path = join(documents, 'mine.yaml')
    writeFileSync(choice.path, 'name: mine')
    // The file that it is written into first cannot be made.
    mkdirSync(join(documents, `.mine.yaml.${process.pid}.partial`))
    await expect(saveFile({ name: 'mine.yaml', bytes })).rejects.toThrow(`${choice.path} cannot be written`)
    expect(readFileSync(choice.path, 'utf8')).toBe('name: mine')
  })

  test.each([
    ['a path for a name', { name: '../table.csv', bytes }],
    ['a path of Windows', { name: '..\\table.csv', bytes }],
    ['no name', { name: '', bytes }],
    ['no bytes', { name: 'table.csv', bytes: 'text' }],
    ['nothing', undefined],
  ])('is refused with %s, and no dialog opens', async (_, file) => {
    const { saveFile, asked } = dialogs({ path: '/tmp/never' })
    await expect(saveFile(file)).rejects.toThrow('Expected a file to save.')
    expect(asked).toEqual([])
  })
})

test('files are chosen by their paths, or none, and the next dialog begins beside them', async () => {
  const { chooseFiles, documents, asked, choice } = dialogs({ path: null })
  expect(await chooseFiles()).toEqual([])
  expect(asked).toEqual([{ defaultPath: documents, properties: ['openFile', 'multiSelections'] }])
  choice.path = join(documents, 'logs', 'log.csv')
  expect(await chooseFiles()).toEqual([choice.path])
  await chooseFiles()
  expect(asked.at(-1)!.defaultPath).toBe(join(documents, 'logs'))
})

describe('opening an experiment', () => {
  test('gives its text with its name and folder', async () => {
    const { openText, chooseFolder, documents, asked, choice } = dialogs({ path: null })
    expect(await openText()).toBeNull()
    mkdirSync(join(documents, 'experiments'))
    choice.path = join(documents, 'experiments', 'ä.yaml')
    writeFileSync(choice.path, 'name: ä\n')
    expect(await openText()).toEqual({ name: 'ä.yaml', folder: join(documents, 'experiments'), text: 'name: ä\n' })
    choice.path = documents
    expect(await chooseFolder()).toBe(documents)
    expect(asked.at(-1)).toEqual({
      defaultPath: join(documents, 'experiments'),
      properties: ['openDirectory', 'createDirectory'],
    })
  })

  test('refuses what is no text, too large or not there', async () => {
    const { openText, documents, choice } = dialogs({ path: null })
    choice.path = join(documents, 'a.yaml')
    await expect(openText()).rejects.toThrow(`${choice.path} cannot be read: ENOENT.`)
    writeFileSync(choice.path, Buffer.from([0xff, 0xfe, 0x00]))
    await expect(openText()).rejects.toThrow('it is not text')
    truncateSync(choice.path, 5 << 20)
    await expect(openText()).rejects.toThrow('a.yaml has 5.2 MB, more than the 4.2 MB that it may have')
    rmSync(choice.path)
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [choice.path])
    await expect(openText()).rejects.toThrow('a.yaml is a device or a pipe, not a file: it is no experiment file.')
  })
})

describe('showing a file in its folder', () => {
  test('takes absolute paths only', async () => {
    const { showInFolder, shown } = dialogs({ path: null })
    await showInFolder('/tmp/table.csv')
    await expect(showInFolder('table.csv')).rejects.toThrow('Expected the path')
    await expect(showInFolder({})).rejects.toThrow('Expected the path')
    expect(shown).toEqual(['/tmp/table.csv'])
  })
})

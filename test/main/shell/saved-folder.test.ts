import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { asFolder, writtenFolder } from '../../../src/main/shell/saved-folder.ts'

const bytes = new TextEncoder().encode('<svg/>')
const report = { name: 'report', files: [{ path: 'report.html', bytes }, { path: 'figures/figure-3.svg', bytes }] } // prettier-ignore

function parent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

describe('saving a folder', () => {
  test('writes all files into a new folder', () => {
    const folder = parent()
    expect(writtenFolder(folder, asFolder(report))).toBe(join(folder, 'report'))
    expect(readdirSync(folder)).toEqual(['report'])
    expect(readFileSync(join(folder, 'report/figures/figure-3.svg'), 'utf8')).toBe('<svg/>')
  })

  test('keeps an existing folder, and takes the next free name', () => {
    const folder = parent()
    mkdirSync(join(folder, 'report'))
    writeFileSync(join(folder, 'report/mine.txt'), 'mine')
    expect(writtenFolder(folder, report)).toBe(join(folder, 'report-2'))
    expect(writtenFolder(folder, report)).toBe(join(folder, 'report-3'))
    expect(readdirSync(join(folder, 'report'))).toEqual(['mine.txt'])
  })

  test('takes nothing from a folder that was begun and never finished', () => {
    const folder = parent()
    mkdirSync(join(folder, '.report.partial'))
    writeFileSync(join(folder, '.report.partial/old.svg'), bytes)
    writtenFolder(folder, report)
    expect(readdirSync(folder)).toEqual(['report'])
    expect(readdirSync(join(folder, 'report'))).toEqual(['figures', 'report.html'])
  })

  test('writes nothing where a file cannot be written', () => {
    const folder = parent()
    const clash = { name: 'report', files: [{ path: 'a', bytes }, { path: 'a/b', bytes }] } // prettier-ignore
    expect(() => writtenFolder(folder, clash)).toThrow(`Nothing was written to ${folder}`)
    expect(readdirSync(folder)).toEqual([])
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(() => writtenFolder(file, report)).toThrow(`Nothing was written to ${file}`)
    expect(existsSync(file)).toBe(true)
  })

  test.each([
    ['a path for a name', { ...report, name: '../report' }],
    ['the folder above for a name', { ...report, name: '..' }],
    ['an absolute file', { ...report, files: [{ path: '/etc/passwd', bytes }] }],
    ['a file outside of it', { ...report, files: [{ path: 'figures/../../x', bytes }] }],
    ['a path of Windows', { ...report, files: [{ path: '..\\x', bytes }] }],
    ['no bytes', { ...report, files: [{ path: 'x', bytes: 'text' }] }],
    ['nothing', undefined],
  ])('is refused with %s', (_, given) => {
    expect(() => asFolder(given)).toThrow('Expected a folder of files to save.')
  })
})

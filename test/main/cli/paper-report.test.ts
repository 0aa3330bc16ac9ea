import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { thisProcess } from '../../../src/main/execution/depot/process-identity.ts'
import { temporaryFolder } from '../host/support.ts'
import { fillDisk, mountSmallDisk } from '../../support/small-disk.ts'
import { exitlab, fakeClient } from './support.ts'

const data = (createdAt: number) => JSON.stringify({ createdAt, settings: [], checklist: [] })

/** A host whose report has these files. */
function host(files: Record<string, string>) {
  const answer = Object.entries(files).map(([path, text]) => ({ path, bytes: new Blob([text]) }))
  return fakeClient({ 'paper.files': () => answer })
}

const first = { 'report.tex': 'tex', 'report.json': data(1), 'figures/figure-1.svg': '<svg/>' }

/** Writes a report into `report` of a folder, without TeX. */
const report = (workingFolder: string, files: Record<string, string> = first, to = 'report') =>
  exitlab(['paper', 'report', to, '--scale', 'desk'], {
    client: host(files),
    workingFolder,
    environment: { PATH: workingFolder },
  })

test('a report is written into a new folder, and it says why there is no PDF', async () => {
  const folder = temporaryFolder()
  const { exitCode, stdout, stderr } = await report(folder)
  expect(exitCode).toBe(0)
  expect(readdirSync(join(folder, 'report')).sort()).toEqual(['figures', 'report.json', 'report.tex'])
  expect(readFileSync(join(folder, 'report/figures/figure-1.svg'), 'utf8')).toBe('<svg/>')
  expect(stdout).toContain(`Written to ${join(folder, 'report')}`)
  expect(stderr).toContain('There is no report.pdf: neither pdflatex nor tectonic is installed.')
})

test('an earlier report is replaced as a whole', async () => {
  const folder = temporaryFolder()
  await report(folder)
  const { exitCode } = await report(folder, { 'report.tex': 'new', 'report.json': data(2) })
  expect(exitCode).toBe(0)
  expect(readdirSync(join(folder, 'report')).sort()).toEqual(['report.json', 'report.tex'])
  expect(readFileSync(join(folder, 'report/report.tex'), 'utf8')).toBe('new')
})

test('what a killed process left of a report has no report.json, and is replaced by the next', async () => {
  const moved = ['figures', 'report.tex', 'report.json']
  for (const count of [0, 1, 2]) {
    const folder = temporaryFolder()
    await report(folder)
    // As it is between two of its moves.
    mkdirSync(join(folder, 'report/.exitlab-partial'))
    for (const name of moved.slice(count))
      renameSync(join(folder, 'report', name), join(folder, 'report/.exitlab-partial', name))
    const { exitCode, stderr } = await report(folder, { 'report.tex': 'new', 'report.json': data(2) })
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('is not empty')])
    expect(readdirSync(join(folder, 'report')).sort()).toEqual(['report.json', 'report.tex'])
  }
})

test.each([
  ['a file of someone’s own', 'notes.txt', 'mine'],
  ['a report.json that is none of ours', 'report.json', '{"mine": true}'],
  ['a report without its data', 'report.tex', 'mine'],
])('a folder with %s is refused, before anything is asked', async (_, name, text) => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'report'))
  writeFileSync(join(folder, 'report', name), text)
  const { exitCode, stderr } = await exitlab(['paper', 'report', 'report'], { workingFolder: folder })
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain(`is not empty (it has ${name}); expected a new or empty one, or an earlier report.`)
  expect(readFileSync(join(folder, 'report', name), 'utf8')).toBe(text)
})

test('a file instead of a folder is refused', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'report'), 'mine')
  const { exitCode, stderr } = await exitlab(['paper', 'report', 'report'], { workingFolder: folder })
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain('is a file; expected a new or empty folder')
})

test('a report that cannot be made leaves an earlier one as it is', async () => {
  const folder = temporaryFolder()
  await report(folder)
  const client = fakeClient({
    'paper.files': () => {
      throw new Error('no')
    },
  })
  const { exitCode } = await exitlab(['paper', 'report', 'report'], { client, workingFolder: folder })
  expect(exitCode).not.toBe(0)
  expect(readFileSync(join(folder, 'report/report.tex'), 'utf8')).toBe('tex')
  expect(readdirSync(join(folder, 'report')).sort()).toEqual(['figures', 'report.json', 'report.tex'])
})

test('reports are joined into a folder of its own', async () => {
  const folder = temporaryFolder()
  const asked: unknown[] = []
  const client = fakeClient({
    'paper.join': (input: unknown) => {
      asked.push(input)
      return [{ path: 'report.json', bytes: new Blob([data(1)]) }]
    },
  })
  const joinInto = (target: string) =>
    exitlab(['paper', 'join', target, 'first', 'second'], {
      client,
      workingFolder: folder,
      environment: { PATH: folder },
    })
  expect((await joinInto('joined')).exitCode).toBe(0)
  expect(asked).toEqual([{ folders: [join(folder, 'first'), join(folder, 'second')] }])
  expect(readdirSync(join(folder, 'joined'))).toEqual(['report.json'])
  const refused = await joinInto('first')
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('first is one of the reports to join, and would be replaced.')
  expect(asked).toHaveLength(1)
})

test('a report is written without a PDF where there is no folder for temporary files', async () => {
  const folder = temporaryFolder()
  vi.stubEnv('TMPDIR', join(folder, 'missing'))
  onTestFinished(() => void vi.unstubAllEnvs())
  const { exitCode, stderr } = await report(folder)
  expect(exitCode).toBe(0)
  expect(stderr).toContain(`There is no report.pdf: ${join(folder, 'missing')} cannot be used: ENOENT`)
  expect(readdirSync(join(folder, 'report')).sort()).toEqual(['figures', 'report.json', 'report.tex'])
})

test('a link to a folder that does not exist is refused', async () => {
  const folder = temporaryFolder()
  symlinkSync('missing', join(folder, 'report'))
  const { exitCode, stderr } = await exitlab(['paper', 'report', 'report'], { workingFolder: folder })
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain(`${join(folder, 'report')} is a link to a folder that does not exist.`)
})

test('a link in a circle is refused in one sentence', async () => {
  const folder = temporaryFolder()
  symlinkSync('report', join(folder, 'report'))
  const refused = await exitlab(['paper', 'report', 'report'], { workingFolder: folder })
  expect(refused).toEqual({
    exitCode: 5,
    stdout: '',
    stderr: `exitlab: ${join(folder, 'report')} leads through links in a circle, so that nothing can be there. Remove these links, or choose another path.\n`,
  })
})

test('a report that does not fit leaves no folder, unless there was one', async (context) => {
  const folder = temporaryFolder()
  if (!mountSmallDisk(folder)) return context.skip()
  onTestFinished(() => void execFileSync('umount', [folder]))
  fillDisk(join(folder, 'full'))
  const { exitCode, stderr } = await report(folder)
  expect([exitCode, stderr]).toEqual([8, expect.stringContaining('the disk is full') as string])
  expect(readdirSync(folder)).toEqual(['full'])
  expect((await report(folder, first, 'a/b/report')).exitCode).toBe(8)
  expect(readdirSync(folder)).toEqual(['full'])
  mkdirSync(join(folder, 'report'))
  expect((await report(folder)).exitCode).toBe(8)
  expect(readdirSync(folder)).toEqual(['full', 'report'])
})

describe('a folder into which another process writes a report', () => {
  function written(writer: object): string {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'report/.exitlab-partial'), { recursive: true })
    writeFileSync(join(folder, 'report/.exitlab-partial/writer.json'), JSON.stringify(writer))
    return folder
  }

  test('is refused, and what that process has written stays', async () => {
    const folder = written(thisProcess())
    const { exitCode, stderr } = await report(folder)
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain(`Process ${process.pid} is writing a report to ${join(folder, 'report')}.`)
    expect(readdirSync(join(folder, 'report'))).toEqual(['.exitlab-partial'])
  })

  test('is refused where that process begins while the report is made, too', async () => {
    const folder = temporaryFolder()
    const files = Object.entries(first).map(([path, text]) => ({ path, bytes: new Blob([text]) }))
    const client = fakeClient({
      'paper.files': () => {
        mkdirSync(join(folder, 'report/.exitlab-partial'), { recursive: true })
        writeFileSync(join(folder, 'report/.exitlab-partial/writer.json'), JSON.stringify(thisProcess()))
        return files
      },
    })
    const options = { client, workingFolder: folder, environment: { PATH: folder } }
    const { exitCode, stderr } = await exitlab(['paper', 'report', 'report'], options)
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('is writing a report to')
    expect(readdirSync(join(folder, 'report'))).toEqual(['.exitlab-partial'])
  })

  test('is taken over once it is gone', async () => {
    const folder = written({ ...thisProcess(), started: '1' })
    expect((await report(folder)).exitCode).toBe(0)
    expect(readdirSync(join(folder, 'report')).sort()).toEqual(['figures', 'report.json', 'report.tex'])
  })
})

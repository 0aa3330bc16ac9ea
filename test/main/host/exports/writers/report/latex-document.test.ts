import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { reportFiles } from '../../../../../../src/main/host/exports/writers/report/files.ts'
import { latexDocument } from '../../../../../../src/main/host/exports/writers/report/latex-document.ts'
import { paperDocument } from '../../../../../../src/main/host/paper/report/document.ts'
import { hostile, madePanel, madeReport } from './made-report.ts'

const hasTex = spawnSync('pdflatex', ['--version']).status === 0

/** Runs pdflatex three times, as the command line does. */
async function compile(name?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-tex-'))
  try {
    for (const { path, bytes } of reportFiles({
      report: paperDocument(await madeReport({ name })),
      data: {},
      tables: [],
      drawn: [await madePanel()],
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), new Uint8Array(await bytes.arrayBuffer()))
    }
    const args = ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', 'report.tex']
    const env = { ...process.env, max_print_line: '1000' }
    const statuses = [1, 2, 3].map(() => spawnSync('pdflatex', args, { cwd: folder, env }).status)
    return { statuses, log: readFileSync(join(folder, 'report.log'), 'latin1') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.skipIf(!hasTex)('compiles as it is, without a table or text that leaves the page (needs pdflatex)', async () => {
  const { statuses, log } = await compile()
  expect(statuses).toEqual([0, 0, 0])
  expect(log.split('\n').filter((line) => /^(Overfull|LaTeX Warning|Missing character|! )/.test(line))).toEqual([])
})

test.skipIf(!hasTex)('compiles with names that contain special characters of LaTeX (needs pdflatex)', async () => {
  const { statuses, log } = await compile(hostile)
  expect(statuses).toEqual([0, 0, 0])
  expect(log).not.toContain('/etc/passwd)')
})

test('a table of another setting has one mark in its caption, and none in its cells', async () => {
  const { tables, ...report } = await madeReport()
  const [table] = tables.filter(({ id }) => id === 'table-8')
  const lines = latexDocument(paperDocument({ ...report, claims: [], tables: [table!] })).split('\n')
  const marked = lines.filter((line) => line.includes('dagger') && !line.includes('Own runs'))
  expect(marked).toHaveLength(1)
  expect(marked[0]).toMatch(/caption\*\{Table 8: .*own\$\\dagger\$ with .*\$\\dagger\$ Another setting/)
})

test('own values of the same setting carry no mark', async () => {
  const { tables, ...report } = await madeReport()
  const table = { ...tables.find(({ id }) => id === 'table-8')!, sameSetting: true }
  const text = latexDocument(paperDocument({ ...report, claims: [], tables: [table] }))
  const [, ofTables] = text.split('\\section{Tables}')
  expect(ofTables!.split('\\section{Figures}')[0]).not.toContain('dagger')
})

test('the document has title and author, and its summary before its contents', async () => {
  const text = latexDocument(paperDocument(await madeReport()))
  expect(text).toContain('\\author{Exitlab 0.1.0}')
  expect(text).toContain('pdfusetitle')
  expect(text.indexOf('\\section{Summary}')).toBeLessThan(text.indexOf('\\tableofcontents'))
})

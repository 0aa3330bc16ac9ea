import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { longCsv, tabbed, wideCsv } from '../../../../../src/main/host/exports/writers/csv.ts'
import { fileStem } from '../../../../../src/shared/text/file-name.ts'
import { htmlTable } from '../../../../../src/main/host/exports/writers/html.ts'
import { latexTable } from '../../../../../src/main/host/exports/writers/latex.ts'
import { latexText } from '../../../../../src/main/host/exports/writers/latex-text.ts'
import { numberCell, plain, textCell, type Table } from '../../../../../src/shared/tables/table.ts'
import { table } from '../../../../../src/readings/budgets/table.ts'
import { several, single } from './comparisons.ts'

const budgetTable = (answer: Parameters<typeof table>[0]) => table(answer, { eachSeed: false, unit: 'macs' })

const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8')

describe('a long CSV', () => {
  it('has a record for each regime and budget, empty where nothing fits', () => {
    expect(longCsv(budgetTable(single))).toBe(golden('single.csv'))
  })

  it('leaves the deviation of one seed empty, and escapes names that a spreadsheet would run as formulas', () => {
    expect(longCsv(budgetTable(several))).toBe(golden('several.csv'))
  })
})

describe('a wide CSV', () => {
  it('has a record for each regime, with mean and deviation of each budget', () => {
    expect(wideCsv(budgetTable(single))).toBe(golden('single-wide.csv'))
  })
})

describe('a table on the clipboard', () => {
  it('has a tab between cells, and no other', () => {
    expect(tabbed(oddTable(['plain', 'a\tb'], [1, null]))).toBe("name\ta\tb\tc\nplain\t1\t'=1+0\t7\na b\t\t'=1+1\t7\n")
  })

  it('is a table in HTML, in which names are text', () => {
    expect(htmlTable(oddTable(['<b>&'], [1.5]))).toBe(
      '<table><thead><tr><th>name</th><th>a</th><th>b</th><th>c</th></tr></thead>' +
        '<tbody><tr><td>&lt;b&gt;&amp;</td><td>1.5</td><td>=1+0</td><td>7</td></tr></tbody></table>\n',
    )
  })
})

describe('a LaTeX table', () => {
  it('aligns mean ± std at the point and prints best of each budget bold, ties included', () => {
    expect(latexTable(budgetTable(single))).toBe(golden('single.tex'))
  })

  it('has a block for each experiment, and says how many seeds each row has where they differ', () => {
    expect(latexTable(budgetTable(several))).toBe(golden('several.tex'))
  })
})

/** A table of words and numbers that no builder makes. */
function oddTable(heads: string[], values: (number | null)[]): Table {
  return {
    name: 'odd table',
    caption: 'Costs 50 % & more',
    keys: [{ name: 'name' }],
    heads: [{ title: 'Name', align: 'left' }],
    dimensions: ['what'],
    measures: [{ name: 'value', suffix: '' }],
    columns: [
      { ids: ['a'], name: 'a', title: 'A_1', kind: 'number' },
      { ids: ['b'], name: 'b', title: 'B', kind: 'text' },
      { ids: ['c'], name: 'c', title: null, kind: 'number' },
    ],
    blocks: [
      {
        title: null,
        rows: heads.map((head, i) => ({
          keys: [head],
          heads: [head],
          cells: [numberCell(values[i], 1), textCell(`=1+${i}`), numberCell(7, 0)],
        })),
      },
    ],
  }
}

describe('any table', () => {
  it('keeps negative numbers as numbers in a CSV, and texts that begin like formulas as texts', () => {
    const table = oddTable(['=x', '+x', '-x', '@x', 'a,"b"\nc'], [-1.25, 0, 2, null, 3])
    expect(wideCsv(table)).toBe(
      [
        'name,a,b,c',
        "'=x,-1.25,'=1+0,7",
        "'+x,0,'=1+1,7",
        "'-x,2,'=1+2,7",
        "'@x,,'=1+3,7",
        '"a,""b"" c",3,\'=1+4,7',
        '',
      ].join('\n'),
    )
    expect(longCsv(table).split('\n').slice(0, 3)).toEqual(['name,what,value', "'=x,a,-1.25", "'=x,b,'=1+0"])
  })

  it('makes room for signs and digits in LaTeX, prints words as words, and leaves out what is not printed', () => {
    const latex = latexTable(oddTable(['x_1', 'y'], [-1.25, 312]))
    expect(latex).toContain('\\begin{tabular}{l S[table-format = -3.1] l}')
    expect(latex).toContain('Name & {A\\_1} & B \\\\')
    expect(latex).toContain('    x\\_1 & -1.3 & =1+0 \\\\\n    y & 312.0 & =1+1 \\\\\n')
    expect(latex).toContain('\\caption{Costs 50~\\% \\& more}'.replace('~', ' '))
    expect(latex).toContain('\\label{tab:odd-table}')
  })

  it('keeps words in a column of numbers from siunitx, which takes an e or a d for an exponent', () => {
    const { blocks, ...table } = oddTable(['x', 'y'], [1.5, 2])
    const closed = { values: [null], printed: plain('closed') }
    const rows = blocks[0]!.rows.map((row, at) => (at === 1 ? { ...row, cells: [closed, ...row.cells.slice(1)] } : row))
    const latex = latexTable({ ...table, blocks: [{ title: null, rows }] })
    expect(latex).toContain('{l S[table-format = 1.1] l}')
    expect(latex).toContain('y & {closed} & =1+1')
  })

  it('does not let the beginning of a row be read as an option of the line break before it', () => {
    const latex = latexTable(oddTable(['[2em]', '*', '実'], [1, 2, 3]))
    expect(latex).toContain('    {}[2em] & 1.0')
    expect(latex).toContain('    {}* & 2.0')
    expect(latex).toContain('    {}[U+5B9F] & 3.0')
  })

  it('has a dash where there is no value', () => {
    expect(latexTable(oddTable(['x'], [null]))).toContain('x & {\\textendash} & =1+0')
  })
})

describe('the name of a file', () => {
  it.each([
    [['quickstart'], 'budgets', 'quickstart-budgets'],
    [['ViT-T, CIFAR-100', 'a/b\\c'], 'exits', 'ViT-T-CIFAR-100-a-b-c-exits'],
    [['../../etc'], 'runs', 'etc-runs'],
    [['a', 'a', 'b', 'c', 'd'], 'runs', '4-experiments-runs'],
    [['実験'], 'runs', '実験-runs'],
    [['???'], 'runs', 'runs'],
    [['x'.repeat(300)], 'runs', `${'x'.repeat(60)}-runs`],
  ])('of %j is plain and short', (subjects, what, name) => {
    expect(fileStem(subjects, what)).toBe(name)
  })
})

describe('a text in LaTeX', () => {
  it.each([
    ['a_b & 50% #1 $x {y}', 'a\\_b \\& 50\\% \\#1 \\$x \\{y\\}'],
    ['\\end{table}', '\\textbackslash{}end\\{table\\}'],
    ['~ ^ < > |', '\\textasciitilde{} \\textasciicircum{} \\textless{} \\textgreater{} \\textbar{}'],
    ['ViT-T, CIFAR-100', 'ViT-T, CIFAR-100'],
    ['a--b', 'a-{}-b'],
    ['70 ± 1 – é', '70 $\\pm$ 1 \\textendash{} é'],
    ['σ ≥ 10⁻³, log₁₀', '$\\sigma$ $\\geq$ 10$^{-}$$^{3}$, log$_{1}$$_{0}$'],
    ['Δ to best', '$\\Delta$ to best'],
    ['two\nlines\u202e', 'two lines'],
    ['実験', '[U+5B9F][U+9A13]'],
  ])('%j prints as itself', (text, latex) => {
    expect(latexText(text)).toBe(latex)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { longCsv, wideCsv } from '../../src/main/exports/csv.ts'
import { latexTable } from '../../src/main/exports/latex.ts'
import { latexText } from '../../src/main/exports/latex-text.ts'
import { several, single } from './comparisons.ts'

const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8')

describe('a long CSV', () => {
  it('has a record for each regime and budget, empty where nothing fits', () => {
    expect(longCsv(single)).toBe(golden('single.csv'))
  })

  it('leaves the deviation of one seed empty, and disarms names that a spreadsheet would run', () => {
    expect(longCsv(several)).toBe(golden('several.csv'))
  })
})

describe('a wide CSV', () => {
  it('has a record for each regime, with mean and deviation of each budget', () => {
    expect(wideCsv(single)).toBe(golden('single-wide.csv'))
  })
})

describe('a LaTeX table', () => {
  it('aligns mean ± std at the point and prints the best of each budget bold, ties included', () => {
    expect(latexTable(single)).toBe(golden('single.tex'))
  })

  it('has a block for each experiment, and says how many seeds each row has where they differ', () => {
    expect(latexTable(several)).toBe(golden('several.tex'))
  })

  it('takes a caption and a label, and escapes both', () => {
    const text = latexTable(single, { caption: '50 % & more', label: 'tab:my results!' })
    expect(text).toContain('\\caption{50 \\% \\& more}')
    expect(text).toContain('\\label{tab:my-results}')
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
    ['two\nlines\u202e', 'two lines'],
    ['実験', '[U+5B9F][U+9A13]'],
  ])('%j prints as itself', (text, latex) => {
    expect(latexText(text)).toBe(latex)
  })
})

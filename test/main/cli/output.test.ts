import { describe, expect, it } from 'vitest'
import { print, printJson, printResult } from '../../../src/main/cli/context.ts'
import { budgetList, budgetsOfAKind, positiveInteger } from '../../../src/main/cli/options.ts'
import { bytes, count, multiplyAdds, percent, plural } from '../../../src/shared/format/numbers.ts'
import { duration, roughly } from '../../../src/shared/format/times.ts'
import { createStyle, wantsColour } from '../../../src/main/cli/output/style.ts'
import { table } from '../../../src/main/cli/output/table.ts'
import { padLeft, padRight } from '../../../src/main/cli/output/text.ts'
import { quoted } from '../../../src/shared/text/shell-word.ts'

describe('numbers', () => {
  it('are written as people read them', () => {
    expect(percent(0.71236, 2)).toBe('71.24')
    expect(count(5120.4)).toBe('5,120')
    expect([900, 41_304_704, 1_161_955_328, 2e12].map(multiplyAdds)).toEqual(['900', '41.3 M', '1.16 G', '2.00 T'])
    expect([7.4, 760, 11_100, 187_800].map(duration)).toEqual(['7 s', '12 min 40 s', '3 h 5 min', '2 d 4 h'])
    expect([0.2, 40, 185, 9000, 200_000].map(roughly)).toEqual([
      '1 second',
      '40 seconds',
      'about 3 minutes',
      'about 2.5 hours',
      'about 2.3 days',
    ])
    expect([0, 999, 1290, 717_000_000].map(bytes)).toEqual(['0 B', '999 B', '1.3 kB', '717 MB'])
    expect([plural(1, 'run'), plural(2, 'run')]).toEqual(['1 run', '2 runs'])
  })
})

describe('text', () => {
  it('is filled up to terminal columns', () => {
    expect(padRight('実験', 6)).toBe('実験  ')
    expect(padLeft('e\u0301', 3)).toBe('  e\u0301')
    expect(padLeft(createStyle(true).bad('abc'), 4)).toBe(` ${createStyle(true).bad('abc')}`)
  })
})

describe('a stream', () => {
  const written = (isTerminal: boolean) => {
    const texts: string[] = []
    return { texts, output: { writeAsIs: (text: string) => void texts.push(text), isTerminal, columns: 80, rows: 24 } }
  }
  const name = 'a\u001b[2K\r\nforged\u202e'

  it('has styles of ours as escape sequences, and those of a file as text', () => {
    const { texts, output } = written(true)
    print(output, [createStyle(true).bad(`no ${name}`), name])
    expect(texts).toEqual(['\u001b[31mno a\\u001b[2K\\r\\nforged\\u202e\u001b[39m\na\\u001b[2K\\r\\nforged\\u202e\n'])
  })

  it('keeps line breaks of a message, which cannot pass for a line of its own', () => {
    const { texts, output } = written(false)
    print(output, `a name: ${name}\n\n  more`)
    expect(texts).toEqual(['a name: a\\u001b[2K\n  forged\\u202e\n\n    more\n'])
  })

  it('of a terminal has a result as lines, any other its bytes', () => {
    const csv = 'name,1\r\n"a\u001b[2K\u200b",2\r\n'
    const [terminal, pipe] = [written(true), written(false)]
    for (const { output } of [terminal, pipe]) printResult(output, csv)
    expect([terminal.texts, pipe.texts]).toEqual([['name,1\n"a\\u001b[2K\\u200b",2\n'], [csv]])
  })

  it('has JSON that says the same', () => {
    const { texts, output } = written(false)
    printJson(output, { name: `${name}\u009b\ud800` })
    expect(texts.join('')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u)
    expect(JSON.parse(texts.join(''))).toEqual({ name: `${name}\u009b\ud800` })
  })
})

describe('a table', () => {
  it('aligns columns of any width, numbers to the right', () => {
    expect(
      table(
        [{ header: 'name' }, { header: '%', align: 'right' }],
        [
          ['実験', '9.50'],
          ['joint', '62.20'],
        ],
      ),
    ).toEqual(['name       %', '実験    9.50', 'joint  62.20'])
    const bad = createStyle(true).bad('x')
    expect(
      table(
        [{ header: 'name' }, { header: '%' }],
        [
          ['\u001b', bad],
          ['longer', '1'],
        ],
      ),
    ).toEqual(['name    %', `\u001b  ${bad}`, 'longer  1'])
  })
})

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ])('with %j on a terminal: %s are %s', (environment, isTerminal, colours) => {
    expect(wantsColour(environment, isTerminal)).toBe(colours)
  })
})

describe('arguments', () => {
  it('reads budgets in multiply-adds or milliseconds, all of one kind', () => {
    expect(budgetsOfAKind('50,unlimited')).toEqual({ budgets: [0.5, null] })
    expect(budgetsOfAKind('20M, 1.5g')).toEqual({ budgets: [20e6, 1.5e9], budgetsIn: 'cost', cost: 'macs' })
    expect(budgetsOfAKind('0.5ms')).toEqual({ budgets: [0.5], budgetsIn: 'cost', cost: 'latency' })
    for (const mixed of ['50,20M', '1ms,20M']) expect(() => budgetsOfAKind(mixed)).toThrow('budgets of one kind')
  })

  it('take budgets in %, small ones too', () => {
    expect(budgetList('25,50,75,100,unlimited')).toEqual([0.25, 0.5, 0.75, 1, null])
    expect(budgetList('0.5, 1,inf')).toEqual([0.005, 0.01, null])
    expect(budgetList('2%,150')).toEqual([0.02, 1.5])
    for (const bad of ['', '25,', '-5', '1e2', 'NaN', '0', '0%'])
      expect(() => budgetList(bad)).toThrow('Expected percentages above 0')
  })

  it('take whole numbers above 0', () => {
    expect(positiveInteger('12')).toBe(12)
    for (const bad of ['0', '-1', '1.5', '0x10', '', '1e3', '99999999999999999999'])
      expect(() => positiveInteger(bad)).toThrow('above 0')
  })

  it('are quoted for a shell only where necessary', () => {
    expect(['a/b.yaml', 'two words', "it's"].map(quoted)).toEqual(['a/b.yaml', "'two words'", "'it'\\''s'"])
  })

  it('show no control characters where they are quoted for a shell', () => {
    expect(quoted("\u001b[2Jit's \u202eC:\\x")).toBe(String.raw`$'\u001b[2Jit\'s \u202eC:\\x'`)
  })
})

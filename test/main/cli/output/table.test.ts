import { expect, it } from 'vitest'
import { createStyle } from '../../../../src/main/cli/output/style.ts'
import { right, table, type TableOptions } from '../../../../src/main/cli/output/table.ts'
import { terminalLine, widthOf } from '../../../../src/main/cli/output/text.ts'

const columns = [{ header: 'run' }, right('seed'), { header: 'phase', optional: true }, { header: 'status' }]
const rows = [
  ['quickstart-disjoint', '1', '2/2 heads', 'done'],
  ['quickstart-joint', '12', '1/1 joint', 'running'],
]
const lines = (options: TableOptions) => table(columns, rows, options)

it('has a line a row, numbers to the right', () => {
  expect(lines({})).toEqual([
    'run                  seed  phase      status',
    'quickstart-disjoint     1  2/2 heads  done',
    'quickstart-joint       12  1/1 joint  running',
  ])
})

it('leaves out what is optional where it is too wide', () => {
  expect(lines({ width: 43 })[0]).toBe('run                  seed  status')
})

it('where it is still too wide, a row becomes lines of its own', () => {
  expect(lines({ width: 30, indent: 2 })).toEqual([
    '  run: quickstart-disjoint',
    '  seed: 1',
    '  status: done',
    '',
    '  run: quickstart-joint',
    '  seed: 12',
    '  status: running',
  ])
  expect(lines({ width: 30, keepsRows: true })[0]).toBe('run                  seed  status')
})

it('fits in any width, whatever is in its cells, and loses nothing of it', () => {
  const { bad } = createStyle(true)
  const odd = ['a\nb\u001b[2J', '網'.repeat(30), 'x'.repeat(70), bad('failed and more')]
  for (const width of [4, 10, 20, 40]) {
    const narrow = table(
      [...columns.slice(0, 3), { header: '' }].map(({ header }) => ({ header })),
      [odd],
      { width },
    )
    expect(Math.max(...narrow.map(widthOf))).toBeLessThanOrEqual(width)
    const whole = narrow.map((line) => terminalLine(line).trim()).join('')
    for (const [character, count] of [
      ['網', 30],
      ['x', 70],
    ] as const)
      expect(whole.split(character).length - 1).toBe(count)
    expect(whole.replaceAll(' ', '')).toContain('a\\nb\\u001b[2J')
  }
})

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { csv, read, refusal, temporaryFile, temporaryFolder } from '../support.ts'

const costs = [0.2, 0.5, 1]

async function contentOf(...[path, choice]: Parameters<typeof read>) {
  const { results } = await read(path, choice)
  expect(results).toHaveLength(1)
  return results[0]!.content
}

describe('a row for each exit', () => {
  it('is read in the order of depth, of the last epoch', async () => {
    const path = csv('epoch,exit,accuracy,cost', '1,final,70,101.5', '1,0,40,20', '2,1,55,50', '2,0,45,20', '2,final,72,101.5') // prettier-ignore
    const content = await contentOf(path)
    expect(content.exits).toEqual([
      { name: '0', cost: 0.2, value: 0.45 },
      { name: '1', cost: 0.5, value: 0.55 },
      { name: 'final', cost: 1.015, value: 0.72 },
    ])
    expect(content.curve).toBeNull()
    expect(content.notes).toEqual([
      'Last values of accuracy.',
      'Values of accuracy were read as %.',
      'Costs were read as % of the backbone’s.',
    ])
  })

  it('has multiply-adds beside the cost of the backbone', async () => {
    const path = csv('head;top1;flops', 'head 2;0.5;2e6', 'head 10;0.75;4000000')
    const content = await contentOf(path, { backboneMacs: 4e6 })
    expect(content.backboneMacs).toBe(4e6)
    expect(content.exits).toEqual([{ name: '2', cost: 2e6, value: 0.5 }, { name: '10', cost: 4e6, value: 0.75 }]) // prettier-ignore
    expect((await refusal(path)).message).toContain('has costs up to 4000000, which are no fractions or %')
    expect((await refusal(path, { backboneMacs: 1000 })).message).toContain('do not fit a backbone of 1000')
  })

  it('is one result for each seed', async () => {
    const path = csv('seed,exit,accuracy,cost', '3,0,0.4,0.2', '3,1,0.6,1', '4,0,0.5,0.2', '4,1,0.7,1')
    const { results } = await read(path)
    expect(results.map(({ seed, content }) => [seed, content.exits.map(({ value }) => value)])).toEqual([
      [3, [0.4, 0.6]],
      [4, [0.5, 0.7]],
    ])
  })
})

describe('an exit of a row', () => {
  const rows = (...exits: string[]) =>
    csv('exit,acc,cost', ...exits.map((exit, at) => `${exit},0.${at + 1},0.${at + 1}`))

  it('is the last one by any word, and none where it is empty', async () => {
    expect((await contentOf(rows('0', 'backbone', ''))).exits.map(({ name }) => name)).toEqual(['0', 'final'])
  })

  it.each([
    ['ensemble', 'the number of an exit, or “final” as in a row before'],
    ['-1', 'the number of an exit'],
  ])('is not %s beside others', async (exit, expected) => {
    expect((await refusal(rows('0', 'final', exit))).message).toMatch(
      new RegExp(`has “${exit}” in line 4, column exit; expected ${expected}\\.$`),
    )
  })
})

describe('a column for each exit', () => {
  it('is read as loggers write it, with cells that are empty in most rows', async () => {
    const path = csv('step,train_loss,acc_0,acc_1,acc_2', '0,2.5,,,', '1,,0.3,0.4,0.5', '2,1.5,,,', '3,,0.35,0.45,0.4') // prettier-ignore
    const content = await contentOf(path, { costs })
    expect(content.exits.map(({ value }) => value)).toEqual([0.35, 0.45, 0.4])
    const best = await contentOf(path, { costs, logged: 'best' })
    expect(best.exits.map(({ value }) => value)).toEqual([0.35, 0.45, 0.5])
  })

  it('gives each exit over the epochs or steps of its rows, as fractions', async () => {
    const rows = ['0,30,50', '100,35,nan', '200,45,60']
    const content = await contentOf(csv('step,acc_0,acc_1', ...rows), { costs: [0.5, 1] })
    expect(content.training).toEqual({ axis: 'step', curves: [[0, 0.3, 100, 0.35, 200, 0.45], [0, 0.5, 200, 0.6]] }) // prettier-ignore
    const byEpoch = await contentOf(csv('Epoch,acc_0,acc_1', ...rows), { costs: [0.5, 1] })
    expect(byEpoch.training!.axis).toBe('epoch')
    expect((await contentOf(csv('acc_0,acc_1', '30,50', '40,60'), { costs: [0.5, 1] })).training).toBeUndefined()
  })

  it('is read without curves that have values no accuracy can have, and reports it', async () => {
    const content = await contentOf(csv('epoch,acc_0,acc_1', '0,-1,-1', '1,0.3,0.5'), { costs: [0.5, 1] })
    expect(content.training).toBeUndefined()
    expect(content.notes).toContain('Curves over the training are left out: they have -1 as accuracy.')
  })

  it('may have its costs in columns too', async () => {
    const path = csv('acc_1\tacc_0\tflops_0\tflops_1', '0.6\t0.4\t25\t100')
    const { exits } = await contentOf(path)
    expect(exits).toEqual([{ name: '0', cost: 0.25, value: 0.4 }, { name: '1', cost: 1, value: 0.6 }]) // prettier-ignore
  })

  it('is the one on test samples of several; without it one has to be chosen', async () => {
    const header = 'val_acc_0,val_acc_1,train_acc_0,train_acc_1'
    const path = csv(`${header},test_acc_0,test_acc_1`, '0.1,0.2,0.8,0.9,0.3,0.4')
    const content = await contentOf(path, { costs: [0.5, 1] })
    expect([content.split, content.exits.map(({ value }) => value)]).toEqual(['test', [0.3, 0.4]])
    const both = csv(header, '0.1,0.2,0.8,0.9')
    expect((await refusal(both, { costs: [0.5, 1] })).message).toContain('  val_acc_*\n  train_acc_*')
    const chosen = await contentOf(both, { costs: [0.5, 1], map: { metric: 'val_acc_*' } })
    expect([chosen.split, chosen.exits[1]!.value]).toEqual(['validation', 0.2])
  })

  it('holds the MSE of a regression, of which smaller is better', async () => {
    const path = csv('epoch,mse_0,mse_1', '1,2.5,1.25', '2,3.5,1.5')
    const { exits, task } = await contentOf(path, { costs: [0.5, 1], task: 'regression', logged: 'best' })
    expect([task, exits.map(({ value }) => value)]).toEqual(['regression', [2.5, 1.25]])
  })
})

describe('a row for each threshold', () => {
  it('is a curve, from the cheapest end', async () => {
    const path = csv('threshold,accuracy,cost', '0.9,0.7,0.9', '0.5,0.6,0.5', '0.1,0.4,0.2')
    const { exits, curve } = await contentOf(path)
    expect(exits).toEqual([])
    expect(curve).toEqual([
      { threshold: 0.1, cost: 0.2, value: 0.4 },
      { threshold: 0.5, cost: 0.5, value: 0.6 },
      { threshold: 0.9, cost: 0.9, value: 0.7 },
    ])
  })

  it('may have a rule that is stricter at small thresholds, or no thresholds', async () => {
    const entropy = await contentOf(csv('tau,acc,cost', '0.1,0.7,90%', '0.9,0.4,20%'))
    expect(entropy.curve!.map(({ threshold }) => threshold)).toEqual([0.9, 0.1])
    expect(entropy.curve!.map(({ cost }) => cost)).toEqual([0.2, 0.9])
    const bare = await contentOf(csv('acc,cost', '0.7,0.9', '0.4,0.2'))
    expect(bare.curve).toEqual([{ threshold: null, cost: 0.2, value: 0.4 }, { threshold: null, cost: 0.9, value: 0.7 }]) // prettier-ignore
  })

  it('has each threshold once', async () => {
    const { message } = await refusal(csv('threshold,acc,cost', '0.5,0.7,0.9', '0.5,0.6,0.9'))
    expect(message).toContain('has the threshold 0.5 twice')
  })
})

describe('columns with other names', () => {
  it('are listed, with the choice that is missing', async () => {
    const { message, fields } = await refusal(csv('a,b,c', '1,2,3'))
    expect(message).toContain('Choose the metric; in names of columns * stands for the exit:\n  a\n  b\n  c')
    expect(fields.command?.slice(2)).toEqual(['--map', 'metric=a'])
  })

  it('are read as they are chosen', async () => {
    const path = csv('t,quality,ops', '0.1,0.5,50', '0.2,0.75,100')
    const { curve } = await contentOf(path, { map: { threshold: 't', metric: 'quality', cost: 'ops' } })
    expect(curve!.at(-1)).toEqual({ threshold: 0.2, cost: 1, value: 0.75 })
  })

  it('are refused where there are none, or two, of a name', async () => {
    const none = await refusal(csv('exit,accuracy', '0,1'), { map: { metric: 'top5' } })
    expect(none.message).toContain('has no column top5')
    const two = await refusal(csv('exit,accuracy,accuracy', '0,1,1'), { map: { metric: 'accuracy' } })
    expect(two.message).toContain('has several columns accuracy')
  })
})

describe('a broken table is refused with its line:', () => {
  it.each([
    ['a quotation mark without its end', ['exit,accuracy', '0,"0.5', '1,0.7'], 'a quotation mark has no end'],
    ['a quotation mark within a cell', ['exit,accuracy', '0,0"5'], 'line 2'],
    ['a row with another number of cells', ['exit,accuracy', '0,0.5,7'], 'line 2'],
    [
      'a cell that is no number',
      ['exit,accuracy,cost', '0,0.5,1', '1,high,1'],
      'has “high” in line 3, column accuracy',
    ],
    ['a decimal comma', ['exit;accuracy', '0;0,5'], 'has “0,5” in line 2, column accuracy'],
    ['not a number', ['exit,accuracy,cost', '0,0.5,0.5', '1,nan,1'], 'has NaN as accuracy; expected a number'],
    [
      'an accuracy above 100 %',
      ['exit,accuracy,cost', '0,50,0.5', '1,120,1'],
      'has 120 as accuracy; expected 0 to 100',
    ],
    ['a cost of 0', ['exit,accuracy,cost', '0,0.5,0'], 'has 0 as a cost'],
    ['no rows', ['exit,accuracy,cost'], 'has no rows with values'],
  ])('%s', async (_, lines, message) => {
    const error = await refusal(csv(...lines), lines[0]!.includes('cost') ? {} : { costs: [1, 1] })
    expect(error.code).toBe('data')
    expect(error.message).toContain(message)
  })
})

describe('one column over a training', () => {
  const lines = ['epoch,train_loss,val_acc', '1,2.5,40', '2,2.0,45', '3,1.5,43']

  it('is a curve over the training, of which the best value may count', async () => {
    const content = await contentOf(csv(...lines))
    expect(content).toMatchObject({ split: 'validation', exits: [], curve: null, backboneMacs: null })
    expect(content.training).toEqual({ axis: 'epoch', curves: [[1, 0.4, 2, 0.45, 3, 0.43]] })
    expect(content.notes).toEqual([
      'Last values of val_acc.',
      'Values of accuracy were read as %.',
      'One curve without a cost: it is shown among training curves. With its cost (100 for the whole network) it is compared at budgets too.',
    ])
    expect((await contentOf(csv(...lines), { backboneMacs: 1e6 })).exits).toEqual([])
  })

  it('is an exit where its cost is given', async () => {
    const { exits, training } = await contentOf(csv(...lines), { costs: [1], logged: 'best' })
    expect(exits).toEqual([{ name: 'final', cost: 1, value: 0.45 }])
    expect(training!.curves).toHaveLength(1)
  })

  it('that ends at chance is in %, as the values before say', async () => {
    const { exits, training } = await contentOf(csv('epoch,val_acc', '1,40', '2,1.0'), { costs: [1] })
    expect(exits).toEqual([{ name: 'final', cost: 1, value: 0.01 }])
    expect(training!.curves).toEqual([[1, 0.4, 2, 0.01]])
  })

  it.each(['nan', '1e999'])('with the epoch %s is refused', async (epoch) => {
    const { code, message } = await refusal(csv('epoch,val_acc', '1,0.4', `${epoch},0.5`))
    expect([code, message]).toEqual(['data', expect.stringContaining(`has “${epoch}” in line 3, column epoch; expected a number`)]) // prettier-ignore
  })

  it('is refused where it has neither several values nor a cost, or what no accuracy can be', async () => {
    expect((await refusal(csv('epoch,val_acc', '1,0.5'))).message).toContain('does not say what its exit costs')
    expect((await refusal(csv('epoch,val_acc', '1,-1', '2,0.5'))).message).toContain('they have -1 as accuracy')
  })

  it('is one result for each table of a folder, as loggers write them', async () => {
    const folder = temporaryFolder()
    for (const version of [0, 1]) {
      mkdirSync(join(folder, `version_${version}`))
      writeFileSync(join(folder, `version_${version}`, 'metrics.csv'), lines.join('\n'))
      writeFileSync(join(folder, `version_${version}`, 'notes.txt'), 'no table')
    }
    expect((await read(folder)).results.map(({ name }) => name)).toEqual(['version_0', 'version_1'])
    rmSync(join(folder, 'version_1'), { recursive: true })
    expect((await read(folder)).results.map(({ name }) => name)).toEqual([null])
    writeFileSync(join(folder, 'seed3.csv'), lines.join('\n'))
    const { results } = await read(folder)
    expect(results.map(({ name, seed }) => [name, seed])).toEqual([[basename(folder), 3], ['version_0/metrics', null]]) // prettier-ignore
  })
})

describe('a row', () => {
  it.each([
    ['more cells', '0\t0.5\t0.2\t9', 'has 4 cells in line 2; expected 3, as in its first row'],
    ['fewer cells', '0\t0.5', 'has 2 cells in line 2; expected 3'],
  ])('with %s than columns is refused with both counts', async (_, row, message) => {
    expect((await refusal(temporaryFile('x.tsv', `exit\tacc\tcost\n${row}\n`))).message).toContain(message)
  })

  it('may end with separators, and may hold commas where tabs separate', async () => {
    const text = 'exit\tacc (top-1, test, in %)\tcost\n0\t50\t20\t\n1\t75\t100\t\t\n'
    const { exits } = await contentOf(temporaryFile('x.tsv', text))
    expect(exits.map(({ value }) => value)).toEqual([0.5, 0.75])
  })

  it.each(['-1', '1.5', '1e300', 'nan'])('with the seed %s is refused', async (seed) => {
    const { code, message } = await refusal(csv('seed,exit,acc,cost', `${seed},0,0.5,1`))
    expect([code, message]).toEqual(['data', expect.stringContaining(`has “${seed}” in line 2, column seed; expected a seed`)]) // prettier-ignore
  })
})

describe('a hostile table is refused', () => {
  it.each([
    [
      'a number of a million digits that ends in a letter',
      `exit,acc\n0,${'1'.repeat(1_000_000)}x`,
      'expected a number',
    ],
    ['an exit of a hundred digits', `exit,acc\n${'1'.repeat(100)},0.5`, 'expected the number of an exit'],
    ['a name of a million digits', '1'.repeat(1_000_000), 'has a name of 1000000 characters'],
    ['100,000 columns of one name', `acc_1${',acc_1'.repeat(99_999)}`, 'has 100000 columns; expected at most 20000'],
    ['UTF-16', Buffer.from('\ufeffexit,acc\n0,1', 'utf16le'), 'is in UTF-16; expected UTF-8'],
  ])('%s', async (_, text, message) => {
    const error = await refusal(temporaryFile('x.csv', text))
    expect(error.code).toBe('data')
    expect(error.message).toContain(message)
    expect(error.message.length).toBeLessThan(2000)
  })

  it('lists some of 20,000 columns', async () => {
    const header = Array.from({ length: 20_000 }, (_, column) => `loss_${column}`).join()
    expect((await refusal(temporaryFile('x.csv', header))).message).toMatch(/loss_29\n {2}and 19,970 more$/)
  })
})

test('lines may end with a carriage return alone', async () => {
  const { exits } = await contentOf(temporaryFile('x.csv', 'exit,acc,cost\r0,0.5,0.5\r1,0.6,1\r'))
  expect(exits).toHaveLength(2)
})

test('what is no table is refused, without reading all of it', async () => {
  expect((await refusal(temporaryFile('x.csv', ''))).message).toContain('is empty')
  expect((await refusal(temporaryFile('x.csv', Buffer.alloc(100)))).message).toContain('it is a binary file')
  const endless = temporaryFile('x.csv', `exit,accuracy\n0,"${'x'.repeat(3_000_000)}`)
  expect((await refusal(endless)).message).toContain('a row has more than 1048576 characters')
  const rows = Array.from({ length: 20_001 }, (_, i) => `${i},0.5,0.5`)
  expect((await refusal(csv('threshold,acc,cost', ...rows))).message).toContain('a curve of more than 20000 points')
  expect((await refusal(temporaryFile('x.dat', 'exit,accuracy'))).fields.command?.slice(2)).toEqual(['--format', 'csv'])
})

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { itemList } from '../../../src/main/cli/paper/item-list.ts'
import { paperBench } from '../host/paper/support.ts'
import { exitlab } from './support.ts'

describe('paper run', () => {
  test('trains and analyses what items lack, and has nothing to do the second time', async () => {
    const { client, journal } = await paperBench()
    const command = ['paper', 'run', 'table-11', 'figure-4', '--scale', 'desk']
    const first = await exitlab(command, { client })
    expect(first).toMatchObject({ exitCode: 0 })
    expect(first.stdout).toContain('9 runs done in')
    expect(first.stdout).toMatch(/Done: table 11, figure 4\.\n$/)
    expect(journal().filter((line) => line.startsWith('analysed'))).toHaveLength(9)
    const before = journal().length
    expect(await exitlab(command, { client })).toEqual({
      exitCode: 0,
      stdout: 'Done: table 11, figure 4.\n',
      stderr: '',
    })
    expect(journal()).toHaveLength(before)
  })

  test('names runs that failed and goes on with the others', async () => {
    const { client } = await paperBench({ failure: { code: 'diverged', message: 'the loss is not finite' } })
    const { exitCode, stderr } = await exitlab(['paper', 'run', 'table-11', 'table-16', '--scale', 'desk'], { client })
    expect(exitCode).toBe(10)
    expect(stderr).toContain('exitlab: desk-vit-with-gpf-mixed-s2 failed: the loss is not finite')
    expect(stderr).toContain('desk-resnet-with-nine-blocks-joint-s1 failed')
    expect(stderr).toContain(
      '0 of 2 tables and figures done. Not done: tables 11, 16. Try again with: exitlab paper run table-11 table-16 --scale desk',
    )
  })

  test('names experiments that cannot be trained, and trains the others', async () => {
    const { client } = await paperBench()
    const { exitCode, stderr } = await exitlab(['paper', 'run', 'table-13', 'table-11', '--scale', 'desk'], { client })
    expect(exitCode).toBe(10)
    expect(stderr.match(/bert-newsgroups: Fortunes is not in /g)).toHaveLength(1)
    expect(stderr).toContain('1 of 2 tables and figures done. Not done: table 13.')
  })
})

test('paper status says of what scale it is and what is done', async () => {
  const { client } = await paperBench()
  const { exitCode, stdout } = await exitlab(['paper', 'status', 'table-4', '--scale', 'desk'], { client })
  expect(exitCode).toBe(0)
  expect(stdout.split('\n')[0]).toBe('The paper at desk scale: 0 of 1 tables and figures done.')
  expect(stdout).toMatch(
    /table-4 +ViT-B, pre-trained, CIFAR-100 +· missing +0\/10 +– +vit-b-pretraining, vit-b-cifar100 +table 18, figure 16/,
  )
  expect(stdout).toContain('vit-b-cifar100: It waits for the weights of “Desk: ViT, pre-training”')
  expect(stdout).toContain('Together 0 of 10 runs and 0 of 14 distinct phases done.')
})

test('paper plan estimates the time and disk of the rest', async () => {
  const { client } = await paperBench()
  const { stdout } = await exitlab(['paper', 'plan', 'table-7', '--scale', 'desk'], { client })
  expect(stdout).toMatch(/resnet50-tinyimagenet-placement +· missing +0\/18 +0\/21 +0 s +\d+ h( \d+ min)? +[\d.]+ MB/)
  expect(stdout).toMatch(/Time left: at most about [\d.]+ hours\. Checkpoints: [\d.]+ MB\./)
  expect(stdout).toContain('table-7: The paper does not list the blocks of Every-2')
})

describe('paper tables', () => {
  test('have published and own values, and one mark where these have another setting', async () => {
    const { client, host } = await paperBench()
    await client.paper.start({ scale: 'desk', items: ['table-16'] })
    await host.idle()
    const { stdout } = await exitlab(['paper', 'tables', 'table-16', '--scale', 'desk'], { client })
    const lines = stdout.split('\n')
    const numbers = (line: string) => line.match(/[+−]?\d+\.\d+( ± \d+\.\d+)?/g) ?? []
    const of = (name: string) => lines.filter((line) => line.includes(name) && numbers(line).length > 0)
    expect([of(' published ').length, of('own (n = 3)').length, of('own − published').length]).toEqual([3, 3, 0])
    const words = stdout.replaceAll(/\s+/g, ' ')
    expect(words).toContain('own† with Vision transformer, Fashion-MNIST')
    expect(words).toContain('† Another setting than the published one')
  })

  test('are written as one file each', async () => {
    const { client } = await paperBench()
    const folder = mkdtempSync(join(tmpdir(), 'exitlab-paper-'))
    const { stderr } = await exitlab(['paper', 'tables', 'table-2', '--format', 'csv', '--output', folder], { client })
    expect(stderr).toBe(`Wrote 2 files to ${folder}\n`)
    expect(readdirSync(folder)).toEqual(['table-2a.csv', 'table-2b.csv'])
    const [header, first] = readFileSync(join(folder, 'table-2a.csv'), 'utf8').split('\n')
    expect(header).toBe('table,regime,variant,values,same_setting,n,budget,mean,std')
    expect(first).toMatch(/^table-2a,disjoint,,published,,,0\.25,/)
  })
})

test('consecutive tables and figures are listed as ranges', () => {
  expect(itemList(['figure-7', 'table-3', 'table-1', 'table-2', 'table-9', 'table-10'])).toBe(
    'tables 1–3, 9, 10, figure 7',
  )
  expect(itemList([])).toBe('–')
})

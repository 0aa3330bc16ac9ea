import { describe, expect, test } from 'vitest'
import { readPublishedTables } from '../../../../src/main/host/comparison/evaluation/published.ts'
import { differencesTo } from '../../../../src/main/host/paper/differences.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { PaperTable } from '../../../../src/shared/paper/paper-report.ts'
import { paperFile } from '../../../../src/main/host/paper/file-states.ts'
import { paperBench } from './support.ts'
import { compare } from '../../../support/ask.ts'

const tablesOf = (client: HostClient, ...items: string[]) => client.paper.tables({ scale: 'desk', items })

async function trained(...items: string[]) {
  const made = await paperBench()
  await made.client.paper.start({ scale: 'desk', items })
  await made.host.idle()
  return made
}

test('without runs a table has its published values alone', async () => {
  const { client } = await paperBench()
  const [table, ...others] = await tablesOf(client, 'table-8', 'figure-7')
  const published = (await readPublishedTables()).find(({ id }) => id === 'table-8')!
  expect(others).toEqual([])
  expect(table).toMatchObject({
    item: 'table-8',
    id: 'table-8',
    title: 'Table 8: ResNet-34, CIFAR-100, SDN',
    publishedSetting: 'ResNet-34, CIFAR-100',
    ownSetting: null,
    sameSetting: false,
    experiments: [],
    budgets: [0.25, 0.5, 0.75, 1, null],
  })
  expect(table!.rows.map(({ regime, published }) => [regime, published])).toEqual(
    published.rows.map(({ regime, cells }) => [regime, cells]),
  )
  expect(table!.rows.flatMap(({ own }) => own).every((cell) => cell === null)).toBe(true)
})

test('own values are those of a comparison by the protocol and rule of the paper', async () => {
  const { client } = await trained('table-15')
  const tables = await tablesOf(client, 'table-3', 'table-10', 'table-15')
  expect(tables.map(({ id }) => id)).toEqual(['table-3a', 'table-3b', 'table-3c', 'table-10', 'table-15'])
  const [experiment] = await client.experiments.list()
  const compared = async (rule?: string) => {
    const { rows } = await compare(client, { runs: [experiment!.id], protocol: 'paper', rule })
    return rows.map(({ regime, seeds, cells }) => [
      regime,
      cells.map((cell) => cell && { mean: cell.mean, std: cell.std, n: seeds.length }),
    ])
  }
  const own = ({ rows }: PaperTable) => rows.map(({ regime, own }) => [regime, own] as const)
  // The other four regimes of table 10 are trained by a file of their own.
  expect(own(tables[3]!).slice(0, 3)).toEqual(await compared())
  expect(own(tables[4]!)).toEqual((await compared('patience')).slice(0, 3))
  expect(
    own(tables[1]!)
      .flatMap(([, cells]) => cells)
      .every((cell) => cell === null),
  ).toBe(true)
  expect(tables[4]).toMatchObject({
    sameSetting: false,
    ownSetting: 'Vision transformer, Fashion-MNIST',
    experiments: ['Desk: ViT'],
  })
})

test('swept values are in the rows of their variants', async () => {
  const { client } = await trained('table-7')
  const [table] = await tablesOf(client, 'table-7')
  // Each variant is a series of its own: together they are a sweep.
  await client.evaluations.openTest({ runs: ['Desk: placement of exits'] })
  const { rows } = await compare(client, {
    runs: ['Desk: placement of exits'],
    protocol: 'paper',
    budgets: table!.budgets,
  })
  const own = (variant: string) =>
    table!.rows.filter((row) => row.variant === variant).map((row) => row.own.map((cell) => cell?.mean))
  const means = (exits: string) =>
    rows.filter(({ series }) => series.endsWith(`exits ${exits}`)).map(({ cells }) => cells.map((cell) => cell?.mean))
  expect(own('Every-3')).toEqual(means('[3, 6]'))
  expect(own('Dense-Sparse')).toEqual(means('[1, 2, 3, 6]'))
  // The runs of table 11.
  const table11 = await compare(client, {
    runs: ['Desk: ResNet with nine blocks'],
    protocol: 'paper',
    budgets: table!.budgets,
  })
  expect(own('Every-1')).toEqual(table11.rows.map(({ cells }) => cells.map((cell) => cell?.mean)))
  // Not trained at desk scale.
  expect(own('Sparse-Dense').flat()).toEqual(Array(12).fill(undefined))
})

test('runs at equal epochs are values of their own, of the rows that they train once more', async () => {
  const { client, host } = await paperBench()
  for (const file of ['resnet34-cifar100', 'resnet34-cifar100-equal'])
    await client.experiments.create(await paperFile('desk', file))
  await host.idle()
  const [table] = await tablesOf(client, 'table-8')
  for (const { regime, ownSeeds, equalEpochs } of table!.rows) {
    const seeds = ['disjoint', 'joint', 'mixed'].includes(regime) ? [1, 2, 3, 4, 5] : []
    expect(ownSeeds.map(({ seed }) => seed)).toEqual(seeds)
    expect(equalEpochs?.ownSeeds.map(({ seed }) => seed) ?? []).toEqual(seeds)
    const phases = [ownSeeds, equalEpochs?.ownSeeds ?? []].flat().map(({ phase }) => phase)
    expect(new Set(phases).size).toBe(phases.length)
  }
  const { rows } = await compare(client, {
    runs: ['Desk: ResNet, equal epochs'],
    protocol: 'paper',
    budgets: table!.budgets,
  })
  const joint = table!.rows.find(({ regime }) => regime === 'joint')!
  const compared = rows.find(({ regime }) => regime === 'joint')!
  expect(joint.equalEpochs!.own.map((cell) => cell?.mean)).toEqual(compared.cells.map((cell) => cell?.mean))
})

describe('table 5', () => {
  test('has the differences of table 19 to its uniform rows', async () => {
    const { client } = await paperBench()
    const [differences, absolute] = await tablesOf(client, 'table-5', 'table-19')
    expect(differences).toMatchObject({ item: 'table-5', id: 'table-5' })
    expect(differences!.rows.map(({ regime, variant }) => `${regime} ${variant}`).toSorted()).toEqual(
      ['joint', 'mixed'].flatMap((regime) => ['Dec', 'GE', 'Inc', 'SDN'].map((variant) => `${regime} ${variant}`)),
    )
    const mean = (table: PaperTable, variant: string) =>
      table.rows.find((row) => row.regime === 'joint' && row.variant === variant)!.published[0]!.mean
    // Printed in table 19, joint at 25 %.
    expect([mean(absolute!, 'uniform'), mean(absolute!, 'Inc')]).toEqual([52.98, 51.28])
    expect(mean(differences!, 'Inc')).toBeCloseTo(51.28 - 52.98, 9)
  })

  test('subtracts means, without a deviation', () => {
    const row = (variant: string, mean: number, own: number | null) => ({
      regime: 'joint',
      variant,
      published: [{ mean, std: 0.5 }],
      own: [own === null ? null : { mean: own, std: 0.2, n: variant === 'a' ? 3 : 2 }],
      ownSeeds: own === null ? [] : [{ seed: 1, phase: 'a', values: [own] }],
      equalEpochs: null,
    })
    const table = { rows: [row('u', 50, 60), row('a', 52, 63), row('b', 49, null)] } as unknown as PaperTable
    expect(differencesTo(table, 'u').rows).toEqual([
      { ...row('a', 2, 3), published: [{ mean: 2, std: null }], own: [{ mean: 3, std: null, n: 2 }] },
      { ...row('b', -1, null), published: [{ mean: -1, std: null }], own: [null] },
    ])
  })
})

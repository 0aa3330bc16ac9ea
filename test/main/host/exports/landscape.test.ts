import { expect, test } from 'vitest'
import type { LossLandscapeResult } from '../../../../src/readings/analyses/loss-landscape/schema.ts'
import type { ExportInput } from '../../../../src/contract/exports.ts'
import { defaultLimit } from '../../../../src/readings/analyses/loss-landscape/figure/limits.ts'
import { trainedBench } from '../analyses/support.ts'
import { refusal } from '../support.ts'

const settings = { points: 5, draws: 2 }

async function landscapesOf(runs: string[], parameters: object = settings) {
  const { client, host } = await trainedBench()
  const asked = async (of: string[], changes: object) => {
    const { analyses } = await client.analyses.ask({ kind: 'loss-landscape', runs: of, parameters: { ...changes } })
    await host.idle()
    return analyses.map(({ id }) => id)
  }
  return { client, asked, ids: await asked(runs, parameters) }
}

test('landscapes are exported as surfaces, contours, slices and tables, under names of their own', async () => {
  const { client, ids } = await landscapesOf(['toy'])
  const figures: [ExportInput, string][] = [
    [{ name: 'landscape-surface', analyses: ids }, 'toy-landscape-surface'],
    [{ name: 'landscape-surface', analyses: ids, arrangement: 'exits', log: true, draw: 1 }, 'toy-landscape-surface'],
    [{ name: 'landscape-contour', analyses: ids, arrangement: 'seeds', exit: 0 }, 'toy-landscape-contour'],
    [{ name: 'landscape-slice', analyses: ids, along: 'eta', limit: null }, 'toy-landscape-slice-eta'],
  ]
  for (const [figure, name] of figures) {
    const { name: file, bytes } = await client.exports.figure({ figure, format: 'svg' })
    expect(file).toBe(`${name}.svg`)
    const svg = await bytes.text()
    expect(svg).toContain('filter-normalised directions of seed 0')
    expect(svg).not.toMatch(/NaN|undefined/)
  }
  const table = (format: 'csv' | 'latex') =>
    client.exports.table({ table: { name: 'landscape', analyses: ids }, format })
  const csv = await (await table('csv')).bytes.text()
  const of = ['points', 'reach', 'oneDimensional', 'parts', 'draws', 'images', 'split', 'seed', 'precision']
  const columns = of.map((name) => `parameters.${name}`).join(',')
  expect(csv).toContain(`experiment,regime,seed,draw,delta,eta,${columns},images,exit,loss,std\n`)
  expect(csv).toMatch(/^toy,joint,1,mean,0,0,5,1,zero,all,2,1000,train,0,float32,1000,0,[\d.]+,[\d.]+$/m)
  expect(await (await table('latex')).bytes.text()).toContain('{Centre} & {Minimum} & {Maximum} & {Rise}')
})

test('losses are cut off at the limit of the workbench, unless a limit is given', async () => {
  const { client, ids } = await landscapesOf(['toy-joint-s1'])
  const answer = (await client.analyses.show({ analysis: ids[0]! })) as { result: LossLandscapeResult }
  const { coefficients, surfaces } = answer.result
  const losses = surfaces.flat(3)
  const drawn = async (limit: { limit?: number | null }) => {
    const figure: ExportInput = { name: 'landscape-surface', analyses: ids, ...limit }
    return (await client.exports.figure({ figure, format: 'svg' })).bytes.text()
  }
  const byDefault = await drawn({})
  expect(byDefault).toBe(await drawn({ limit: defaultLimit([{ coefficients, draws: surfaces }]) }))
  expect(byDefault).not.toBe(await drawn({ limit: Math.max(...losses.map(Number)) / 2 }))
})

test('what cannot be drawn is refused with what it needs', async () => {
  const { client, asked, ids } = await landscapesOf(['toy-joint-s1'])
  const others = await asked(['toy-joint-s2'], { ...settings, points: 3 })
  const refused = (changes: object) =>
    refusal(client.exports.figure({ figure: { name: 'landscape-slice', analyses: ids, ...changes }, format: 'svg' }))
  expect(await refused({ analyses: [...ids, ...others] })).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('different parameters') as string,
  })
  expect((await refused({ draw: 2 })).message).toBe('There is no draw 2: these landscapes have draws 0 to 1, and mean.')
  expect((await refused({ exit: 9 })).message).toMatch(/^There is no exit 9: expected one of 0 to \d\.$/)
})

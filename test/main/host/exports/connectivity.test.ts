import { expect, test } from 'vitest'
import type { ExportInput } from '../../../../src/contract/exports.ts'
import { trainedBench } from '../analyses/support.ts'
import { refusal } from '../support.ts'

type Opened = Awaited<ReturnType<typeof trainedBench>>

async function paths({ client, host }: Opened, runs: string[], parameters = {}): Promise<string[]> {
  const { analyses } = await client.analyses.ask({ kind: 'mode-connectivity', runs, parameters })
  await host.idle()
  return analyses.map(({ id }) => id)
}

test('paths are exported as maps, curves and matrices, and as tables', async () => {
  const opened = await trainedBench()
  const { client } = opened
  const analyses = await paths(opened, ['toy-joint-s1', 'toy-joint-s2', 'toy-joint-s3'])
  const [first] = analyses
  const figures: [ExportInput, string, string][] = [
    [{ name: 'connectivity-map', analyses }, 'toy-connectivity-map-matched', 'joint, seed 1 – joint, seed 3'],
    [
      { name: 'connectivity-map', analyses, path: 'naive', metric: 'accuracy' },
      'toy-connectivity-map-naive',
      'accuracy',
    ],
    [
      { name: 'connectivity-curve', analyses: [first!], exit: 'all' },
      'toy-joint-seed-1-joint-seed-2-connectivity-curve',
      'matched mean, barrier',
    ],
    [{ name: 'barrier-matrix', analyses }, 'toy-barriers-by-exits', 'best connected pair'],
    [{ name: 'barrier-matrix', analyses, by: 'regimes', exit: 0, split: 'train' }, 'toy-barriers-by-regimes', 'exit 0'],
  ]
  for (const [figure, name, words] of figures) {
    const { name: file, bytes } = await client.exports.figure({ figure, format: 'svg' })
    const svg = await bytes.text()
    expect([file, svg.includes(words)]).toEqual([`${name}.svg`, true])
    expect(svg).not.toMatch(/NaN|undefined/)
  }
  const table = async (name: 'barriers' | 'connectivity') =>
    (await client.exports.table({ table: { name, analyses }, format: 'csv-wide' })).bytes.text()
  const barriers = (await table('barriers')).split('\n')
  expect(barriers[0]).toBe('split,first,second,path,n,exit 0,exit 0 std,final,final std,mean,mean std')
  // Three pairs, two paths, two splits.
  expect(barriers.slice(1).filter((line) => line !== '')).toHaveLength(12)
  const long = await client.exports.table({ table: { name: 'connectivity', analyses, split: 'train' }, format: 'csv' })
  const [header, line] = (await long.bytes.text())
    .split('\n')
    .map((each) => each.replaceAll('"joint, seed ', '"joint seed ').split(','))
  const told = Object.fromEntries(header!.map((name, column) => [name, line![column]]))
  expect(told).toMatchObject({
    path: 'naive',
    metric: 'loss',
    split: 'train',
    seeds: '1–2',
    experiment: 'toy',
    'parameters.matched': 'true',
    'parameters.batchNorm': 're-estimated',
    'parameters.images': '1000',
    'parameters.precision': 'float32',
  })
  expect(await table('connectivity')).toMatch(/\n"?joint, seed 1"?,"?joint, seed 2"?,matched,1,0,/)
})

test('what cannot be drawn is refused with what it needs', async () => {
  const opened = await trainedBench()
  const analyses = await paths(opened, ['toy-joint-s1', 'toy-joint-s2', 'toy-joint-s3'])
  const bare = await paths(opened, ['toy-joint-s1', 'toy-joint-s2'], { matched: false })
  const refused = (figure: ExportInput) => refusal(opened.client.exports.figure({ figure, format: 'svg' }))
  expect((await refused({ name: 'connectivity-curve', analyses })).message).toContain('shows one pair')
  expect((await refused({ name: 'connectivity-map', analyses: bare })).message).toContain('`matched` set to true')
  expect((await refused({ name: 'barrier-matrix', analyses: [...analyses, ...bare] })).code).toBe('usage')
  expect((await refused({ name: 'barrier-matrix', analyses, exit: 9 })).message).toContain('There is no exit 9')
})

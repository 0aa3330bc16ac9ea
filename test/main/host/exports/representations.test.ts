import { expect, test } from 'vitest'
import type { ExportInput } from '../../../../src/contract/exports.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import { trainedBench } from '../analyses/support.ts'
import { refusal } from '../support.ts'

type Opened = Awaited<ReturnType<typeof trainedBench>>

async function ask(
  { client, host }: Opened,
  kind: string,
  { runs = ['toy'], ...parameters }: { runs?: string[] } & Record<string, unknown> = {},
): Promise<string[]> {
  const { analyses } = await client.analyses.ask({ kind, runs, parameters })
  await host.idle()
  return analyses.map(({ id }) => id)
}

async function tableText(client: HostClient, table: ExportInput): Promise<string> {
  return (await client.exports.table({ table, format: 'csv' })).bytes.text()
}

test('ranks and information are exported as figures and tables, under names of their own', async () => {
  const opened = await trainedBench()
  const { client } = opened
  const rank = await ask(opened, 'numerical-rank')
  const information = await ask(opened, 'mutual-information')
  const figures: [ExportInput, string][] = [
    [{ name: 'rank', analyses: rank }, 'toy-rank'],
    [{ name: 'information', analyses: information }, 'toy-information-input'],
    [{ name: 'information', analyses: information, target: 'label' }, 'toy-information-label'],
    [{ name: 'spectrum', analyses: rank, block: 1, experiment: 'toy' }, 'toy-spectrum-block-1'],
  ]
  for (const [figure, name] of figures) {
    const { name: file, bytes } = await client.exports.figure({ figure, format: 'svg' })
    expect(file).toBe(`${name}.svg`)
    const svg = await bytes.text()
    expect(svg).toContain('mean ± 1 std over 3 seeds')
    expect(svg).not.toMatch(/NaN|undefined/)
  }
  const spectrum: ExportInput = { name: 'spectrum', analyses: rank, block: 0 }
  expect((await client.exports.table({ table: spectrum, format: 'latex' })).name).toBe('toy-spectrum-block-0.tex')
  // The fake trainer says rank 8 + block of 32, and 1 + block / 10 nats about the class, for every run.
  const csv = await tableText(client, { analyses: rank })
  const how = 'toy,covariance,0.001,2000,1024,class,0,2000'
  expect(csv).toContain(`\nnumerical rank,2,final,${how},joint,10,0,3,1 2 3\n`)
  expect(csv).toContain(`\nnumerical rank (% of full),2,final,${how},joint,31.25,0,3,1 2 3\n`)
  const nats = await tableText(client, { analyses: information })
  expect(nats.split('\n')[0]).toContain('parameters.sigma,parameters.samples,parameters.references,parameters.poolTo,')
  expect(nats).toMatch(/\nI\(X;Z\) \(nats\),0,,toy,2,2000,2000,4,true,train,0,joint,\d\.\d+,0\.\d+,3,1 2 3\n/)
  expect(nats).toContain('\nI(Z;Y) (nats),1,0,toy,2,2000,2000,4,true,train,0,joint,1.1,0,3,1 2 3\n')
  expect((await refusal(tableText(client, { analyses: [...rank, ...information] }))).message).toContain(
    'different analyses',
  )
})

test('what cannot be drawn is refused with what it needs', async () => {
  const opened = await trainedBench()
  const { client } = opened
  const rank = await ask(opened, 'numerical-rank', { runs: ['toy-joint-s1'] })
  const others = await ask(opened, 'numerical-rank', { runs: ['toy-joint-s2'], samples: 50 })
  const information = await ask(opened, 'mutual-information', { runs: ['toy-joint-s1'], label: false })
  const refused = (figure: ExportInput) => refusal(client.exports.figure({ figure, format: 'svg' }))
  expect(await refused({ name: 'rank', analyses: [...rank, ...others] })).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('different parameters') as string,
  })
  expect((await refused({ name: 'rank', analyses: information })).code).toBe('usage')
  expect((await refused({ name: 'information', analyses: information, target: 'label' })).message).toContain('`label`')
  expect((await refused({ name: 'spectrum', analyses: rank, block: 3 })).message).toBe(
    'There is no block 3: expected one of 0 to 2.',
  )
  expect((await refused({ name: 'rank', analyses: rank, experiment: 'other' })).code).toBe('not-found')
})

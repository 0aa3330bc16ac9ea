import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import extension from '../examples/extensions/reading.ts'
import { readings } from '../src/readings/index.ts'

const agreement = extension.readings!['exit-agreement']!
readings.register('agreement', agreement)

// What knows the registry is loaded once everything is registered.
const { exitlab } = await import('./main/cli/support.ts')
const { bench, experiment, temporaryFolder, untilStatus } = await import('./main/host/support.ts')

describe('a reading that is written outside of src/', () => {
  async function trained() {
    const { client } = await bench().open()
    const { runs } = await client.experiments.create(experiment({ regimes: ['joint', 'mixed'], seeds: [1, 2] }))
    for (const { id } of runs) await untilStatus(client, id, 'done')
    return client
  }

  it('is answered from the outputs of the runs: an exit agrees with itself, and two with each other', async () => {
    const client = await trained()
    const answer = (await client.readings.ask({ reading: 'agreement' })) as { series: string; shares: number[][] }[]
    expect(answer.map(({ series }) => series)).toEqual(['joint', 'mixed'])
    for (const { shares } of answer) {
      shares.forEach((row, i) => row.forEach((share, j) => expect(share).toBe(i === j ? 100 : shares[j]![i])))
    }
    const { scores } = (await client.runs.list({ runs: ['toy-joint-s1'] }))[0]!
    expect(answer[0]!.shares).toHaveLength(scores!.validation.length)
  })

  it('is a table of the terminal, and is listed in its help', async () => {
    const client = await trained()
    const { stdout } = await exitlab(['compare', 'toy', '--table', 'agreement'], { client })
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^Exit +exit 0 +exit 1/),
      'joint',
      expect.stringMatching(/^exit 0 +100\.0/),
    ])
    const help = (await exitlab(['compare', '--help'], { client })).stdout.replace(/\s+/g, ' ')
    expect(help).toContain('agreement: share of samples on which two exits predict the same')
    const json = await exitlab(['compare', 'toy', '--table', 'agreement', '--json'], { client })
    const answer = (await client.readings.ask({ reading: 'agreement' })) as object[]
    const named = answer.map((entry) => ({ ...entry, readSamples: undefined, readOn: 'test' }))
    expect(JSON.parse(json.stdout)).toEqual(JSON.parse(JSON.stringify(named)))
  })

  it('is drawn and exported, with the same bytes by the terminal', async () => {
    const client = await trained()
    const folder = temporaryFolder()
    const args = ['compare', 'toy', '--table', 'agreement', '--format', 'csv', '--output', 'a.csv', '--figure', 'a.svg']
    expect((await exitlab(args, { client, workingFolder: folder })).exitCode).toBe(0)
    const asked = { reading: 'agreement', question: { runs: ['toy'] } }
    const csv = await (await client.exports.table({ table: asked, format: 'csv' })).bytes.text()
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe(csv)
    expect(csv).toMatch(/^series,exit,other,share\njoint,0,0,100\n/)
    const svg = await (await client.exports.figure({ figure: asked, format: 'svg' })).bytes.text()
    expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toBe(svg)
    expect(svg).toContain('Exits of joint agree on')
  })

  it('tells the window what it is, and refuses a question that does not fit', async () => {
    const client = await trained()
    expect((await client.readings.kinds()).find(({ name }) => name === 'agreement')).toEqual({
      name: 'agreement',
      ...agreement.info,
      placed: false,
      hasTable: true,
      hasFigure: true,
    })
    await expect(client.readings.ask({ reading: 'agreement', question: { runs: 3 } })).rejects.toThrow(
      /Agreement between exits: runs: expected a list; got 3/,
    )
  })
})

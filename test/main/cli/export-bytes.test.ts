import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { figureFormats, tableFormats, type ExportInput } from '../../../src/contract/exports.ts'
import { evaluationTables } from '../../../src/main/cli/evaluation-text.ts'
import { connect } from '../../../src/main/cli/connect.ts'
import { bench, experiment, temporaryFolder, untilStatus } from '../host/support.ts'
import { exitlab } from './support.ts'

/** Runs of tables that are not of any comparison, and their settings; undefined: those of a regression, of a sweep, and of gradients or times that were measured. */
const joint = ['toy-joint-s1', 'toy-joint-s2']
const others: Record<string, { runs: string[]; thresholds?: number; sample?: number; group?: string } | undefined> = {
  confusion: { runs: joint },
  'what-if': { runs: joint, thresholds: 0.5 },
  'sample-path': { runs: ['toy-joint-s1'], thresholds: 0.5, sample: 3 },
  samples: { runs: ['toy-joint-s1'], thresholds: 0.5, group: 'exit-0' },
  'largest-errors': undefined,
  dominance: undefined,
  epochs: { runs: ['toy-joint-s1'] },
  latency: undefined,
  ledger: { runs: ['toy-joint-s1'] },
  'predicted-values': undefined,
  'settings-heatmap': undefined,
  'parallel-coordinates': undefined,
  'variance-shares': undefined,
}

test('compare writes the bytes that the workbench saves', async () => {
  const { open, workspace } = bench()
  const { client } = await open()
  const { runs } = await client.experiments.create(experiment({ seeds: [1, 2] }))
  for (const { id } of runs) await untilStatus(client, id, 'done')
  const folder = temporaryFolder()
  await using connection = await connect({ purpose: 'read', workspace })
  const written = async (args: string[], file: string, compared = ['toy']): Promise<Buffer> => {
    const { exitCode } = await exitlab(['compare', ...compared, ...args, file], {
      client: connection.client,
      workingFolder: folder,
    })
    expect(exitCode).toBe(0)
    return readFileSync(join(folder, file))
  }
  for (const of of Object.keys(evaluationTables())) {
    const question = of in others ? others[of] : { runs: ['toy'] }
    if (question === undefined) continue
    const settings = Object.entries(question).flatMap(([key, value]) =>
      key === 'runs' ? [] : ['--set', `${key}=${String(value)}`],
    )
    for (const format of tableFormats) {
      const { bytes } = await client.exports.table({ table: { reading: of, question }, format })
      const args = ['--table', of, ...settings, '--format', format, '--output']
      const bytesOfCompare = await written(args, `${of}.${format}`, question.runs)
      expect(bytesOfCompare.equals(Buffer.from(await bytes.arrayBuffer()))).toBe(true)
    }
  }
  for (const format of figureFormats) {
    const figure: ExportInput = { reading: 'curve', question: { runs: ['toy'] } }
    const { bytes } = await client.exports.figure({ figure, format, theme: 'dark' })
    const bytesOfCompare = await written(['--theme', 'dark', '--figure'], `curve.${format}`)
    expect(bytesOfCompare.equals(Buffer.from(await bytes.arrayBuffer()))).toBe(true)
    const layout = { paper: { width: 234, height: 180, fontSize: 9 }, legend: false, title: false }
    const onPaper = await client.exports.figure({ figure, format, ...layout })
    const options = ['--figure-width', '3.25in', '--figure-height', '2.5in', '--font-size', '9']
    const file = await written([...options, '--no-legend', '--no-title', '--figure'], `paper.${format}`)
    expect(file.equals(Buffer.from(await onPaper.bytes.arrayBuffer()))).toBe(true)
  }
})

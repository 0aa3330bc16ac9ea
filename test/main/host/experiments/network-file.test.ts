import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createNetworkFiles } from '../../../../src/main/host/data/kept-descriptions.ts'
import { describeNetworkFile } from '../../../../src/main/host/experiments/network-file.ts'
import type { ExitlabError } from '../../../../src/shared/basics/error.ts'
import { onnxPath } from '../../../support/onnx-fixtures.ts'
import { bench, dataFolder, experiment, refusal, temporaryFolder, untilStatus } from '../support.ts'

/** An experiment of the toy images on a network in a file, at another size than it was exported at. */
const asked = (file: string, changes: Record<string, unknown> = {}, others: Record<string, unknown> = {}) => ({
  ...experiment({ network: { family: 'onnx', file, exits: 'all', ...changes }, ...others } as never),
  source: null,
  calibrate: false,
})

function copied(name: Parameters<typeof onnxPath>[0] = 'convnext'): string {
  const file = join(temporaryFolder(), 'own.onnx')
  copyFileSync(onnxPath(name), file)
  return file
}

describe('a network of a file', () => {
  it('is planned for the data, starting from the weights of the file but for its last product', async () => {
    const { client } = await bench().open()
    const plan = await client.experiments.plan(asked(copied()))
    expect(plan.exits.map(({ block }) => block)).toEqual([0, 1, null])
    const [start] = plan.starts
    expect(start).toMatchObject({ title: 'PyTorch', leftOver: ['5.weight', '5.bias'] })
    expect(start!.fresh).toEqual(expect.arrayContaining(['5.weight', '5.bias']))
    expect(start!.taken).toContain('1.0.conv.weight')
    expect(plan.caveats).toContainEqual(expect.stringMatching(/one channel and the network takes 3: it is repeated/))
  })

  it('is planned with the costs of all exits where the first regime trains the backbone alone', async () => {
    const { client } = await bench().open()
    const plan = await client.experiments.plan(asked(copied(), {}, { regimes: ['backbone', 'joint'] }))
    expect(plan.exits.map(({ block }) => block)).toEqual([0, 1, null])
    const own = plan.series.map(({ exits }) => exits.map(({ block }) => block))
    expect(own).toEqual([[null], [0, 1, null]])
  })

  it('is trained, and known by its graph and weights wherever the file lies', async () => {
    const { client } = await bench().open()
    const [file, other] = [copied(), copied()]
    const first = await client.experiments.create(asked(file))
    for (const { id } of first.runs) await untilStatus(client, id, 'done')
    expect(await client.experiments.create(asked(other))).toMatchObject({ id: first.id, created: false })
    const bytes = readFileSync(other)
    // One weight is another: the graph is as it was.
    const before = Buffer.from('\x42\x0f1.0.norm.weight\x4a\x20')
    bytes[bytes.indexOf(before) + before.length]! ^= 1
    writeFileSync(other, bytes)
    expect((await client.experiments.plan(asked(other))).phasesDone).toBe(0)
  })

  it('that is refused since leaves its runs as they are, and is named wherever they are compared', async () => {
    const { client } = await bench().open()
    const file = copied()
    const { runs } = await client.experiments.create(asked(file))
    for (const { id } of runs) await untilStatus(client, id, 'done')
    const caveats = () => client.evaluations.caveats({ runs: runs.map(({ id }) => id) })
    expect(await caveats()).toEqual([])
    const bytes = readFileSync(file)
    // Its operator set is one that does not exist.
    const set = Buffer.from([0x42, 0x02, 0x10, 17])
    bytes[bytes.lastIndexOf(set) + 3] = 99
    writeFileSync(file, bytes)
    expect(await refusal(client.networks.describe({ path: file }))).toMatchObject({ code: 'data' })
    const [run] = runs
    const detail = await client.runs.show({ run: run!.id })
    expect(detail).toMatchObject({ status: 'done', weightsPath: file })
    expect(detail.outline).not.toBeNull()
    expect(await client.evaluations.show({ run: run!.id })).toHaveProperty('sha256')
    expect(await caveats()).toMatchObject([
      {
        kind: 'refused-network',
        sentence: expect.stringMatching(/^A new run from this network’s file would be refused\. .*own\.onnx has operator set 99;/), // prettier-ignore
        file,
        reason: expect.stringContaining('has operator set 99;'),
      },
    ])
    rmSync(file)
    expect(await caveats()).toEqual([])
  })

  it('starts from initial values where it is to, and says how they are made', async () => {
    const { client } = await bench().open()
    const plan = await client.experiments.plan(asked(copied(), { start: 'fresh' }))
    expect(plan.starts).toEqual([])
    expect(plan.caveats).toContainEqual(expect.stringMatching(/initialised as PyTorch does by default/))
  })

  it('gives its weights to another network of the same names', async () => {
    const { client } = await bench().open()
    const plan = await client.experiments.plan(asked(copied(), {}, { initial: { weights: copied() } }))
    expect(plan.starts[0]!.taken).toContain('1.0.conv.weight')
  })

  it('is refused at its key where the file is none, or of another size', async () => {
    const { client } = await bench().open()
    const at = (path: string[], message: RegExp) => ({
      code: 'invalid-experiment',
      problems: [{ path, message: expect.stringMatching(message) as string }],
    })
    const missing = join(temporaryFolder(), 'missing.onnx')
    expect(await refusal(client.experiments.plan(asked(missing)))).toMatchObject(
      at(['network', 'file'], /does not exist/),
    )
    const data = { source: 'mnist', path: join(dataFolder, 'images'), limit: { train: 100, test: 20 } }
    const { file } = asked('own.onnx', {}, { data })
    expect(await refusal(client.experiments.plan({ file, folder: null, calibrate: false }))).toMatchObject(
      at(['network', 'file'], /own\.onnx is relative, and the folder of this experiment is not known/),
    )
    const transformer = client.experiments.plan(asked(copied('transformer'), { head: '1L' }))
    const { problems } = await refusal(transformer)
    expect(problems).toMatchObject([
      {
        path: ['network', 'file'],
        message: expect.stringMatching(
          /16 × 16 pixels, and cannot be used at 28.*set data\.imageSize: 16\.$/,
        ) as string,
        remedies: [{ path: ['data', 'imageSize'], value: 16 }],
      },
    ])
  })

  it('of another size names settings of the data with which it is taken', async () => {
    const { file } = asked(copied('transformer'), { head: '1L' })
    const networkFiles = createNetworkFiles()
    const samples = { kind: 'images' as const, channels: 3, classes: 10, normalisation: { mean: [0], std: [1] } }
    const described = (side: number, pad: number) =>
      describeNetworkFile({ networkFiles }, { file, folder: null }, { ...samples, height: side, width: side, pad })
    const remediesAt = async (side: number, pad: number) => {
      const refused = await described(side, pad).catch((error: unknown) => error as ExitlabError)
      const [problem] = (refused as ExitlabError).fields.problems!
      return problem!.remedies!.map(({ path, value }) => [path.join('.'), value])
    }
    expect(await remediesAt(12, 0)).toEqual([
      ['data.pad', 2],
      ['data.imageSize', 16],
    ])
    expect(await remediesAt(12, 1)).toEqual([
      ['data.pad', 2],
      ['data.imageSize', 14],
    ])
    // No zeros make 13 pixels 16, on both sides alike.
    expect(await remediesAt(13, 0)).toEqual([['data.imageSize', 16]])
    for (const [side, pad] of [
      [12, 2],
      [16, 0],
      [14, 1],
    ] as const)
      expect((await described(side, pad))!.samples).toMatchObject({ shape: [16, 16, 3] })
  })

  it('cannot balance the gradients of blocks that hand on several values', async () => {
    const { client } = await bench().open()
    const plan = client.experiments.plan(asked(copied('dense'), {}, { objective: { gradients: 'equilibrium' } }))
    expect(await refusal(plan)).toMatchObject({
      problems: [{ path: ['objective', 'gradients'], message: expect.stringContaining('layers.0') as string }],
    })
  })
})

it('describes a file, or refuses it with operator, module and remedy', async () => {
  const { client } = await bench().open()
  const report = await client.networks.describe({ path: onnxPath('transformer') })
  expect(report.sites.map(({ module }) => module)).toEqual(['layers.0', 'layers.1', 'layers.2'])
  const [text] = [join(temporaryFolder(), 'text.onnx')]
  writeFileSync(text, 'no network')
  expect(await refusal(client.networks.describe({ path: text }))).toMatchObject({ code: 'data' })
  truncateSync(text, 3e9)
  expect(await refusal(client.networks.describe({ path: text }))).toMatchObject({
    message: expect.stringContaining('has 3.0 GB; ONNX files with their weights have at most 2 GB') as string,
  })
  expect(await refusal(client.networks.describe({ path: 'own.onnx' }))).toMatchObject({ code: 'usage' })
  const inFolder = (name: string) => join(temporaryFolder(), name)
  const [pipe, circle, missing] = [inFolder('pipe.onnx'), inFolder('circle.onnx'), inFolder('own.onxx')]
  execFileSync('mkfifo', [pipe])
  symlinkSync(circle, circle)
  const others = [[pipe, 'is a device or a pipe, not a file'], [circle, 'is a circular link'], [missing, 'does not exist'], [temporaryFolder(), 'is a folder']] as const // prettier-ignore
  for (const [path, what] of others) {
    const { code, message } = await refusal(client.networks.describe({ path }))
    expect([code, message.includes(`The file ${path} ${what}`)]).toEqual(['data', true])
  }
})

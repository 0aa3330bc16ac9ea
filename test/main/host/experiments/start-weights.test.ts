import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskShape } from '../../../../src/engine/layers/layout.ts'
import { createNetwork, resolveNetwork } from '../../../../src/engine/networks/index.ts'
import { encodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import { bench, experiment, refusal, temporaryFolder, untilStatus } from '../support.ts'

/** The toy network's arrays in a file of Exitlab's names, each filled with `value`. */
function writeWeights(path: string, value = 1): void {
  const samples = {
    kind: 'images' as const,
    height: 28,
    width: 28,
    channels: 1,
    pad: 0,
    classes: 10,
    normalisation: { mean: [0.5], std: [0.25] },
  }
  const network = createNetwork(resolveNetwork(experiment().file.network, samples))
  const arrays = network.parameters.map((parameter) => {
    const shape = diskShape(parameter)
    const count = shape.reduce((product, size) => product * size, 1)
    return [parameter.name, { shape, values: new Float32Array(count).fill(value) }] as const
  })
  writeFileSync(path, encodeSafetensors(Object.fromEntries(arrays), { content: 'weights' }))
}

const startingFrom = (weights: string, source: string | null = null) => ({
  ...experiment({ initial: { weights } }),
  source,
  calibrate: false,
})

test('a plan lists what each first phase takes from a file, and its runs are known by the file’s content', async () => {
  const [folder, lab] = [temporaryFolder(), bench()]
  const { client } = await lab.open()
  const file = join(folder, 'w.safetensors')
  writeWeights(file)
  const { starts } = await client.experiments.plan(startingFrom(file))
  expect(starts.map(({ series, title, fresh }) => [series, title, fresh.length])).toEqual([
    [['disjoint', 'mixed'], 'Exitlab', 0],
    [['joint'], 'Exitlab', 3],
  ])
  expect(starts[0]!.leftOver).toEqual(['heads.0.mix', 'heads.0.fc.weight', 'heads.0.fc.bias'])
  expect(starts[1]!.notes).toEqual([expect.stringMatching(/^The heads are initialised: .*network\.json/)])
  const first = await client.experiments.create(startingFrom(file))
  for (const { id } of first.runs) await untilStatus(client, id, 'done')
  const { weightsPath } = await client.runs.show({ run: first.runs[0]!.id })
  expect(weightsPath).toBe(file)
  // The same file elsewhere makes the same runs; another one in its place others.
  const moved = join(folder, 'moved.safetensors')
  renameSync(file, moved)
  const again = await client.experiments.create(startingFrom(moved))
  expect(again).toMatchObject({ id: first.id, created: false })
  expect(await client.runs.show({ run: first.runs[0]!.id })).toMatchObject({ weightsPath: moved })
  writeWeights(file, 2)
  expect((await client.experiments.plan(startingFrom(file))).phasesDone).toBe(0)
})

test('a file that cannot be taken is refused with the line that names it', async () => {
  const { client } = await bench().open()
  const folder = temporaryFolder()
  const source = 'name: toy\ninitial:\n  weights: w.pth\n'
  const at = (name: string, message: RegExp) => ({
    code: 'invalid-experiment',
    problems: [{ path: ['initial', 'weights'], message: expect.stringMatching(message) as string, line: 3 }],
    name,
  })
  const cases: [string, (path: string) => void, RegExp][] = [
    ['missing', () => {}, /does not exist/],
    ['text', (path) => writeFileSync(path, 'no weights'), /is neither whole safetensors nor/],
    ['NaN', (path) => writeWeights(path, NaN), /stem\.conv\.weight holds NaN or infinite values/],
    [
      'other network',
      (path) => writeFileSync(path, encodeSafetensors({ x: { shape: [1], values: Float32Array.of(1) } })),
      /holds no weights of a resnet: expected the names of Exitlab/,
    ],
  ]
  for (const [name, write, message] of cases) {
    const path = join(folder, `${name}.pth`)
    write(path)
    const { code, problems } = await refusal(client.experiments.plan(startingFrom(path, source)))
    expect({ name, code, problems }).toMatchObject(at(name, message))
  }
})

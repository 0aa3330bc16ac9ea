import { expect, it } from 'vitest'
import { exitlab, fakeClient } from './support.ts'

const report = {
  title: 'own',
  inputShape: [16, 16, 3],
  classes: 1000,
  parameters: 1234,
  feature: 'map',
  operators: { Conv: 4, Relu: 2 },
  sites: [
    { module: 'layers.0', shape: [16, 16, 8], macs: 1_000_000 },
    { module: 'layers.1', shape: [8, 8, 16], macs: 3_000_000 },
  ],
  skips: [{ from: null, to: { operator: 'Add', module: 'layers.3' }, past: ['layers.2', 'layers.3'] }],
  backboneMacs: 4_000_000,
  matchedShare: 0.5,
  noEquilibrium: null,
  notes: [],
}

it('network prints operators, blocks, shapes and costs of a file by its absolute path', async () => {
  const inputs: unknown[] = []
  const client = fakeClient({
    'networks.describe': (input: unknown) => {
      inputs.push(input)
      return report
    },
  })
  const options = { client, workingFolder: '/here' }
  const { stdout } = await exitlab(['network', 'own.onnx', '--size', '16', '--sites', 'layers.0,layers.1'], options)
  expect(inputs).toEqual([{ path: '/here/own.onnx', side: [16, 16], sites: ['layers.0', 'layers.1'] }])
  expect(stdout).toContain('Operators      Conv 4, Relu 2\n')
  expect(stdout).toMatch(/0 +layers\.0 +16 × 16 × 8 +1\.00 M +25\.0\n/)
  expect(stdout).toContain(
    'No exit can sit behind layers.2, layers.3: the input leads past there to Add of layers.3.\n',
  )
  expect(stdout).toContain('50.0 % of the parameters')
  const { stdout: json } = await exitlab(['network', 'own.onnx', '--json'], options)
  expect(JSON.parse(json)).toEqual(report)
})

it('export-backbone prints the Python program, and its help how to call it', async () => {
  const { stdout } = await exitlab(['export-backbone'])
  expect(stdout).toMatch(/^"""Writes a PyTorch network/)
  const { stdout: help } = await exitlab(['export-backbone', '--help'])
  expect(help).toContain('from export_backbone import export_backbone')
})

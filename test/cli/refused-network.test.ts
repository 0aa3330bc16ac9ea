import { writeFileSync } from 'node:fs'
import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../host/support.ts'
import { exitlab, fakeClient, fakeRun } from './support.ts'
import { join } from 'node:path'

const refusal = 'The file own.onnx has the array w twice; expected one of that name: export it again.'

it.each(['show', 'export'])(
  '%s says on stderr that the file of a run’s network would be refused today',
  async (name) => {
    const path = join(temporaryFolder(), 'own.onnx')
    writeFileSync(path, '')
    const run = fakeRun()
    const own = { ...run, weightsPath: path, file: { ...run.file, network: { family: 'onnx', file: 'own.onnx' } } }
    const stderr = async (shown: object, describe: () => unknown) => {
      const client = fakeClient({
        'runs.sharedNames': () => [],
        'runs.show': () => shown,
        'exports.run': () => ({ folder: '/x', files: [] }),
        'networks.describe': describe,
      })
      return (await exitlab([name, run.id, ...(name === 'export' ? ['x'] : []), '--json'], { client })).stderr
    }
    // As every client of a host has it, also within a process.
    const refuse = () => {
      throw new ORPCError('EXITLAB', { defined: true, message: refusal, data: { code: 'data' } })
    }
    expect(await stderr(own, refuse)).toMatch(
      /^Note: a new run from this network’s file would be refused\. The file own\.onnx has/,
    )
    expect(await stderr(own, () => ({}))).toBe('')
    expect(await stderr({ ...own, weightsPath: `${path}.gone` }, refuse)).toBe('')
    expect(await stderr(run, refuse)).toBe('')
  },
)

it('asks about the file with the modules that the run names, without which it may be refused', async () => {
  const path = join(temporaryFolder(), 'own.onnx')
  writeFileSync(path, '')
  const run = fakeRun()
  const network = { family: 'onnx', file: 'own.onnx', sites: ['layer1', 'layer2'] }
  let asked: unknown
  const client = fakeClient({
    'runs.show': () => ({ ...run, weightsPath: path, file: { ...run.file, network } }),
    'networks.describe': (question) => (asked = question),
  })
  await exitlab(['show', run.id, '--json'], { client })
  expect(asked).toEqual({ path, sites: ['layer1', 'layer2'] })
})

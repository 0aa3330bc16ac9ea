import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ExitlabError } from '../../src/shared/error.ts'
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
    const refuse = () => {
      throw new ExitlabError('data', refusal)
    }
    expect(await stderr(own, refuse)).toMatch(
      /^Note: a new run from this network’s file would be refused\. The file own\.onnx has/,
    )
    expect(await stderr(own, () => ({}))).toBe('')
    expect(await stderr({ ...own, weightsPath: `${path}.gone` }, refuse)).toBe('')
    expect(await stderr(run, refuse)).toBe('')
  },
)

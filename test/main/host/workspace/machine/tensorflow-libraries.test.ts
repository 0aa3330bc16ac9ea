import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isInstalled } from '../../../../../src/main/host/workspace/machine/tensorflow-libraries.ts'
import { temporaryFolder } from '../../support.ts'

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'the installed build is named by the note of set-up; without a note the libraries count as either',
  () => {
    const folder = temporaryFolder()
    const found = () => (['cpu', 'gpu'] as const).filter((build) => isInstalled(folder, build))
    expect(found()).toEqual([])
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) writeFileSync(join(folder, name), '')
    expect(found()).toEqual(['cpu', 'gpu'])
    writeFileSync(join(folder, 'installed'), 'linux-x64-cpu 2.20.0\n')
    expect(found()).toEqual(['cpu'])
    writeFileSync(join(folder, 'installed'), 'linux-x64-gpu 2.20.0\n')
    expect(found()).toEqual(['cpu', 'gpu'])
  },
)

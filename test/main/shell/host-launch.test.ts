import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findHost, isNewEnough, type HostSearch } from '../../../src/main/shell/host-launch.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'exitlab-launch-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

/** A folder with a Node that says it has this version. */
function nodeFolder(version: string): string {
  const made = folder()
  writeFileSync(join(made, 'node'), `#!/bin/sh\necho ${version}\n`)
  chmodSync(join(made, 'node'), 0o755)
  return made
}

const places = (changes: Partial<HostSearch>): HostSearch => ({
  resources: null,
  application: '/app',
  environment: {},
  platform: 'linux',
  ...changes,
})

describe('where the host is', () => {
  test('beside a packaged application, with a Node of its own', async () => {
    expect(await findHost(places({ resources: '/opt/Exitlab/resources' }))).toEqual({
      node: join('/opt/Exitlab/resources', 'node', 'bin', 'node'),
      entry: join('/opt/Exitlab/resources', 'workbench', 'out', 'main', 'host', 'open', 'desktop.js'),
      commandLine: join('/opt/Exitlab/resources', 'workbench', 'out', 'main', 'cli', 'index.js'),
      scripts: join('/opt/Exitlab/resources', 'workbench', 'scripts'),
    })
    expect((await findHost(places({ resources: 'R', platform: 'win32' }))).node).toBe(join('R', 'node', 'node.exe'))
  })

  test('in a checkout its sources, else what was built of them', async () => {
    const environment = { EXITLAB_NODE: process.execPath }
    const application = folder()
    expect((await findHost(places({ application, environment }))).entry).toBe(
      join(application, 'out', 'main', 'host', 'open', 'desktop.js'),
    )
    const source = join(application, 'src', 'main', 'host', 'open', 'desktop.ts')
    mkdirSync(join(source, '..'), { recursive: true })
    writeFileSync(source, '')
    expect(await findHost(places({ application, environment }))).toEqual({
      node: process.execPath,
      entry: source,
      commandLine: join(application, 'src', 'main', 'cli', 'index.ts'),
      scripts: join(application, 'scripts'),
    })
  })

  test.skipIf(process.platform === 'win32')('the first Node on PATH that is new enough', async () => {
    const [old, first, second] = [nodeFolder('v20.18.1'), nodeFolder('v22.18.0'), nodeFolder('v24.0.0')]
    const environment = { PATH: [old, '/nowhere', first, second].join(delimiter) }
    expect((await findHost(places({ environment }))).node).toBe(join(first, 'node'))
  })

  test.skipIf(process.platform === 'win32')('nowhere: reports what was found and a remedy', async () => {
    const old = nodeFolder('v20.18.1')
    const found = findHost(places({ environment: { PATH: old } }))
    await expect(found).rejects.toThrow(`found ${join(old, 'node')} (v20.18.1)`)
    await expect(findHost(places({}))).rejects.toThrow('needs Node 22.18 or newer; found none on PATH')
  })

  test.each([
    ['v22.17.9', false],
    ['v22.18.0', true],
    ['v23.0.0', true],
    ['v24.21.0', true],
    ['v9.99.0', false],
    ['24.21.0', false],
    ['', false],
  ])('Node %s is new enough: %s', (version, enough) => expect(isNewEnough(version)).toBe(enough))
})

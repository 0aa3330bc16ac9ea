import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDeb } from '../../scripts/deb.mjs'
import { findProgram } from '../../scripts/setup/command.mjs'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const architecture = process.arch === 'x64' ? 'amd64' : process.arch
const dpkgDeb = findProgram('dpkg-deb')

describe.skipIf(dpkgDeb === null)('the package for Debian (needs dpkg-deb)', () => {
  const packages = mkdtempSync(join(tmpdir(), 'exitlab-deb-'))
  const file = join(packages, `exitlab_${version}_${architecture}.deb`)
  const ask = (...args: string[]) => execFileSync(dpkgDeb!, [...args, file], { encoding: 'utf8' })
  /** Lines of `dpkg-deb --contents`: mode, owner, size, date, path. */
  const contents = () => ask('--contents').trim().split('\n')
  const lineOf = (path: string) => contents().find((line) => line.split(' ./')[1]?.split(' -> ')[0] === path)

  beforeAll(async () => {
    const unpacked = join(packages, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
    const files = [
      'exitlab',
      'chrome-sandbox',
      'THIRD-PARTY.txt',
      'resources/node/bin/node',
      'resources/workbench/exitlab',
    ]
    for (const path of files) {
      mkdirSync(dirname(join(unpacked, path)), { recursive: true })
      writeFileSync(join(unpacked, path), 'x'.repeat(3000))
      chmodSync(join(unpacked, path), 0o755)
    }
    expect(await makeDeb(packages)).toBe(0)
  })
  afterAll(() => rmSync(packages, { recursive: true }))

  it('has the name, version and size of what it installs', () => {
    expect(ask('--field').split('\n')).toEqual(
      expect.arrayContaining(['Package: exitlab', `Version: ${version}`, `Architecture: ${architecture}`]),
    )
    expect(Number(/^Installed-Size: (\d+)$/m.exec(ask('--field'))![1])).toBeGreaterThanOrEqual(12)
  })

  it('belongs to root, with the set-uid helper of Chromium’s sandbox', () => {
    expect(contents().every((line) => line.includes(' root/root '))).toBe(true)
    expect(lineOf('opt/Exitlab/chrome-sandbox')).toMatch(/^-rwsr-xr-x /)
  })

  it('puts the command line onto the path, and its Node where the command line looks for it', () => {
    expect(lineOf('usr/bin/exitlab')).toMatch(/ -> \/opt\/Exitlab\/resources\/workbench\/exitlab$/)
    expect(lineOf('opt/Exitlab/resources/workbench/.tools/node')).toMatch(/ -> \.\.\/\.\.\/node$/)
    expect(lineOf('opt/Exitlab/resources/node/bin/node')).toMatch(/^-rwxr-xr-x /)
  })

  it('has the licences of other people’s work, and says where', () => {
    expect(lineOf('opt/Exitlab/THIRD-PARTY.txt')).toMatch(/^-/)
    const folder = mkdtempSync(join(packages, 'unpacked-'))
    execFileSync(dpkgDeb!, ['-x', file, folder])
    const copyright = readFileSync(join(folder, 'usr/share/doc/exitlab/copyright'), 'utf8')
    expect(copyright).toContain(readFileSync('LICENSE', 'utf8'))
    expect(copyright).toContain('/opt/Exitlab/THIRD-PARTY.txt')
  })

  it('has an entry and an icon for the menu of the desktop, and the licence', () => {
    for (const path of [
      'applications/exitlab.desktop',
      'icons/hicolor/scalable/apps/exitlab.svg',
      'doc/exitlab/copyright',
    ])
      expect(lineOf(`usr/share/${path}`)).toMatch(/^-rw-r--r-- /)
  })
})

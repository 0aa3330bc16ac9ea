import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { nodeNotice } from '../../scripts/notices/beside-packages.ts'
import { installedPackages } from '../../scripts/notices/installed.ts'
import { inOrder, noticeOf } from '../../scripts/notices/notice.ts'

const root = join(import.meta.dirname, '../..')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-notices-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

/** An installed package. */
function put(place: string, manifest: object, files: Record<string, string> = {}): string {
  const path = join(folder, 'node_modules', place)
  for (const [file, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text)
  }
  return path
}

describe('the notice of a package', () => {
  it('has all texts of its licences and notices, and where its source is', () => {
    const files = { LICENSE: 'the licence\n', NOTICE: 'the notice', 'licenses/LICENSE-d3': 'of a part', 'index.js': '' }
    const manifest = { name: 'figures', version: '1.2.0', license: 'BSD-3-Clause', repository: 'someone/figures' }
    expect(noticeOf(put('figures', manifest, files))).toEqual({
      name: 'figures',
      version: '1.2.0',
      licence: 'BSD-3-Clause',
      source: 'https://github.com/someone/figures',
      texts: ['the licence', 'the notice', 'of a part'],
    })
  })

  it.each([
    [undefined, 'names no licence'],
    ['MIT', 'names MIT'],
  ])('is refused where there is no text of a licence (%s)', (license, words) => {
    const path = put(
      'bare',
      { name: 'bare', version: '2.0.0', license },
      { LICENSE: ' \n', 'README.md': 'Licence: MIT' },
    )
    expect(() => noticeOf(path)).toThrow(
      `bare 2.0.0 comes without the text of a licence; its package.json ${words} (${path}).\n` +
        '  → Where its project has a licence, add it to scripts/notices/without-text.ts; else do without the package.',
    )
  })

  it('of the prebuilt libvips has the LGPL and the GPL, where its source is, and what is in it', () => {
    const files = { 'README.md': '| pango | LGPLv3 |', 'versions.json': '{ "vips": "8.18.7" }' }
    const manifest = { name: '@img/sharp-libvips-linux-x64', version: '1.3.4', license: 'LGPL-3.0-or-later' }
    const { texts } = noticeOf(put('@img/sharp-libvips-linux-x64', manifest, files))
    const whole = texts.join('\n')
    for (const words of ['GNU LESSER GENERAL PUBLIC LICENSE', 'GNU GENERAL PUBLIC LICENSE', ...Object.values(files)])
      expect(whole).toContain(words)
    expect(whole).toContain('https://github.com/lovell/sharp-libvips')
  })
})

describe('packages that are given on', () => {
  it('are all that npm installed, those within packages too', () => {
    for (const place of ['one', '@some/two', 'one/node_modules/three']) put(place, {})
    mkdirSync(join(folder, 'node_modules/.bin'))
    expect(installedPackages(folder).toSorted()).toEqual(
      ['@some/two', 'one', 'one/node_modules/three'].map((place) => join(folder, 'node_modules', place)),
    )
  })

  it('stand once where two places have the same version', () => {
    const manifest = { name: 'one', version: '1.0.0', license: 'MIT' }
    const both = ['one', 'two/node_modules/one'].map((place) => noticeOf(put(place, manifest, { LICENSE: 'text' })))
    const other = noticeOf(put('an-other', { ...manifest, name: 'an-other' }, { LICENSE: 'text' }))
    expect(inOrder([...both, other]).map(({ name }) => name)).toEqual(['an-other', 'one'])
  })

  it('each have the text of their licence: those that package.json names, and what these need', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; optional?: boolean }>
    }
    const needed = Object.entries(lock.packages).flatMap(([path, { dev, optional }]) =>
      path === '' || dev || optional || path.includes('/@types/') ? [] : path,
    )
    expect(needed.length).toBeGreaterThan(50)
    for (const path of needed) expect(noticeOf(join(root, path)).texts.join('').length).toBeGreaterThan(50)
  })

  it('come with Node’s licence, or are not made', () => {
    const program = join(folder, 'node/bin/node')
    mkdirSync(dirname(program), { recursive: true })
    expect(() => nodeNotice(program)).toThrow(`Node may not be given on: there is no LICENSE beside ${program}.`)
    writeFileSync(join(folder, 'node/LICENSE'), 'Node.js is licensed for use as follows')
    expect(nodeNotice(program)).toMatchObject({ name: 'Node.js', texts: ['Node.js is licensed for use as follows'] })
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isAtLeast, versions } from '../../scripts/setup/versions.mjs'

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

describe('versions', () => {
  it.each([
    ['22.18.0', '22.18.0', true],
    ['24.0.0', '22.18.0', true],
    ['22.17.9', '22.18.0', false],
    ['20.20.2', '22.18.0', false],
    ['22.18.1-nightly', '22.18.0', true],
    ['22', '22.18.0', false],
  ])('%s is at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected)
  })

  it('never installs a Node that is too old itself', () => {
    const { minimum, packages } = versions.node
    expect(Object.values(packages).filter(({ version }) => !isAtLeast(version, minimum))).toEqual([])
    expect(file('package.json')).toContain(`"node": ">=${minimum.replace(/\.0$/, '')}"`)
  })

  it('pins every file that set-up brings', () => {
    const { tensorflow, fashionMnist, fortunes, models, node } = versions
    const variants = Object.values(tensorflow.variants)
    const hashes = [
      ...variants.flatMap(({ wheels }) => wheels.map(({ sha256 }) => sha256)),
      ...variants.flatMap(({ librarySha256 }) => Object.values(librarySha256)),
      ...Object.values(fashionMnist.unzippedSha256),
      ...Object.values(fortunes.sha256),
      ...Object.values(models).flatMap(({ wheel, sha256 }) => [wheel.sha256, ...Object.values(sha256)]),
    ]
    expect(hashes.filter((hash) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([])
    expect(variants.map(({ librarySha256 }) => Object.keys(librarySha256).length)).toEqual(variants.map(() => 2))
    expect(Object.values(node.packages).every(({ integrity }) => /^sha512-.{86}==$/.test(integrity))).toBe(true)
  })

  it('keeps the lockfile free of any registry', () => {
    expect(file('package-lock.json')).not.toMatch(/"resolved": "https?:/)
  })
})

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { bundledNotices, noticesOfBundle } from '../../scripts/notices/bundled.ts'
import { noticeOf } from '../../scripts/notices/notice.ts'
import type { Notice } from '../../src/shared/basics/notice.ts'

const root = join(import.meta.dirname, '../..')

describe('the notices of a bundle', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'exitlab-bundle-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    write('node_modules/used/index.js', 'export const used = () => console.log("used")')
    write(
      'node_modules/used/package.json',
      '{ "name": "used", "version": "1.0.0", "license": "MIT", "main": "index.js" }',
    )
    write('node_modules/used/LICENSE', 'of used')
    write('node_modules/idle/index.js', 'export const idle = 1')
    write(
      'node_modules/idle/package.json',
      '{ "name": "idle", "version": "1.0.0", "main": "index.js", "sideEffects": false }',
    )
    write('index.js', 'import { used } from "used"; import { idle } from "idle"; used()')
  })

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  async function build(): Promise<Notice[]> {
    const bundle = await rolldown({ input: join(folder, 'index.js'), plugins: [noticesOfBundle] })
    const { output } = await bundle.generate()
    const asset = output.find(({ fileName }) => fileName === bundledNotices)
    return JSON.parse(String(asset?.type === 'asset' && asset.source)) as Notice[]
  }

  it('are of the packages that are in it, not of those of which nothing is used', async () => {
    expect(await build()).toEqual([
      { name: 'used', version: '1.0.0', licence: 'MIT', source: null, texts: ['of used'] },
    ])
  })

  it('fail the build where a package comes without the text of a licence', async () => {
    rmSync(join(folder, 'node_modules/used/LICENSE'))
    await expect(build()).rejects.toThrow('used 1.0.0 comes without the text of a licence')
  })
})

it('are there of the page as tests build it, with what Vue brings for its developers', () => {
  const notice = noticeOf(join(root, 'node_modules/vue-router/node_modules/@vue/devtools-api'))
  expect(notice.texts.join('\n')).toContain('Copyright (c) Guillaume Chau')
})

describe('the page', () => {
  const notices = JSON.parse(readFileSync(join(root, 'out/renderer', bundledNotices), 'utf8')) as Notice[]
  const named = new Set(notices.map(({ name }) => name))

  /** Packages that files of the page import for more than types. */
  function imported(): string[] {
    const files = ['src/renderer', 'src/readings/analyses', 'src/readings', 'src/figures'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
    )
    const texts = files
      .filter((file) => /\.(vue|css)$|renderer.*\.ts$/.test(file))
      .map((file) => readFileSync(file, 'utf8'))
    const lines = texts.flatMap((text) => [
      ...text.matchAll(/^(?:import|export) (?!type\b)[^'"=;]*? from '([^./'][^']*)'/gm),
    ])
    const packages = lines.map(([, from]) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(from!)![0])
    return [...new Set(packages)].filter((name) => existsSync(join(root, 'node_modules', name)))
  }

  it('has a notice of every package that it imports, with the text of its licence', () => {
    const packages = imported()
    expect(packages).toEqual(expect.arrayContaining(['vue', 'pinia', 'echarts', 'codemirror', 'reka-ui']))
    // Vue's own entry only hands on its parts.
    expect(packages.filter((name) => !named.has(name === 'vue' ? '@vue/runtime-dom' : name))).toEqual([])
    for (const { texts } of notices) expect(texts.join('').length).toBeGreaterThan(500)
  })

  it('has them of what these bring, and of Tailwind, whose utilities are in its styles', () => {
    for (const name of ['zrender', 'three', '@lezer/common', '@floating-ui/core', 'tailwindcss'])
      expect(named).toContain(name)
    expect(notices.find(({ name }) => name === 'echarts')!.texts.join()).toContain('Apache License')
  })
})

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { moduleLoads } from '../../scripts/mutate/modules.ts'
import { bringInterface, sources } from '../../scripts/setup/interface.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'exitlab-interface-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  write('package-lock.json', '{}')
  write('src/renderer/App.vue', 'first')
  write('src/shared/runs/runs.ts', 'runs')
  write('src/engine/tf.ts', 'not of the page')
  setBuild(`mkdirSync('out/renderer', { recursive: true })
    writeFileSync('out/renderer/index.html', 'page')
    appendFileSync('builds', 'x')`)
})

function write(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** What stands in for the build, run in the checkout. */
function setBuild(body: string): void {
  const imports = "import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'"
  write('node_modules/electron-vite/package.json', '{ "type": "module" }')
  write('node_modules/electron-vite/bin/electron-vite.js', `${imports}\n${body}`)
}

async function buildsAfter(change: () => void): Promise<boolean> {
  rmSync(join(root, 'builds'), { force: true })
  change()
  await bringInterface(root)
  return existsSync(join(root, 'builds'))
}

describe('the page of the workbench', () => {
  it('is built once, and again when something that it depends on changes', async () => {
    expect(await buildsAfter(() => {})).toBe(true)
    expect(await buildsAfter(() => {})).toBe(false)
    expect(await buildsAfter(() => write('src/renderer/App.vue', 'first'))).toBe(false)
    expect(await buildsAfter(() => write('src/renderer/App.vue', 'second'))).toBe(true)
    expect(await buildsAfter(() => write('src/renderer/views/New.vue', ''))).toBe(true)
    expect(await buildsAfter(() => rmSync(join(root, 'src/renderer/views/New.vue')))).toBe(true)
    expect(await buildsAfter(() => write('src/shared/runs/runs.ts', 'other runs'))).toBe(true)
    expect(await buildsAfter(() => write('package-lock.json', '{ }'))).toBe(true)
    expect(await buildsAfter(() => write('src/engine/tf.ts', 'other'))).toBe(false)
    expect(await buildsAfter(() => rmSync(join(root, 'out/renderer'), { recursive: true }))).toBe(true)
  })

  it('depends on every file that it loads', () => {
    const loads = moduleLoads(join(import.meta.dirname, '../..'))
    const entries = ['src/renderer/main.ts', 'src/main/shell/index.ts', 'src/preload/index.ts']
    const loaded = entries.flatMap((entry) => [entry, ...loads(entry).keys()])
    expect(loaded.length).toBeGreaterThan(500)
    expect(loaded.filter((file) => !sources.some((source) => file.startsWith(`${source}/`)))).toEqual([])
  })

  it('does not count as built where the build failed', async () => {
    setBuild("appendFileSync('builds', 'x'); process.exit(1)")
    await expect(bringInterface(root)).rejects.toThrow('The workbench could not be built; what the build said')
    await expect(bringInterface(root)).rejects.toThrow('The workbench could not be built')
    expect(existsSync(join(root, 'out/interface.stamp'))).toBe(false)
  })
})

/**
 * `npm run pictures`: trains small experiments and takes the pictures of the workbench that the documents show, docs/pictures/*.png.
 * `npm run pictures -- runs run` takes these alone. `--folder` keeps the workspaces, whose runs are not trained again.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { scriptArguments } from '../arguments.ts'
import { launchChromium, withoutChromium } from '../../test/e2e/support/chromium.ts'
import { scenes } from './scenes.ts'

const { values, positionals } = scriptArguments({ options: { folder: { type: 'string' } }, allowPositionals: true })
const names = scenes.flatMap((scene) => scene.names)
const unknown = positionals.find((name) => !names.includes(name))
if (unknown !== undefined) throw new Error(`There is no picture ${unknown}: choose of ${names.join(', ')}.`)
if (withoutChromium !== null) throw new Error(`Pictures need a browser: ${withoutChromium}.`)
const chosen = (name: string) => positionals.length === 0 || positionals.includes(name)
const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), 'exitlab-pictures-')) : resolve(values.folder)
const browser = await launchChromium()
try {
  for (const [number, scene] of scenes.entries()) {
    if (!scene.names.some(chosen)) continue
    const workspace = join(folder, `workspace-${number + 1}`)
    mkdirSync(workspace, { recursive: true })
    await scene.take(workspace, browser, chosen)
  }
} finally {
  await browser.close()
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}

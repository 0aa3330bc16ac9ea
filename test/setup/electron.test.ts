import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bringElectron } from '../../scripts/setup/electron.mjs'
import { temporaryFolder } from '../main/host/support.ts'

test('in a checkout that cannot be written, the workbench opens in a browser instead', async () => {
  const { DISPLAY } = process.env
  process.env.DISPLAY = ':0'
  onTestFinished(() => void (DISPLAY === undefined ? delete process.env.DISPLAY : (process.env.DISPLAY = DISPLAY)))
  const root = temporaryFolder()
  const folder = join(root, 'node_modules', 'electron')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"version":"1.2.3"}')
  writeFileSync(join(folder, 'install.js'), '')
  writeFileSync(join(root, '.tools'), '')
  expect(await bringElectron(root)).toEqual({
    reason: expect.stringMatching(/^Electron could not be downloaded: \S+\.tools cannot be written \(\w+\)$/) as string,
  })
})

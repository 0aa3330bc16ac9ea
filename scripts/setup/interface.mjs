import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { SetupFailure } from './failure.mjs'
import { unlessDone } from './lock.mjs'
import { say } from './report.mjs'

/** Everything that a build of the workbench's page and desktop shell depends on. */
export const sources = [
  'src/renderer',
  'src/readings',
  'src/figures',
  'src/preload',
  'src/main/shell',
  'src/files',
  'src/shared',
  'scripts/notices',
  'vite.config.ts',
  'electron.vite.config.ts',
  'package-lock.json',
]

/**
 * Builds the workbench's page and desktop shell where their sources are others than those of the last build.
 * @param {string} root the checkout
 */
export async function bringInterface(root) {
  await unlessDone(
    () => !isStale(root),
    join(root, '.tools'),
    () => build(root),
  )
}

/** @param {string} root */
async function build(root) {
  const expected = expectedStamp(root)
  say('Building the workbench')
  const arguments_ = [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']
  if (!(await run(process.execPath, arguments_, { cwd: root }))) {
    throw new SetupFailure('The workbench could not be built; what the build said stands above.', [
      'Repair what it names, and run this again.',
    ])
  }
  writeFileSync(stampPath(root), expected)
}

/** @param {string} root */
const stampPath = (root) => join(root, 'out', 'interface.stamp')

/** @param {string} root */
function isStale(root) {
  const isBuilt = ['out/interface.stamp', 'out/renderer/index.html'].every((file) => existsSync(join(root, file)))
  return !isBuilt || readFileSync(stampPath(root), 'utf8') !== expectedStamp(root)
}

/** What the stamp must say: names and contents of the sources, in a few milliseconds. @param {string} root */
function expectedStamp(root) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesIn(root, source))) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  }
  return `${hash.digest('hex')}\n`
}

/** @param {string} root @param {string} path @returns {string[]} */
function filesIn(root, path) {
  if (!existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(root, `${path}/${name}`))
}

/**
 * Runs a task of package.json after set-up: `node scripts/run.mjs TASK [ARGUMENTS…]`. Brings what is missing or stale
 * first: Node, packages, and for what trains TensorFlow and Fashion-MNIST. This file and scripts/setup run under
 * Node ≥ 18 without any package.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { become } from './setup/command.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { bringEngineAndData } from './setup/index.mjs'
import { bringNode } from './setup/node-runtime.mjs'
import { bringPackages } from './setup/packages.mjs'
import { isCheckout, root } from './setup/places.mjs'
import { say } from './setup/report.mjs'
import { tasks } from './tasks.mjs'

/** @param {readonly string[]} arguments_ @returns {Promise<number>} the exit code */
async function main([name = '', ...given]) {
  const task = tasks[name]
  if (!task) throw new SetupFailure(`There is no task "${name}".`, `Use one of ${Object.keys(tasks).join(', ')}.`)
  const node = await bringNode(join(root, '.tools'))
  // Node's own fetch follows the proxy variables only where this one is set when it starts.
  const underNode = { NODE_USE_ENV_PROXY: '1' }
  if (node !== process.execPath) {
    return become(node, [fileURLToPath(import.meta.url), name, ...given], { env: underNode })
  }
  const gpu = given.includes('--gpu')
  if (isCheckout) await bringPackages(root)
  if (task.trains(given)) Object.assign(process.env, await bringEngineAndData({ gpu }))
  return task.run(given)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error
  say(`Set-up: ${error.message}`)
  process.exitCode = 1
}

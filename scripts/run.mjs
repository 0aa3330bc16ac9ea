/**
 * Runs a task of package.json after set-up: `node scripts/run.mjs TASK [ARGUMENTS…]`. Brings what is missing or stale
 * first: Node, packages, for what shows the workbench its page, and for what trains TensorFlow and Fashion-MNIST. This
 * file and scripts/setup run under Node ≥ 18 without any package.
 */
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { become, Interruption, isHangUpIgnored } from './setup/command.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { bringEngineAndData } from './setup/index.mjs'
import { bringInterface } from './setup/interface.mjs'
import { bringNode } from './setup/node-runtime.mjs'
import { bringPackages } from './setup/packages.mjs'
import { isBuilt, isCheckout, root } from './setup/places.mjs'
import { say } from './setup/report.mjs'
import { answerTo } from './setup/task-arguments.mjs'
import { requireWritableWorkspace } from './setup/workspace.mjs'
import { asksForCard, tasks } from './tasks.mjs'

// Node takes back what nohup set up; the launcher has noted it.
if (isHangUpIgnored) process.on('SIGHUP', () => {})

/** @param {readonly string[]} arguments_ @returns {Promise<number>} the exit code */
async function main([name = '', ...given]) {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined
  if (!task) throw new SetupFailure(`There is no task "${name}".`, `Use one of ${Object.keys(tasks).join(', ')}.`)
  const answer = answerTo(name, given)
  if (answer !== null) {
    console[answer.code === 0 ? 'log' : 'error'](answer.text)
    return answer.code
  }
  refuseMissingFolder()
  if (!isCheckout && !isBuilt) {
    throw new SetupFailure(
      'This package of Exitlab was packed without being built, so that the program is not in it.',
      '`npm run pack` in a checkout makes a package that runs; a bare `npm pack` does not.',
    )
  }
  const node = await bringNode(join(root, '.tools'))
  // Node's own fetch follows the proxy variables only where this one is set when it starts.
  const underNode = { NODE_USE_ENV_PROXY: '1' }
  if (node !== process.execPath) {
    return become(node, [fileURLToPath(import.meta.url), name, ...given], { env: underNode })
  }
  keepCompiledCode()
  const gpu = asksForCard(given)
  if (isCheckout) await bringPackages(root)
  const first = async () => void (task.writes?.(given) && (await requireWritableWorkspace(given)))
  if (task.trains(given)) Object.assign(process.env, await bringEngineAndData({ gpu, first }))
  if (isCheckout && task.shows?.(given)) await bringInterface(root)
  return task.run(given)
}

/** Paths of arguments start from the folder that this was called in. */
function refuseMissingFolder() {
  try {
    process.cwd()
  } catch (error) {
    throw new SetupFailure(
      'The folder that this was called in has been removed.',
      'Change to one that is there: cd DIR',
      {
        cause: error,
      },
    )
  }
}

/**
 * Whether a disk is full or may not be written, or the user has no home folder, which needs no stack.
 * @param {unknown} error
 * @returns {error is NodeJS.ErrnoException}
 */
function isOfMachine(error) {
  const { code = '', name } = /** @type {NodeJS.ErrnoException} */ (error)
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM'].includes(code) || name === 'NoHomeFolder'
}

/** Halves the time that a command takes to start; the children that it starts keep theirs there too. */
function keepCompiledCode() {
  const { directory } = module.enableCompileCache(isCheckout ? join(root, '.tools', 'compile-cache') : undefined)
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= directory
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof SetupFailure || error instanceof Interruption || isOfMachine(error))) throw error
  say(`Set-up: ${error.message}`)
  process.exitCode = error instanceof Interruption ? error.exitCode : 1
}

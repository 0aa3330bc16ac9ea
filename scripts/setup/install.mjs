/**
 * Brings one thing for a program that waits: `node install.mjs tensorflow|tensorflow-gpu|fashion-mnist|fortunes`. Tells how far it is
 * in lines of JSON on stdout; the last one of an attempt that failed is `{ failure }`, what went wrong and what to do.
 */
import { Interruption } from './command.mjs'
import { messageOf, SetupFailure } from './failure.mjs'
import { bringFashionMnist } from './fashion-mnist.mjs'
import { bringText } from './index.mjs'
import { cacheFolders } from './places.mjs'
import { bringTensorFlow } from './tensorflow.mjs'

/** @type {Record<string, () => Promise<void>>} */
const installers = {
  tensorflow: () => tensorflow({ gpu: false }),
  'tensorflow-gpu': () => tensorflow({ gpu: true }),
  'fashion-mnist': async () => bringFashionMnist((await cacheFolders({ gpu: false })).fashionMnist),
  // With the model that reads them.
  fortunes: bringText,
}

/** @param {{ gpu: boolean }} options */
async function tensorflow({ gpu }) {
  const folders = await cacheFolders({ gpu })
  await bringTensorFlow(folders.tensorflow, { gpu, given: folders.given })
}

try {
  const install = installers[process.argv[2] ?? '']
  if (!install) throw new SetupFailure('Nothing of that name can be installed.', Object.keys(installers))
  await install()
} catch (error) {
  process.stdout.write(`${JSON.stringify({ failure: messageOf(error) })}\n`)
  process.exitCode = error instanceof Interruption ? error.exitCode : 1
}

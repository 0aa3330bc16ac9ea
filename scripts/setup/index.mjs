import { bringFashionMnist } from './fashion-mnist.mjs'
import { bringFortunes } from './fortunes.mjs'
import { bringModel } from './model.mjs'
import { cacheFolders } from './places.mjs'
import { bringTensorFlow } from './tensorflow.mjs'

/**
 * Brings what training needs into the user's cache.
 * @param {{ gpu: boolean, first?: () => Promise<void> }} options first: done before anything is fetched, where something is missing
 * @returns {Promise<NodeJS.ProcessEnv>} what a program must know to use it
 */
export async function bringEngineAndData({ gpu, first = async () => {} }) {
  const folders = await cacheFolders({ gpu })
  await bringTensorFlow(folders.tensorflow, { gpu, given: folders.given, first })
  await bringFashionMnist(folders.fashionMnist, { first })
  // The program finds the usual folders itself, that of each build.
  return gpu ? { EXITLAB_TENSORFLOW: folders.tensorflow } : {}
}

/** Brings what a first experiment with text needs: a pre-trained model with its tokenizer, and real texts by topic. */
export async function bringText() {
  const { models, fortunes } = await cacheFolders({ gpu: false })
  for (const [name, folder] of Object.entries(models)) await bringModel(name, folder)
  await bringFortunes(fortunes)
}

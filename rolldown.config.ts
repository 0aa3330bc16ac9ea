import { defineConfig, type Plugin } from 'rolldown'
import { noticesOfBundle } from './scripts/notices/bundled.ts'

/** Modules that are started or looked up by their address keep it, but for the ending. */
const builtAddresses: Plugin = {
  name: 'built-addresses',
  transform: (code) => code.replaceAll(/(new URL\('\.\.?\/(?!.*scripts\/)[^']+)\.ts'/g, "$1.js'"),
}

/** Built by itself, into its place. */
const tfjsNode = 'engine/tensorflow/tfjs-node'
const leaveTfjsNode: Plugin = {
  name: 'leave-tfjs-node',
  resolveId: (source) => (source === './tfjs-node.ts' ? { id: './tfjs-node.js', external: true } : null),
}

/** Of tfjs, which tfjs-node asks for, its core is a package of its own, and its gradients are used. TensorBoard's messages are written by nothing here. */
const partOfTfjsNode: Plugin = {
  name: 'part-of-tfjs-node',
  resolveId: (source) => (/^@tensorflow\/tfjs-(?!core|node)/.test(source) ? unused : null),
  load: (id) =>
    id === unused || id.replaceAll('\\', '/').endsWith('/dist/proto/api_pb.js') ? 'module.exports = {}' : null,
}
const unused = 'unused.cjs'

const origin = `/*! From @tensorflow/tfjs-node-gpu and @tensorflow/tfjs, changed: one file, the parts that are used. resources/licences has their licence. */`

/**
 * What is published: src/ without its types, file by file, as Node strips no types below node_modules
 * (docs/decisions/001-typescript-without-a-build.md). Packages stay packages, but for the JavaScript of tfjs-node: to install that
 * package is to download a TensorFlow that is not used.
 */
export default defineConfig([
  {
    input: {
      'main/extensions/extension': 'src/main/extensions/extension.ts',
      'main/extensions/preload': 'src/main/extensions/preload.ts',
      'main/extensions/imports-worker': 'src/main/extensions/imports-worker.ts',
      'main/extensions/try-out-worker': 'src/main/extensions/try-out-worker.ts',
      'main/cli/index': 'src/main/cli/index.ts',
      'main/host/open/desktop': 'src/main/host/open/desktop.ts',
      'main/trainer/index': 'src/main/trainer/index.ts',
      'main/execution/depot/stage-worker': 'src/main/execution/depot/stage-worker.ts',
      'main/host/comparison/evaluation/scoring-worker': 'src/main/host/comparison/evaluation/scoring-worker.ts',
      'main/host/imports/readers/import-worker': 'src/main/host/imports/readers/import-worker.ts',
      'main/host/data/network-files/network-worker': 'src/main/host/data/network-files/network-worker.ts',
      'datasets/formats/image-worker': 'src/datasets/formats/image-worker.ts',
    },
    external: /^[^./]/,
    platform: 'node',
    plugins: [builtAddresses, leaveTfjsNode],
    // electron.vite.config.ts builds into other folders of out/.
    output: { dir: 'out', cleanDir: false, preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
  },
  {
    input: { [tfjsNode]: `src/${tfjsNode}.ts` },
    external: '@tensorflow/tfjs-core',
    platform: 'node',
    plugins: [partOfTfjsNode, noticesOfBundle],
    output: { dir: 'out', cleanDir: false, banner: origin },
  },
])

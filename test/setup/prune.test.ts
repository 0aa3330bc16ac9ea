import { describe, expect, it } from 'vitest'
import { isUnused } from '../../scripts/setup/prune.mjs'

describe('pruning of packages', () => {
  it.each([
    'vue/dist/vue.js.map',
    '@tensorflow/tfjs/dist/tf.es2017.min.js',
    '@tensorflow/tfjs-core/dist/ops/conv2d_test.js',
    'rxjs/dist/esm5/index.js',
    'echarts/dist/echarts.js',
    'three/examples/jsm/controls/OrbitControls.js',
    'better-sqlite3/prebuilds/other-system.node',
  ])('deletes %s', (path) => expect(isUnused(path)).toBe(true))

  it.each([
    '@tensorflow/tfjs/package.json',
    'core-js/LICENSE',
    '@tensorflow/tfjs-core/node_modules/@types/offscreencanvas/package.json',
    '@tensorflow/tfjs-core/node_modules/@types/offscreencanvas/LICENSE',
    '@tensorflow/tfjs/dist/tf.node.js',
    '@tensorflow/tfjs-core/dist/ops/conv2d.d.ts',
    '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js',
    'rxjs/dist/cjs/index.js',
    'echarts/lib/echarts.js',
    // Loaded by the tests of the page.
    '@lucide/vue/dist/cjs/lucide-vue.js',
    'three/examples/jsm/lines/LineMaterial.js',
    `better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
  ])('keeps %s', (path) => expect(isUnused(path)).toBe(false))
})

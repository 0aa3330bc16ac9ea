/**
 * The JavaScript of tfjs-node: its kernels, which register themselves, and its backend, over a binding of one's own. The
 * published package has a bundle of it (rolldown.config.ts), as tfjs-node's own package downloads a TensorFlow where it is installed.
 */
import '@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js'
export { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js'

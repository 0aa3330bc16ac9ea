import { execFile } from 'node:child_process'
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describeNetwork } from '../../src/engine/networks/onnx/describe.ts'
import { onnx } from '../../src/engine/networks/onnx/family.ts'
import { readOnnx } from '../../src/shared/onnx-file/read-model.ts'
import { type BenchCase, zooSizes, zooSteps } from './cases.ts'

const helper = fileURLToPath(new URL('../../resources/export_backbone.py', import.meta.url))

/** Writes a network of torchvision, as users do. @returns the path of the file. */
export async function exportedNetwork(name: string, { python, folder }: { python: string; folder: string }) {
  const path = join(folder, `${name}.onnx`)
  const { side, classes } = zooSizes
  const sizes = ['--size', String(side), '--classes', String(classes)]
  await promisify(execFile)(python, [helper, `torchvision:${name}`, path, ...sizes])
  return path
}

/** The network of a file as it is, without exits. */
export function caseOfFile(path: string): BenchCase {
  const model = readOnnx(readFileSync(path), basename(path))
  const { file } = describeNetwork(model, { file: path, sha256: '', hash: (text) => hash('sha256', text) })
  const { side, classes } = zooSizes
  const normalisation = { mean: [0, 0, 0], std: [1, 1, 1] }
  const samples = { kind: 'images' as const, height: side, width: side, channels: 3, pad: 0, classes, normalisation }
  return { network: onnx.resolve({ family: 'onnx', file: path, start: 'file', exits: [] }, samples, file), ...zooSteps }
}

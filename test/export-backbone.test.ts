import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { readOnnx } from '../src/shared/onnx-file/read-model.ts'
import { described } from './support/onnx-fixtures.ts'
import { pythonWith } from './support/python.ts'

const script = fileURLToPath(new URL('../resources/export_backbone.py', import.meta.url))
const found = pythonWith('torch', 'torchvision', 'timm', 'onnx')
const withPython = test.runIf(found.python !== null)

/** What the script writes and says when it is called with these arguments and a file. */
function exported(source: string, ...options: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'network.onnx')
  const { status, stderr } = spawnSync(found.python!, [script, source, file, ...options], { encoding: 'utf8' })
  return { file, status, stderr }
}

withPython.each([
  ['torchvision:vgg11', 32],
  ['timm:vgg11', 64],
])('%s is exported as it is at %i pixels, and has an exit behind each of its convolutions', (source, size) => {
  const { file, status } = exported(source, '--size', String(size), '--classes', '10')
  expect(status).toBe(0)
  // Its eight convolutions, and at 64 pixels what comes before its classifier.
  expect(described(readOnnx(readFileSync(file), file)).file.sites.length).toBeGreaterThanOrEqual(8)
})

withPython('a network with auxiliary classifiers gives its logits alone', () => {
  const { file, status } = exported('torchvision:inception_v3', '--size', '96', '--classes', '10')
  expect(status).toBe(0)
  expect(described(readOnnx(readFileSync(file), file)).file.classes).toBe(10)
})

withPython('the channels of images are those of its first convolution, not of its first parameter', () => {
  const { status, stderr } = exported('timm:tnt_s_patch16_224', '--size', '64', '--classes', '10')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

withPython.each([
  [
    'timm:levit_128s',
    ['--size', '37'],
    /^timm:levit_128s cannot be exported with inputs of 3 x 37 x 37: .+\nIt may take another --size/,
  ],
  ['torchvision:resnet19', [], /^torchvision does not make resnet19: Unknown model resnet19$/],
  [
    'torchvision:inception_v3',
    ['--size', '64'],
    /^torchvision:inception_v3 cannot be exported with inputs of 3 x 64 x 64: /,
  ],
  ['resnet18', [], /^expected torchvision:NAME, timm:NAME or transformers:NAME_OR_FOLDER; got resnet18$/],
] as const)(
  '%s with %j is refused in at most two lines, without the graph that PyTorch prints',
  (source, options, words) => {
    const { status, stderr } = exported(source, ...options)
    expect(status).toBe(1)
    expect(stderr.trim()).toMatch(words)
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
  },
)

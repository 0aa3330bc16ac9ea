/**
 * `EXITLAB_PYTHON=PYTHON node scripts/classifiers/index.ts [--only TEXT]`: whether the most used classifiers of torchvision, timm and
 * transformers are taken as they are. Each is exported with random weights, read, given all exits that it can have, compared
 * with PyTorch on four samples, and its gradients are computed. Prints the rows of the table in docs/own-network.md. PYTHON has
 * torch, torchvision, timm, transformers, onnx and safetensors.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { scriptArguments } from '../arguments.ts'
import { classifiers, type Classifier } from './list.ts'
import { tried } from './tried.ts'

const { values: options } = scriptArguments({ options: { only: { type: 'string', default: '' } } })
const python = process.env.EXITLAB_PYTHON
if (python === undefined) {
  console.error(
    'EXITLAB_PYTHON has to name a Python with torch, torchvision, timm, transformers, onnx and safetensors.',
  )
  process.exit(2)
}

const exporter = fileURLToPath(new URL('export.py', import.meta.url))
const child = spawn(python, [exporter], { stdio: ['pipe', 'pipe', 'inherit'] })
const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
const folder = mkdtempSync(join(tmpdir(), 'exitlab-classifiers-'))

interface Exported {
  parameters?: number
  /** Why it was not. */
  refused?: string
}

async function exported({ source, size }: Classifier, file: string): Promise<Exported> {
  child.stdin.write(`${source} ${file} ${size}\n`)
  const { value, done } = await answers.next()
  if (done) throw new Error(`${python} ended while it exported ${source}`)
  return JSON.parse(value) as Exported
}

async function row(each: Classifier): Promise<string[]> {
  const file = join(folder, 'network.onnx')
  const { parameters, refused } = await exported(each, file)
  const about = [each.source.replace(':', ' '), String(each.size)]
  if (refused !== undefined) return [...about, '–', '–', '–', `Not exported: ${refused}`]
  const millions = (parameters! / 1e6).toFixed(1)
  const { blocks, error, why } = await tried(readFileSync(file), `${file}.safetensors`)
  if (why !== null) return [...about, millions, '–', '–', why]
  return [...about, millions, String(blocks), error.toExponential(1), 'passes']
}

try {
  console.log(
    '| network | pixels or tokens | parameters (millions) | blocks | logits | |\n| - | -: | -: | -: | -: | - |',
  )
  for (const each of classifiers.filter(({ source }) => source.includes(options.only)))
    console.log(`| ${(await row(each)).join(' | ')} |`)
} finally {
  child.stdin.end()
  rmSync(folder, { recursive: true })
}

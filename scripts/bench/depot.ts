/**
 * Times listing and merging a generated depot: `npm run bench:depot -- [PHASES] [FOLDER]`, by default 100,000 phases below the
 * system's temporary folder. Phases alternate between trained and evaluated ones, with small weights.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeSafetensors } from '../../src/shared/safetensors/safetensors.ts'
import { depotSummary } from '../../src/main/execution/depot/summary.ts'
import { mergeDepots } from '../../src/main/execution/depot/merge.ts'
import { sealOf } from '../../src/files/sealed-json.ts'
import { scriptArguments } from '../arguments.ts'
import { report, timed } from './measure.ts'

const { positionals } = scriptArguments({ allowPositionals: true, options: {} })
const [count = '100000', folder = tmpdir()] = positionals
if (!/^[1-9]\d*$/.test(count)) {
  console.error(`Expected a number of phases; got ${count}.`)
  process.exit(2)
}
const root = mkdtempSync(join(folder, 'exitlab-depot-'))
const [source, target] = [join(root, 'source'), join(root, 'target')]

const hash = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')
const sealed = (value: object) => JSON.stringify({ ...value, seal: sealOf(value) })

function writePhase(index: number): void {
  const phase = hash(`phase ${index}`)
  const path = join(source, phase)
  mkdirSync(path, { recursive: true })
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(path, name), content)
  const values = new Float32Array(256).fill(index)
  const weights = encodeSafetensors({ weight: { shape: [256], values } }, { content: 'weights', phase })
  const about = {
    epoch: 1,
    step: 10,
    keptEpoch: 1,
    ended: 'epoch-cap',
    versions: { threads: '2' },
    earlierVersions: [],
  }
  put('job.json', sealed({ format: 1, phase }))
  put('events.jsonl', '{"at":1,"type":"paused"}\n'.repeat(10))
  put('final.safetensors', weights)
  const file = { file: 'final.safetensors', sha256: hash(weights), bytes: weights.length }
  put('final.safetensors.manifest.json', sealed({ ...file, ...about }))
  if (index % 2 === 0) return
  const logits = encodeSafetensors({ logits: { shape: [256], values } }, { content: 'evaluation', phase })
  const metrics = { validation: { accuracy: [0.5] }, test: { accuracy: [0.5] } }
  put('evaluation.safetensors', logits)
  const evaluation = { file: 'evaluation.safetensors', sha256: hash(logits), weights: file.sha256, metrics }
  put('evaluation.json', sealed(evaluation))
}

const measured = async (what: string, work: () => unknown) => report({ what, ...(await timed(work)) })

try {
  await measured('generate', () => {
    for (let index = 0; index < Number(count); index++) writePhase(index)
  })
  await measured('list', () => depotSummary(source))
  await measured('merge into an empty depot', () => mergeDepots(target, [source]))
  await measured('merge again', () => mergeDepots(target, [source]))
} finally {
  rmSync(root, { recursive: true })
}

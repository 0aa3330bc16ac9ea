/**
 * test/engine/cost/fixtures/exported.json: the graphs of networks that test/engine/cost/fixtures/make-exported.py has written, without
 * their weights.
 *
 *     node make-exported.ts FOLDER
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readOnnx } from '../../src/shared/onnx-file/read-model.ts'
import { described } from './onnx-fixtures.ts'

const folder = process.argv[2]!
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.onnx') ? [file.replace('.onnx', '')] : []))
const lines = names.map((name) => {
  const { file } = described(readOnnx(readFileSync(`${folder}/${name}.onnx`), name))
  const known = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as object
  return `  ${JSON.stringify(name)}: ${JSON.stringify({ ...known, file: { ...file, title: name, fresh: {}, counters: {} } })}`
})
writeFileSync(new URL('../engine/cost/fixtures/exported.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`)

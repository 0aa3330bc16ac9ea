/**
 * test/engine/networks/onnx/fixtures/zoo/NAME.json: the graph of a network of torch_zoo.py, without its weights, what is found in it, and fvcore's
 * multiply-adds.
 *
 *     node make-zoo.ts FOLDER NAME …        FOLDER has NAME.onnx and NAME.json of torch_zoo.py
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readOnnx } from '../../src/shared/onnx-file/read-model.ts'
import { described, withoutParts } from './onnx-fixtures.ts'

const [folder, ...names] = process.argv.slice(2)
const zoo = new URL('../engine/networks/onnx/fixtures/zoo/', import.meta.url)
mkdirSync(zoo, { recursive: true })
for (const name of names) {
  const { file, report } = described(readOnnx(readFileSync(`${folder}/${name}.onnx`), name))
  const { macs } = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as { macs: object }
  const known = {
    file: { ...file, title: name, fresh: {}, counters: {} },
    report: withoutParts({ ...report, title: name }),
    fvcore: macs,
  }
  writeFileSync(new URL(`${name}.json`, zoo), `${JSON.stringify(known)}\n`)
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { modelFile, tokenizerFile } from '../../../../src/main/host/data/model-files.ts'
import { temporaryFolder } from '../support.ts'

test('a model is named by its file, its folder or its name, a tokenizer also by the weights that it lies beside', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'bert'))
  writeFileSync(join(folder, 'bert', 'tokenizer.json'), '{}')
  const place = { folder, environment: { HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') } }
  const named = join(folder, 'cache/exitlab/models/all-minilm-l6-v2')
  expect(modelFile('all-minilm-l6-v2', 'model.safetensors', place)).toBe(join(named, 'model.safetensors'))
  const tokenizer = join(folder, 'bert/tokenizer.json')
  for (const given of ['bert', 'bert/tokenizer.json', tokenizer]) {
    expect(tokenizerFile({ given, weights: undefined }, place)).toBe(tokenizer)
  }
  for (const weights of ['bert', 'bert/pytorch_model.bin']) {
    expect(tokenizerFile({ given: undefined, weights }, place)).toBe(tokenizer)
  }
  const none = (weights: string | undefined) => () => tokenizerFile({ given: undefined, weights }, place)
  expect(none(undefined)).toThrow(/data\.tokenizer: texts need the tokenizer\.json of the model that reads them, such/)
  expect(none('elsewhere/model.safetensors')).toThrow(/there is no .*elsewhere\/tokenizer\.json beside the weights/)
})

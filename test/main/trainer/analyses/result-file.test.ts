import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findResult, writeResult } from '../../../../src/main/trainer/analyses/result-file.ts'
import { readSealed, writeSealed } from '../../../../src/files/sealed-json.ts'
import { z } from 'zod'

const provenance = { versions: { tensorflow: '2' }, earlierVersions: [] }
let folder: string
let warnings: string[]

beforeEach(async () => {
  warnings = []
  folder = await mkdtemp(join(tmpdir(), 'exitlab-result-'))
})
afterEach(() => rm(folder, { recursive: true }))

const find = (question: string) => findResult({ folder, warn: (message) => void warnings.push(message) }, question)
const write = (question: string) => writeResult(folder, { question, result: { ranks: [1] }, parts: 7, provenance })

it('a result is read with the number of its parts', async () => {
  const written = await write('mine')
  expect(written).toMatchObject({ parts: 7 })
  expect(await find('mine')).toEqual(written)
  expect(warnings).toEqual([])
})

it('a result of an earlier version, whose manifest lacks its parts, is read', async () => {
  const { file, sha256 } = await write('mine')
  const path = `${file}.manifest.json`
  const manifest = (await readSealed(path, z.looseObject({})))!
  delete manifest.parts
  await writeSealed(path, manifest)
  expect(await find('mine')).toEqual({ file, sha256, parts: null })
})

it('the result of another analysis is named and set aside, with its manifest', async () => {
  const { file } = await write('other')
  const bytes = await readFile(file)
  expect(await find('mine')).toBeNull()
  expect(warnings).toEqual([expect.stringContaining(`${file} is the result of another analysis`)])
  expect((await readdir(folder)).sort()).toEqual(['result.json.damaged', 'result.json.manifest.json.damaged'])
  expect(await readFile(`${file}.damaged`)).toEqual(bytes)
})

import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { describeNetwork } from '../../../src/engine/networks/onnx/describe.ts'
import { readOnnx } from '../../../src/shared/onnx-file/read-model.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'
import { pythonWith } from '../../support/python.ts'

/** What make.py has written of a file. */
interface Case {
  file: string
  checker: true | string
  runtime: true | string
  /** What a refusal has to name; nothing: it has to be taken. */
  says: string[]
}

const folder = new URL('fixtures/', import.meta.url)
const cases = JSON.parse(readFileSync(new URL('hostile.json', folder), 'utf8')) as Record<string, Case>
const right = inflateRawSync(Buffer.from(cases['right']!.file, 'base64'))
const files = Object.entries(cases).map(([name, each]): [string, Uint8Array, Case] => {
  const packed = Buffer.from(each.file, 'base64')
  return [name, name === 'right' ? right : inflateRawSync(packed, { dictionary: right }), each]
})

/** Why a file is refused; null where it is taken. */
function refusalOf(bytes: Uint8Array): string | null {
  try {
    const options = { file: 'net.onnx', sha256: '', hash: (content: string | Uint8Array) => hash('sha256', content) }
    describeNetwork(readOnnx(bytes, 'net.onnx'), options)
    return null
  } catch (error) {
    if (error instanceof ExitlabError) {
      expect(error.code).toBe('data')
      return error.message
    }
    throw error
  }
}

describe.each(files)('%s', (_name, bytes, { checker, runtime, says }) => {
  it(says.length === 0 ? 'is taken' : 'is refused with what is wrong', () => {
    const refusal = refusalOf(bytes)
    if (says.length === 0) return expect(refusal).toBeNull()
    expect(refusal).toMatch(/^The file net\.onnx/)
    for (const part of says) expect(refusal).toContain(part)
  })

  it('is not taken where onnx.checker or onnxruntime refuses it', () => {
    if (checker !== true || runtime !== true) expect(says).not.toEqual([])
  })
})

it('onnx.checker and onnxruntime say the same again', ({ skip }) => {
  const found = pythonWith('onnx', 'onnxruntime')
  if (found.python === null) return skip(found.reason)
  const output = execFileSync(found.python, [fileURLToPath(new URL('make.py', folder)), '--ask'], { encoding: 'utf8' })
  const takes = ({ checker, runtime }: Pick<Case, 'checker' | 'runtime'>) => [checker === true, runtime === true]
  const asked = JSON.parse(output) as Record<string, Pick<Case, 'checker' | 'runtime'>>
  const outcomes = (of: typeof asked) => Object.entries(of).map(([name, each]) => [name, ...takes(each)])
  expect(outcomes(asked)).toEqual(outcomes(cases))
}, 120_000)

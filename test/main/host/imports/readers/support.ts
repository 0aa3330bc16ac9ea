import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { ImportChoice } from '../../../../../src/main/host/imports/readers/import-choice.ts'
import { readImport } from '../../../../../src/main/host/imports/readers/read-import.ts'
import type { ExitlabError } from '../../../../../src/shared/basics/error.ts'

/** A file or folder that test/main/host/imports/readers/fixtures/make.py has written. */
export const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

interface Evaluated {
  costs: number[]
  exits: number[]
  scores: number[]
  macs: number[]
}
type Cells = ([number, number] | null)[]

/** What Python computed from the same logits. */
export const expected = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as {
  publicCode: { backbone: number; mixed: Evaluated[]; joint: Evaluated; disjoint: Evaluated; pbee: Evaluated } & Record<'mixed-budgets' | 'joint-budgets', Cells> // prettier-ignore
  tensorboard: Record<string, number[]>
}

export const read = (path: string, choice: Partial<ImportChoice> = {}) =>
  readImport(path, { map: {}, logged: 'last', ...choice })

/** What reading a file is refused with. */
export async function refusal(path: string, choice: Partial<ImportChoice> = {}): Promise<ExitlabError> {
  return read(path, choice).then(
    () => {
      throw new Error('expected a refusal')
    },
    (error: ExitlabError) => error,
  )
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A file that is gone after the test. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

/** A table of these lines. */
export const csv = (...lines: string[]) => temporaryFile('log.csv', `${lines.join('\n')}\n`)

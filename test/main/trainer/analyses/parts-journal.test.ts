import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JournalOptions } from '../../../../src/main/trainer/analyses/parts-journal.ts'
import { openJournal, removeJournal } from '../../../../src/main/trainer/analyses/parts-journal.ts'

let folder: string
let path: string
let warnings: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exitlab-journal-'))
  path = join(folder, 'parts.jsonl')
  warnings = []
})
afterEach(() => rm(folder, { recursive: true }))

const old = { tensorflow: '2.20.0', threads: '2' }

function open(changes: Partial<JournalOptions> = {}) {
  const warn = (message: string) => void warnings.push(message)
  return openJournal({ folder, warn, question: 'why', versions: old, ...changes })
}

/** Keeps one value for each key. */
async function keep(...keys: string[]): Promise<void> {
  const journal = await open()
  for (const key of keys) await journal.keep(key, Float64Array.of(key.length))
  await journal.close()
}

async function keptKeys(among: readonly string[], changes: Partial<JournalOptions> = {}): Promise<string[]> {
  const journal = await open(changes)
  await journal.close()
  const found = among.filter((key) => journal.get(key) !== undefined)
  expect(journal.size).toBe(found.length)
  return found
}

it('stores every bit of every value', async () => {
  const values = Float64Array.of(0, -0, NaN, Infinity, -Infinity, 5e-324, -1 / 3, Number.MAX_VALUE)
  const journal = await open()
  await journal.keep('wide/3', values)
  await journal.keep('empty', new Float64Array(0))
  expect(journal.get('wide/3')).toBe(values)
  await journal.close()
  const again = await open()
  const found = again.get('wide/3')!
  expect(Buffer.from(found.buffer)).toEqual(Buffer.from(values.buffer))
  expect(Object.is(found[1], -0)).toBe(true)
  expect(again.get('empty')).toEqual(new Float64Array(0))
  expect(again.get('other')).toBeUndefined()
  expect(again.size).toBe(2)
  await again.close()
})

it('stores a view as its own values', async () => {
  const journal = await open()
  await journal.keep('view', Float64Array.of(1, 2, 3, 4).subarray(1, 3))
  await journal.close()
  const again = await open()
  expect(again.get('view')).toEqual(Float64Array.of(2, 3))
  await again.close()
})

it('a line that was incomplete when the trainer died is cut off, wherever it ended', async () => {
  await keep('first', 'second')
  const whole = await readFile(path)
  const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1
  for (let length = lastLine; length < whole.length; length += 7) {
    await writeFile(path, whole.subarray(0, length))
    expect(await keptKeys(['first', 'second'])).toEqual(['first'])
    expect((await readFile(path)).equals(whole.subarray(0, lastLine)), `${length} bytes`).toBe(true)
  }
  await keep('third')
  expect(await keptKeys(['first', 'second', 'third'])).toEqual(['first', 'third'])
  expect(warnings).toEqual([])
})

it('a tail of zeros, as a power cut may leave it, is cut off', async () => {
  await keep('first')
  await appendFile(path, Buffer.alloc(300))
  expect(await keptKeys(['first'])).toEqual(['first'])
  expect(warnings).toEqual([])
})

it('a damaged part and all behind it are dropped, and reported', async () => {
  await keep('first', 'second', 'third')
  const lines = (await readFile(path, 'utf8')).split('\n')
  lines[2] = lines[2]!.replace('"values":"A', '"values":"B')
  await writeFile(path, lines.join('\n'))
  expect(await keptKeys(['first', 'second', 'third'])).toEqual(['first'])
  expect(warnings).toEqual([expect.stringContaining(`${path} is damaged after part 1.`)])
  await keep('fourth')
  expect(await keptKeys(['first', 'second', 'third', 'fourth'])).toEqual(['first', 'fourth'])
  expect(warnings).toHaveLength(1)
})

describe('is started anew, and the existing file is set aside,', () => {
  it.each([
    ['where it is of another question', async () => keptKeys(['first'], { question: 'who' })],
    ['where its first line is damaged', async () => (await alterFirst(), keptKeys(['first']))],
    ['where it is no journal', async () => (await writeFile(path, 'shopping list\nmilk\n'), keptKeys(['first']))],
    ['where it is empty', async () => (await writeFile(path, ''), keptKeys(['first']))],
  ])('%s', async (_, openAgain) => {
    await keep('first')
    expect(await openAgain()).toEqual([])
    expect(warnings).toEqual([expect.stringContaining(path)])
    expect((await readdir(folder)).sort()).toEqual(['parts.jsonl', 'parts.jsonl.damaged'])
  })

  async function alterFirst(): Promise<void> {
    await writeFile(path, (await readFile(path, 'utf8')).replace('2.20.0', '2.21.0'))
  }
})

it('reports once that it continues with other versions, and lists all that were involved', async () => {
  await keep('first')
  const versions = { tensorflow: '2.20.0', threads: '4' }
  const journal = await open({ versions })
  await journal.keep('second', Float64Array.of(2))
  await journal.close()
  expect(warnings).toEqual([expect.stringMatching(/^The analysis resumes .*threads 2 → 4/)])
  expect(journal.provenance).toEqual({ versions, earlierVersions: [old] })
  expect(await keptKeys(['first', 'second'], { versions })).toEqual(['first', 'second'])
  expect(warnings).toHaveLength(1)
  const back = await open()
  expect(back.provenance).toEqual({ versions: old, earlierVersions: [versions] })
  await back.close()
})

it('is removed, whether it exists or not', async () => {
  await keep('first')
  await removeJournal(folder)
  await removeJournal(folder)
  expect(await readdir(folder)).toEqual([])
})

it('sets aside a folder in its place, and starts anew', async () => {
  await mkdir(path)
  const journal = await open()
  await journal.close()
  expect(journal.size).toBe(0)
  expect(warnings).toEqual([expect.stringMatching(/parts\.jsonl does not belong to this analysis/)])
})

import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { markOf, openDecodedRecord, recordFile } from '../../../../src/main/trainer/data/decoded-record.ts'
import { temporaryFolder } from '../../host/support.ts'

it('a record has the images that were added to it, by this process or an earlier one', async () => {
  const path = join(temporaryFolder(), 'made', 'record')
  const first = await openDecodedRecord(path)
  expect(first.has(0n)).toBe(false)
  await first.add([9n, 5n])
  await first.add([2n ** 64n - 1n, 7n])
  for (const record of [first, await openDecodedRecord(path)]) {
    const known = [5n, 7n, 9n, 2n ** 64n - 1n]
    expect(known.filter((mark) => !record.has(mark))).toEqual([])
    expect([0n, 4n, 6n, 8n, 10n].filter((mark) => record.has(mark))).toEqual([])
  }
  expect(readFileSync(path)).toHaveLength(32)
})

it('a damaged record forgets some images, and one that cannot be written keeps them for its process', async () => {
  const path = join(temporaryFolder(), 'record')
  const marks = new BigUint64Array([8n, 3n])
  writeFileSync(path, Buffer.concat([Buffer.from(marks.buffer), Buffer.from('cut')]))
  const record = await openDecodedRecord(path)
  expect([3n, 8n].map((mark) => record.has(mark))).toEqual([true, true])
  const folder = join(temporaryFolder(), 'folder')
  mkdirSync(folder)
  for (const nowhere of [folder, undefined]) {
    const other = await openDecodedRecord(nowhere)
    await other.add([1n])
    expect(other.has(1n)).toBe(true)
  }
})

it('the mark of an image changes with its path, size and time of change; none is of a file that is missing', async () => {
  const [a, b] = ['a', 'b'].map((name) => join(temporaryFolder(), name)) as [string, string]
  const at = new Date(2025, 1, 1)
  const marks: (bigint | null)[] = []
  for (const [path, text, time] of [
    [a, 'x', at],
    [a, 'xy', at],
    [a, 'xy', new Date(2025, 1, 2)],
    [b, 'x', at],
  ] as const) {
    writeFileSync(path, text)
    utimesSync(path, time, time)
    marks.push(await markOf(path))
    expect(await markOf(path)).toBe(marks.at(-1))
  }
  expect(new Set(marks).size).toBe(4)
  expect(await markOf(join(dirname(a), 'missing'))).toBeNull()
})

it('the record of a data set is in the folder of descriptions, if there is one', () => {
  expect(recordFile(undefined, '/data')).toBeUndefined()
  expect(recordFile('/descriptions', '/data')).toMatch(/^\/descriptions\/[0-9a-f]{64}\.decoded$/)
  expect(recordFile('/descriptions', '/data')).not.toBe(recordFile('/descriptions', '/other'))
})

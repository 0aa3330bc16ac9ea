import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openFiles } from './open-files.ts'
import { record } from './tensorboard/made-events.ts'
import { csv, fixture, refusal, temporaryFile } from './support.ts'

const events = readFileSync(fixture('tensorboard/tags/events.out.tfevents.1.machine.1.0'))
const name = 'events.out.tfevents.1.machine.1.0'
/** Field 5, a summary, of more bytes than there are. */
const noEvent = Buffer.from([0x2a, 0x7f])
const rows = (row: string) => Array.from({ length: 200_000 }, () => row).join('\n')

test.skipIf(process.platform !== 'linux').each([
  ['a table without a column of the metric', () => csv('epoch,loss', rows('1,0.5'))],
  ['a table that begins with zero bytes', () => temporaryFile('log.csv', Buffer.alloc(2 ** 22))],
  ['a table with a row that is too long', () => csv('exit,acc,cost', `"${'x'.repeat(2 ** 22)}`)],
  ['a table with a cell that is no number', () => csv('exit,acc,cost', '0,x,1', rows('0,0.5,1'))],
  ['a table with a row that has too many cells', () => csv('exit,acc,cost', '0,0.5,1,9', rows('0,0.5,1'))],
  ['events behind a record that is no event', () => temporaryFile(name, Buffer.concat([record(noEvent), events]))],
  ['events with a wrong checksum', () => temporaryFile(name, Buffer.concat([events.subarray(0, 40), events, events]))],
])('%s is refused and closed', async (_, write) => {
  const path = write()
  await refusal(path, { costs: [0.5, 1] })
  expect(openFiles()).not.toContain(path)
})

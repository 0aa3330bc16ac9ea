import { expect, test } from 'vitest'
import { bench, enrolled, experiment, until } from '../support.ts'

test('a line of the log has no characters that steer a terminal, and keeps its line breaks', async () => {
  const message = 'no \u001b[2Jspace on \u202enode\r\nforged\u0007 \u009bline'
  const { open } = bench({ failure: { code: 'engine', message } })
  const { client } = await open({ train: true })
  const [run] = await enrolled(client, experiment({ regimes: ['joint'] }))
  await until(async () => (await client.runs.show({ run: run!.id })).status === 'failed')
  const log = await client.runs.log({ run: run!.id, from: 'start', limit: 100 })
  const lines = log.map((line) => line.message)
  expect(lines.join('\n')).toContain('no \\u001b[2Jspace on \\u202enode\nforged\\u0007 \\u009bline')
  for (const line of lines) expect(line).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
})

import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { ExitlabError } from '../../../src/shared/basics/error.ts'
import { isStoreFailure, storeError } from '../../../src/main/store/error.ts'
import { workspaceAt } from '../../../src/main/store/workspace.ts'

const access = { workspace: workspaceAt('/work'), readonly: false }
const refusal = (code: string) => new Database.SqliteError('as SQLite says it', code)

test.each([
  ['SQLITE_FULL', 'disk', 'Free some space'],
  ['SQLITE_IOERR_WRITE', 'disk', 'Check that its disk works. If it is full: Free some space'],
  ['SQLITE_BUSY', 'disk', 'another program has locked it'],
  ['SQLITE_CORRUPT_INDEX', 'workspace-damaged', 'Restore a copy'],
  ['SQLITE_READONLY', 'disk', 'Check the permissions'],
])('%s is reported with a remedy, and concerns the whole store', (code, expected, advice) => {
  const told = storeError(access, refusal(code)) as ExitlabError
  expect([told.code, told.message]).toEqual([expected, expect.stringContaining(advice)])
  expect(told.message).toContain('as SQLite says it')
  expect(told.message).not.toContain('resume')
  expect([isStoreFailure(refusal(code)), isStoreFailure(told)]).toEqual([true, true])
})

test.each(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_BUSY'])(
  '%s is reported to a reader as a failure to read',
  (code) => {
    const { message } = storeError({ ...access, readonly: true }, refusal(code)) as ExitlabError
    expect(message).toMatch(/cannot be read \(as SQLite says it\).* then try again\.$/)
  },
)

test.each([
  ['a row that is refused', refusal('SQLITE_CONSTRAINT_NOTNULL')],
  ['what the engine says', new ExitlabError('engine', 'no GPU')],
  ['a fault of ours', new TypeError('undefined')],
])('%s concerns only the write', (_, error) => {
  expect(isStoreFailure(error)).toBe(false)
  expect(storeError(access, error)).toBe(error)
})

test('a row that SQLite itself cannot read as JSON is damage of the store; doctor knows the row', () => {
  const database = new Database(':memory:')
  const read = () => database.prepare(`SELECT json_extract('{', '$.a')`).get()
  const error = thrown(read)
  expect(storeError(access, error)).toMatchObject({
    code: 'workspace-damaged',
    message: expect.stringMatching(/^One of the rows of the store .*malformed JSON.*Restore a copy/) as string,
    fields: { command: ['doctor'] },
  })
})

function thrown(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return error
  }
  throw new Error('expected an error')
}

import type { Database } from 'better-sqlite3'
import type { ImportedResult } from '../../shared/imported.ts'
import { readJson } from './json-columns.ts'

type Raw = Omit<ImportedResult, 'content'> & { content: string }

const columns = 'id, name, experiment, regime, seed, format, path, sha256, imported_at AS importedAt, content'

/** Results of other programs. */
export function imports(database: Database) {
  const insert = database.prepare<[Raw]>(
    `INSERT INTO imports (id, name, experiment, regime, seed, format, path, sha256, imported_at, content)
     VALUES (@id, @name, @experiment, @regime, @seed, @format, @path, @sha256, @importedAt, @content)`,
  )
  const all = database.prepare<[], Raw>(`SELECT ${columns} FROM imports ORDER BY imported_at, name, seed`)
  const named = database.prepare<[{ reference: string }], Raw>(
    `SELECT ${columns} FROM imports WHERE @reference IN (id, name, experiment) ORDER BY imported_at, name, seed`,
  )
  const beginning = database.prepare<[{ reference: string }], Raw>(
    `SELECT ${columns} FROM imports WHERE substr(id, 1, length(@reference)) = @reference ORDER BY imported_at, name, seed`,
  )
  const ofName = database.prepare<[{ name: string; experiment: string | null }], Pick<Raw, 'id' | 'seed' | 'path'>>(
    'SELECT id, seed, path FROM imports WHERE name = @name AND experiment IS @experiment ORDER BY imported_at, seed',
  )
  const byId = database.prepare<[string], Raw>(`SELECT ${columns} FROM imports WHERE id = ?`)
  const any = database.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM imports)').pluck()
  const remove = database.prepare<[string]>('DELETE FROM imports WHERE id = ?')
  return {
    add: (row: ImportedResult): void => void insert.run({ ...row, content: JSON.stringify(row.content) }),
    isEmpty: (): boolean => any.get() === 0,
    /** The oldest first. */
    all: (): ImportedResult[] => all.all().map(read),
    /** The seeds of a series, without what they hold. */
    ofName: (series: Pick<ImportedResult, 'name' | 'experiment'>) => ofName.all(series),
    /** One that is there. */
    get: (id: string): ImportedResult => read(byId.get(id)!),
    /** With this id, name or experiment; where there are none with this beginning of an id. */
    find(reference: string): ImportedResult[] {
      const exact = named.all({ reference })
      return (exact.length > 0 ? exact : beginning.all({ reference })).map(read)
    },
    remove: (id: string): void => void remove.run(id),
  }
}

function read({ content, ...row }: Raw): ImportedResult {
  return { ...row, content: readJson(content, { table: 'imports', column: 'content', row: row.id }) }
}

import type { Database } from 'better-sqlite3'
import type { ImportWork } from '../../contract/imports.ts'
import type { ImportedResult } from '../../shared/runs/imported.ts'
import { DamagedRowError, readJson } from './json-columns.ts'

type Raw = Omit<ImportedResult, 'content' | 'following'> & { content: string }
type Found = Raw & { followId: number | null; problem: string | null }

/** Files that are read again when they change. */
interface ImportFollow {
  id: number
  input: ImportWork
  problem: string | null
}

type RawFollow = Omit<ImportFollow, 'input'> & { input: string }

const columns = `imports.id, name, experiment, regime, seed, format, path, sha256, imported_at AS importedAt, content,
  follow_id AS followId, problem`
const table = 'imports LEFT JOIN import_follows ON import_follows.id = follow_id'

/** Results of other programs. */
export function imports(database: Database) {
  const insert = database.prepare<[Raw & { followId: number | null }]>(
    `INSERT INTO imports (id, name, experiment, regime, seed, format, path, sha256, imported_at, content, follow_id)
     VALUES (@id, @name, @experiment, @regime, @seed, @format, @path, @sha256, @importedAt, @content, @followId)`,
  )
  const all = database.prepare<[], Found>(`SELECT ${columns} FROM ${table} ORDER BY imported_at, name, seed`)
  const named = database.prepare<[{ reference: string }], Found>(
    `SELECT ${columns} FROM ${table} WHERE @reference IN (imports.id, name, experiment) ORDER BY imported_at, name, seed`,
  )
  const beginning = database.prepare<[{ reference: string }], Found>(
    `SELECT ${columns} FROM ${table} WHERE substr(imports.id, 1, length(@reference)) = @reference ORDER BY imported_at, name, seed`,
  )
  const ofName = database.prepare<
    [{ name: string; experiment: string | null }],
    Pick<Found, 'id' | 'seed' | 'path' | 'sha256' | 'followId'>
  >(
    `SELECT id, seed, path, sha256, follow_id AS followId FROM imports WHERE name = @name AND experiment IS @experiment
     ORDER BY imported_at, seed`,
  )
  const byId = database.prepare<[string], Found>(`SELECT ${columns} FROM ${table} WHERE imports.id = ?`)
  const any = database.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM imports)').pluck()
  const remove = database.prepare<[string]>('DELETE FROM imports WHERE id = ?')
  const renew = database.prepare<[Pick<Raw, 'id' | 'sha256' | 'content'>]>(
    'UPDATE imports SET sha256 = @sha256, content = @content WHERE id = @id',
  )
  const follow = database
    .prepare<[string], number>('INSERT INTO import_follows (input) VALUES (?) RETURNING id')
    .pluck()
  const follows = database.prepare<[], RawFollow>('SELECT id, input, problem FROM import_follows ORDER BY id')
  const setProblem = database.prepare<[string | null, number]>('UPDATE import_follows SET problem = ? WHERE id = ?')
  const unfollow = database.prepare<[string]>(
    'DELETE FROM import_follows WHERE id = (SELECT follow_id FROM imports WHERE id = ?)',
  )
  return {
    /** `followId`: of the files that it is read from again. */
    add({ following: _, content, ...row }: ImportedResult, followId: number | null = null): void {
      insert.run({ ...row, content: JSON.stringify(content), followId })
    },
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
    /** Puts what its files hold now in the place of what they held. */
    renew({ id, sha256, content }: Pick<ImportedResult, 'id' | 'sha256' | 'content'>): void {
      renew.run({ id, sha256, content: JSON.stringify(content) })
    },
    /** @returns the id of what is followed from now on. */
    follow: (input: ImportFollow['input']): number => follow.get(JSON.stringify(input))!,
    /** Those that are damaged are left out: `damagedPlaces` names them. */
    follows: (): ImportFollow[] => follows.all().flatMap(readFollow),
    setProblem: (followId: number, problem: string | null): void => void setProblem.run(problem, followId),
    /** What was imported with a result is followed no longer. */
    unfollow: (id: string): void => void unfollow.run(id),
  }
}

function readFollow(row: RawFollow): ImportFollow[] {
  try {
    const place = { table: 'import_follows', column: 'input', row: String(row.id) } as const
    return [{ ...row, input: readJson(row.input, place) }]
  } catch (error) {
    if (!(error instanceof DamagedRowError)) throw error
    return []
  }
}

function read({ content, followId, problem, ...row }: Found): ImportedResult {
  return {
    ...row,
    content: readJson(content, { table: 'imports', column: 'content', row: row.id }),
    ...(followId !== null && { following: { id: followId, problem } }),
  }
}

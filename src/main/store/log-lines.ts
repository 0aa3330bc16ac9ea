import type { Database } from 'better-sqlite3'
import type { LogLine } from '../../shared/runs/runs.ts'

export function logLines(database: Database) {
  const add = database.prepare(
    'INSERT INTO log_lines (at, level, run_id, phase_id, message) VALUES (@at, @level, @run, @phase, @message)',
  )
  const ofRun = (order: 'ASC' | 'DESC') =>
    database.prepare<{ run: string; after: number; limit: number }, LogLine>(
      `SELECT id, at, level, run_id AS run, phase_id AS phase, message FROM log_lines
       WHERE id > @after AND (run_id = @run OR phase_id IN (SELECT phase_id FROM run_phases WHERE run_id = @run))
       ORDER BY id ${order} LIMIT @limit`,
    )
  const first = ofRun('ASC')
  const last = ofRun('DESC')
  return {
    add(line: Omit<LogLine, 'id'>): LogLine {
      return { ...line, id: Number(add.run(line).lastInsertRowid) }
    },
    /** Lines of a run and of all its phases after a given one, the first or the last of them up to a limit, oldest first. */
    ofRun: (run: string, { from, ...part }: { after: number; from: 'start' | 'end'; limit: number }): LogLine[] =>
      from === 'start' ? first.all({ run, ...part }) : last.all({ run, ...part }).toReversed(),
  }
}

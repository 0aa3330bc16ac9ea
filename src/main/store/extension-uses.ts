import type { Database } from 'better-sqlite3'
import type { MethodOrigin } from '../../shared/methods/method-origin.ts'

/** That a phase of a run was trained with a method of an extension. */
interface ExtensionUse extends MethodOrigin {
  run: string
  /** `kind:name` */
  method: string
}

export function extensionUses(database: Database) {
  const all = database.prepare<[], ExtensionUse>(
    `SELECT DISTINCT run_phases.run_id AS run, method.key AS method, json_extract(method.value, '$.extension') AS extension,
       json_extract(method.value, '$.file') AS file, json_extract(method.value, '$.sha256') AS sha256
     FROM phases
       JOIN json_each(CASE WHEN json_valid(phases.definition) THEN phases.definition ELSE '{}' END, '$.methods') AS method
       JOIN run_phases ON run_phases.phase_id = phases.id JOIN runs ON runs.id = run_phases.run_id
     WHERE runs.deleted_at IS NULL ORDER BY method`,
  )
  const ofRegime = database
    .prepare<[string], string>(
      'SELECT runs.id FROM runs JOIN series ON series.id = series_id WHERE regime = ? AND deleted_at IS NULL',
    )
    .pluck()
  return {
    /** Of all runs. */
    all: (): ExtensionUse[] => all.all(),
    /** Runs of a regime, whose phases do not name it. */
    ofRegime: (regime: string): string[] => ofRegime.all(regime),
  }
}

import type { Finding } from '../../../../contract/system.ts'
import type { WorkspaceServices } from '../services.ts'

/** One check of `doctor`. Problems are returned; a thrown error is an error of the check itself. */
export interface Check {
  /** Shown in front of what was found. */
  name: string
  run(services: WorkspaceServices): Promise<Outcome[]> | Outcome[]
}

export type Outcome = Omit<Finding, 'check'>

export function ok(detail: string): Outcome {
  return { status: 'ok', detail, remedy: null, command: null }
}

export function warning(detail: string, remedy: string): Outcome {
  return { status: 'warning', detail, remedy, command: null }
}

export function problem(detail: string, remedy: string, command: string[] | null = null): Outcome {
  return { status: 'error', detail, remedy, command }
}

import { createContext, Script } from 'node:vm'

const call = new Script('work()')
const sandbox: { work: (() => unknown) | null } = { work: null }
const context = createContext(sandbox)

/**
 * Does work that may not end by itself, as regular expressions out of a file may not on some texts: Node ends a script after a
 * time, and what it calls.
 * @returns null where it takes longer
 */
export function withinTime<T>(milliseconds: number, work: () => T): T | null {
  sandbox.work = work
  try {
    return call.runInContext(context, { timeout: milliseconds }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
    throw error
  } finally {
    sandbox.work = null
  }
}

import { userInfo } from 'node:os'

/** Id of the user that runs this process; unlike `userInfo`, it needs no entry in the password file, which containers may lack. */
export const userId = (): number => process.getuid?.() ?? -1

/** Name of the user that runs this process; null: the system knows none. */
export function userName(): string | null {
  try {
    return userInfo().username
  } catch {
    return null
  }
}

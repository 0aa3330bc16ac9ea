import { vi } from 'vitest'

/**
 * How long a test waits for a state. It only decides how long a hang takes to be noticed: on a busy machine everything that
 * is waited for can take many times as long as usual. Playwright's pages get the same.
 */
export const patienceMilliseconds = 120_000

/** Vitest gives up after a second, and has no setting for it. */
const { waitFor, waitUntil } = vi
vi.waitFor = (look, options) => waitFor(look, patient(options))
vi.waitUntil = (look, options) => waitUntil(look, patient(options))

function patient<Options extends object>(options: number | Options | undefined) {
  return { timeout: patienceMilliseconds, ...(typeof options === 'number' ? { timeout: options } : options) }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An environment in which nvidia-smi lists these cards: `index, uuid, MiB, driver, compute capability, name`. */
export const fakeDriver = (cards: readonly string[]) =>
  fakeDriverScript(cards.map((card) => `echo "${card}"`).join('\n'))

/** One in which it does this. */
export function fakeDriverScript(script: string): { PATH: string } {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-driver-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return { PATH: [folder, process.env.PATH].join(delimiter) }
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Notice } from '../../src/shared/basics/notice.ts'
import { SetupFailure } from '../setup/failure.mjs'
import { root } from '../setup/places.mjs'
import { fontNotice } from './beside-packages.ts'
import { bundledNotices } from './bundled.ts'
import { noticesDocument } from './document.ts'
import { inOrder } from './notice.ts'

/**
 * Writes notices of everything that a package contains.
 * @param more notices of what it contains beside the page, the engine and fonts
 * @param pages folders of the page, which shows them
 */
export function writeNotices(document: string, pages: readonly string[], more: readonly Notice[] = []): void {
  const notices = inOrder([...['out', 'out/renderer'].flatMap(bundledIn), fontNotice(), ...more])
  writeFileSync(document, noticesDocument(notices))
  for (const page of pages) writeFileSync(join(page, bundledNotices), JSON.stringify(notices))
}

/** What a build wrote beside a bundle. @throws SetupFailure if there is nothing */
export function bundledIn(bundle: string): Notice[] {
  const file = join(root, bundle, bundledNotices)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  throw new SetupFailure(`${file} is missing: the notices of the packages that were built into ${bundle}.`, [
    'Build it anew: npm run build',
  ])
}

import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
const loader = join(playwright, 'lib', 'server', 'electron', 'loader.js')

/**
 * An application, in a folder of links, that opens no window before Playwright is attached to it. Otherwise Playwright
 * misses the first page where it attaches in the moment in which that is loaded, and waits for it in vain.
 * @returns its folder
 */
export function holdApplication(application: string, folder: string): string {
  mkdirSync(folder)
  const own = 'package.json'
  for (const name of readdirSync(application)) {
    if (name !== own && !name.startsWith('.')) symlinkSync(join(application, name), join(folder, name))
  }
  const described = JSON.parse(readFileSync(join(application, own), 'utf8')) as { main: string }
  writeFileSync(join(folder, own), JSON.stringify({ ...described, main: 'held.cjs' }))
  writeFileSync(join(folder, 'held.cjs'), held(join(application, described.main)))
  return folder
}

/** A start by hand, such as a second one, is not held. */
function held(main: string): string {
  return [
    `if (process.argv.includes('--remote-debugging-port=0')) require(${JSON.stringify(loader)})`,
    `require(${JSON.stringify(main)})`,
    '',
  ].join('\n')
}

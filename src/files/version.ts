import { readFileSync } from 'node:fs'

/** Of this Exitlab, from package.json. */
export const exitlabVersion = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Notice } from '../../src/shared/basics/notice.ts'
import { SetupFailure } from '../setup/failure.mjs'
import { root } from '../setup/places.mjs'

/** The fonts of resources/. */
export function fontNotice(): Notice {
  const text = readFileSync(join(root, 'resources/fonts/OFL.txt'), 'utf8').trim()
  const source = 'https://github.com/googlefonts/arimo'
  return { name: 'Arimo', version: '1.341', licence: 'OFL-1.1', source, texts: [text] }
}

/**
 * The Node that a desktop package carries.
 * @throws SetupFailure if its licence is not beside it
 */
export function nodeNotice(program = process.execPath): Notice {
  const folder = dirname(program)
  const file = [join(folder, '..', 'LICENSE'), join(folder, 'LICENSE')].find((path) => existsSync(path))
  if (file === undefined) {
    throw new SetupFailure(`Node may not be given on: there is no LICENSE beside ${program}.`, [
      'Use a Node as nodejs.org publishes it, with that file, or an older one, so that set-up brings its own.',
    ])
  }
  const text = readFileSync(file, 'utf8').trim()
  return {
    name: 'Node.js',
    version: process.versions.node,
    licence: 'MIT and others',
    source: 'https://github.com/nodejs/node',
    texts: [text],
  }
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Notice } from '../../src/shared/basics/notice.ts'
import { SetupFailure } from '../setup/failure.mjs'
import { standardText, withoutText } from './without-text.ts'

interface Manifest {
  name: string
  version: string
  license?: string
  homepage?: string
  repository?: string | { url?: string }
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/**
 * The notice of an npm package.
 * @throws SetupFailure if there is no licence text of it
 */
export function noticeOf(folder: string): Notice {
  const manifest = manifestOf(folder)
  const { name, version, license: licence = 'see its text' } = manifest
  const texts = givenTexts(name, folder) ?? ownTexts(folder)
  if (texts.length === 0) throw unlicensed(manifest, folder)
  return { name, version, licence, source: sourceOf(manifest), texts }
}

/** By name; a package that is there twice in one version stands once. */
export function inOrder(notices: readonly Notice[]): Notice[] {
  const byKey = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]))
  return [...byKey.keys()].toSorted().map((key) => byKey.get(key)!)
}

/** Texts of the package's licences and notices, as they lie in its folder and in one of its own for them. */
function ownTexts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => /^(un)?licen[cs]es?\b|^copying\b|^notice\b|third.?party/i.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return statSync(path).isDirectory() ? ownTextsIn(path) : textIn(path)
    })
}

const ownTextsIn = (folder: string) =>
  readdirSync(folder)
    .toSorted()
    .flatMap((file) => textIn(join(folder, file)))

const textIn = (file: string) => (statSync(file).isFile() ? [readFileSync(file, 'utf8').trim()].filter(Boolean) : [])

/** Of a package that comes without the text: who holds its copyright, and the text of the licence that it names. */
function givenTexts(name: string, folder: string): string[] | null {
  const given = withoutText.find(({ packages }) => packages.test(name))
  if (!given) return null
  const files = (given.files ?? []).map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [given.copyright, ...files, ...given.licences.map(standardText)]
}

function sourceOf({ repository, homepage }: Manifest): string | null {
  const address = (typeof repository === 'string' ? repository : repository?.url) ?? homepage
  if (address === undefined) return null
  const github = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(address)
  if (github) return `https://github.com/${github[1]}`
  return address.replace(/^git\+|\.git$/g, '').replace(/^(git|ssh|git\+ssh):\/\/(git@)?/, 'https://')
}

function unlicensed({ name, version, license }: Manifest, folder: string): SetupFailure {
  const named = license === undefined ? 'names no licence' : `names ${license}`
  return new SetupFailure(
    `${name} ${version} comes without the text of a licence; its package.json ${named} (${folder}).`,
    ['Where its project has a licence, add it to scripts/notices/without-text.ts; else do without the package.'],
  )
}

import { readFileSync } from 'node:fs'

/**
 * @typedef {{ name: string, version: string, integrity: string }} NodePackage
 * @typedef {{ project: string, version: string, file: string, sha256: string, bytes: number }} Wheel
 * @typedef {{ unpackedBytes: number, librarySha256: Record<string, string>, wheels: Wheel[] }} TensorFlowVariant
 * @typedef {{
 *   node: { minimum: string, packages: Record<string, NodePackage> },
 *   tensorflow: { version: string, python: string, variants: Record<string, TensorFlowVariant> },
 *   fashionMnist: {
 *     folder: string, debianPackage: string, debianFolder: string, debianLicence: string,
 *     downloads: string[], unzippedSha256: Record<string, string>,
 *   },
 *   fortunes: { debianPackages: string[], debianFolder: string, debianLicence: string, sha256: Record<string, string> },
 *   models: Record<string, { wheel: Wheel, archive: string, unpackedBytes: number, sha256: Record<string, string> }>,
 * }} Versions
 */

/** What set-up brings: versions, files and their sha256. @type {Versions} */
export const versions = JSON.parse(
  readFileSync(new URL('../../resources/setup-versions.json', import.meta.url), 'utf8'),
)

/** This machine as resources/setup-versions.json names it. */
export const platform = `${process.platform}-${process.arch}`

/**
 * Whether a version such as `24.3.0` is at least `minimum`.
 * @param {string} version
 * @param {string} minimum
 */
export function isAtLeast(version, minimum) {
  const [wanted, found] = [minimum, version].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)))
  for (const [place, least] of (wanted ?? []).entries()) {
    const part = found?.[place] ?? 0
    if (part !== least) return part > least
  }
  return true
}

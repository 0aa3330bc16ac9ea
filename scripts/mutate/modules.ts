import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { importsOf, parse } from '../../test/support/imports.ts'

/**
 * Tells what loading a file of a checkout loads: all files that it imports, directly (1), through another file (2), and so on.
 * Imports of types do not count, those that are made later do. Paths have `/` and start from the root of the checkout.
 */
export function moduleLoads(root: string): (path: string) => ReadonlyMap<string, number> {
  const known = new Map<string, readonly string[]>()
  const importedBy = (path: string) => {
    const imported = known.get(path) ?? importedFiles(root, path)
    known.set(path, imported)
    return imported
  }
  return (path) => {
    const steps = new Map<string, number>()
    let latest = [path]
    for (let step = 1; latest.length > 0; step++) {
      latest = [...new Set(latest.flatMap(importedBy))].filter((file) => !steps.has(file))
      for (const file of latest) steps.set(file, step)
    }
    return steps
  }
}

function importedFiles(root: string, path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  const from = (specifier: string) => posix.join(posix.dirname(path), specifier)
  const named = importsOf(parse(path, text))
    .filter(({ specifier, kind }) => kind !== 'type' && specifier.startsWith('.'))
    .map(({ specifier }) => from(specifier))
  const globs = [...text.matchAll(/\bimport\.meta\.glob\b[^(]*\(\s*'([^']+)'/g)].map(([, pattern]) => from(pattern!))
  const matched = globs.flatMap((pattern) => globSync(pattern, { cwd: root }))
  return [...named, ...matched].filter((file) => /\.(ts|mjs|vue)$/.test(file) && existsSync(join(root, file)))
}

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Folders of all packages that npm installed, those within packages too. */
export function installedPackages(folder: string): string[] {
  const packages = join(folder, 'node_modules')
  if (!existsSync(packages)) return []
  return foldersIn(packages)
    .flatMap((each) => (each.startsWith('@') ? foldersIn(join(packages, each)).map((own) => join(each, own)) : each))
    .flatMap((each) => [join(packages, each), ...installedPackages(join(packages, each))])
}

const foldersIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : [],
  )

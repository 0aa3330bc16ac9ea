import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'
import { inOrder, noticeOf } from './notice.ts'

/** Beside what was built: notices of all packages in it. */
export const bundledNotices = 'third-party.json'

const packages = fileURLToPath(new URL('../../node_modules/', import.meta.url))

/** Packages whose plugins put modules of their own into a bundle. */
const helpers: Record<string, string> = {
  '\0plugin-vue:': '@vitejs/plugin-vue',
  '\0vite/': 'vite',
  '\0rolldown/': 'rolldown',
}

/** The properties that Tailwind's utilities use among them: a module of no file. */
const tailwindProperty = '--tw-'

/** Writes notices of the packages that a bundle contains; a package without the text of its licence fails the build. */
export const noticesOfBundle: Plugin = {
  name: 'notices-of-bundle',
  generateBundle(_, bundle) {
    const folders = new Set<string>()
    for (const output of Object.values(bundle)) {
      const found = output.type === 'chunk' ? output.moduleIds.map(folderOf) : foldersIn(output)
      for (const folder of found) if (folder !== null) folders.add(folder)
    }
    const source = JSON.stringify(inOrder([...folders].map(noticeOf)))
    this.emitFile({ type: 'asset', fileName: bundledNotices, source })
  },
}

/** The folder of the package that a module comes from; null: it is ours. */
function folderOf(module: string): string | null {
  const helper = Object.keys(helpers).find((start) => module.startsWith(start))
  if (helper !== undefined) return join(packages, helpers[helper]!)
  const within = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module.replace(/^\0/, ''))
  return within === null ? null : within[1]!
}

function foldersIn({ fileName, source }: { fileName: string; source: string | Uint8Array }): string[] {
  const isTailwind = fileName.endsWith('.css') && source.toString().includes(tailwindProperty)
  return isTailwind ? [join(packages, 'tailwindcss')] : []
}

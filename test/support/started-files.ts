import { execFileSync } from 'node:child_process'
import { join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the task runner starts: the command line, and the page and the window that it builds. */
const programs = ['src/main/cli/index.ts', 'src/renderer/main.ts', 'src/main/shell/index.ts']
/** These read the whole checkout. */
const readers = ['test/architecture', 'test/documentation', 'test/site', 'test/main/cli/documentation'].map(
  (name) => `${name}.test.ts`,
)
const isModule = (file: string) => /\.(ts|mjs)$/.test(file)

/**
 * For `vitest --changed`, which follows imports: adds what files start as processes of their own, and what they read.
 * Found by `new URL('PATH', import.meta.url)` (a folder where the path ends in a variable), by `join(root, 'PATH')`, and where the task runner is named or the page built.
 */
export function startedFiles(): Plugin {
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  return {
    name: 'started-files',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(root, id.split('?')[0]!).replaceAll(sep, '/')
      if (!/^(test|src|scripts)\//.test(file) || !isModule(file)) return null
      const used = readers.includes(file) ? tracked : filesStartedBy(file, code, tracked)
      const modules = readers.includes(file) ? [] : used.filter(isModule)
      for (const path of used) if (!modules.includes(path)) this.addWatchFile(join(root, path))
      const imports = modules.map((path) => `import(${JSON.stringify(pathToFileURL(join(root, path)).pathname)})`)
      return modules.length === 0 ? null : { code: `${code}\n;(() => [${imports.join(', ')}]);\n`, map: null }
    },
  }
}

/** Files of the checkout that a file names by their paths, or all in the folders that it names. @param file from the root */
export function filesStartedBy(file: string, code: string, tracked: readonly string[]): string[] {
  const besideIt = [...code.matchAll(/new URL\(['`]([^'`$]+)[^)]*, import\.meta\.url\)/g)].map(([, path]) =>
    decodeURI(new URL(path!, `file:///${file}`).pathname.slice(1)),
  )
  const belowRoot = [...code.matchAll(/join\(root, '([^']+)'/g)].map(([, path]) => path!)
  const named = [...besideIt, ...belowRoot].map((path) => path.replace(/\/$/, '')).filter((path) => path !== '')
  const startsTasks = named.includes('exitlab') || /run\.mjs'|bringInterface\(/.test(code)
  const isNamed = (path: string) => named.some((each) => path === each || path.startsWith(`${each}/`))
  return [...new Set([...tracked.filter(isNamed), ...(startsTasks ? programs : [])])].filter((path) => path !== file)
}

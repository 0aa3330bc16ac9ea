import { rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { filesBelow } from './files-below.mjs'

/**
 * Parts of packages that nothing here loads, by paths in node_modules: more than half of what npm unpacks.
 * @type {readonly RegExp[]}
 */
const unused = [
  // Source maps of the packages' own code.
  /\.map$/,
  // TensorFlow.js for browsers and bundlers. Node loads one file of each package, and the compiler its types.
  /^@tensorflow\/tfjs(-(core|layers|converter|data|backend-cpu|backend-webgl))?\/(?!package\.json$|LICENSE|.*\.(node\.js|d\.ts)$)/,
  /^@tensorflow\/tfjs-node-gpu\/(src|deps|binding)\//,
  /^core-js\/(?!package\.json$)/,
  // RxJS for bundlers and browsers; Node loads dist/cjs.
  /^rxjs\/(src|dist\/(bundles|esm5?))\//,
  // ECharts for a script tag; its modules are in lib.
  /^echarts\/dist\//,
  // three.js has its modules in build; of its examples, lines of any width are used, of the physics engine its types.
  /^three\/src\//,
  /^three\/examples\/(?!jsm\/lines\/)/,
  /^@dimforge\/rapier3d-compat\/(?!package\.json$|.*\.d\.ts$)/,
  // Tailwind has a build for this machine.
  /^@tailwindcss\/oxide-wasm32-wasi\//,
  // Installers of Squirrel for Windows, which are not made.
  /^electron-winstaller\/vendor\//,
  // The sources of SQLite; built libraries for other systems.
  /^better-sqlite3\/deps\//,
  new RegExp(`^better-sqlite3/prebuilds/(?!${process.platform}(musl)?-${process.arch}\\.node$)`),
]

/** Deletes what nothing loads from the packages that were installed. @param {string} root the checkout */
export function prunePackages(root) {
  const packages = join(root, 'node_modules')
  for (const path of filesBelow(packages)) {
    if (isUnused(relative(packages, path).split(sep).join('/'))) rmSync(path)
  }
}

/** What a package is, and the terms on which it may be given on. */
const kept = /(^|\/)(package\.json|(un)?licen[cs]e[^/]*|copying[^/]*|notice[^/]*)$/i

/** @param {string} path of a file in node_modules */
export const isUnused = (path) => !kept.test(path) && unused.some((pattern) => pattern.test(path))

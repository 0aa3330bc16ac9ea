import { defineConfig, type Plugin } from 'rolldown'

/** Modules that are started or looked up by their address keep it, but for the ending. */
const builtAddresses: Plugin = {
  name: 'built-addresses',
  transform: (code) => code.replaceAll(/(new URL\('\.\.?\/(?!.*scripts\/)[^']+)\.ts'/g, "$1.js'"),
}

/**
 * What is published: src/ without its types, file by file, as Node strips no types below node_modules
 * (docs/decisions/001-typescript-without-a-build.md). Packages stay packages.
 */
export default defineConfig({
  input: {
    'main/cli/index': 'src/main/cli/index.ts',
    'main/host/desktop': 'src/main/host/desktop.ts',
    'main/trainer/index': 'src/main/trainer/index.ts',
  },
  external: /^[^./]/,
  platform: 'node',
  plugins: [builtAddresses],
  // electron.vite.config.ts builds into other folders of out/.
  output: { dir: 'out', cleanDir: false, preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
})

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import { noticesOfBundle } from './scripts/notices/bundled.ts'
import renderer from './vite.config.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/**
 * The desktop application: Electron's entry, the page's bridge to it, and the page. The host and the trainer run under a
 * real Node and are built by rolldown.config.ts.
 */
export default defineConfig({
  main: {
    plugins: [noticesOfBundle],
    build: {
      outDir: path('out/desktop/main'),
      emptyOutDir: true,
      target: 'node20.18',
      sourcemap: true,
      reportCompressedSize: false,
      // CommonJS is there at once. A module is awaited by an event loop of its own, in which Electron 33 now and then hangs.
      rolldownOptions: {
        input: { index: path('src/main/shell/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    plugins: [noticesOfBundle],
    build: {
      outDir: path('out/desktop/preload'),
      emptyOutDir: true,
      target: 'node20.18',
      sourcemap: false,
      reportCompressedSize: false,
      // A sandboxed preload script is one CommonJS file, with nothing but Electron to require.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
})

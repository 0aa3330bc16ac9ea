import { fileURLToPath } from 'node:url'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { noticesOfBundle } from './scripts/notices/bundled.ts'
import { colourSheet } from './src/renderer/styles/colour-sheet.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Large, and needed on some screens only: a chunk of their own each, which comes with the first screen that needs it. */
const lazyPackages = [
  { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
  { name: 'codemirror', test: /node_modules[\\/](codemirror|@codemirror|@lezer)[\\/]/ },
]

/** The colours of figures as a style sheet: `import 'virtual:colours.css'`. */
const colours: Plugin = {
  name: 'colours',
  resolveId: (id) => (id === 'virtual:colours.css' ? id : null),
  load: (id) => (id === 'virtual:colours.css' ? colourSheet() : null),
}

/**
 * The window, as Electron shows it under app:// and `exitlab serve` over http: relative addresses work in both, and a
 * strict Content-Security-Policy forbids inline scripts and fonts.
 */
export default defineConfig({
  root: path('src/renderer'),
  base: './',
  plugins: [vue(), tailwind(), colours, noticesOfBundle],
  build: {
    outDir: path('out/renderer'),
    emptyOutDir: true,
    // For Electron and for the browsers that visit `exitlab serve`.
    target: 'es2023',
    minify: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: { codeSplitting: { groups: lazyPackages } },
      // Set-up shows what a build prints: not how its plugins share its time.
      checks: { bundlerTimings: false },
    },
  },
})

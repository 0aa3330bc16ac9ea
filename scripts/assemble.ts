import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Assembles src/engine/data/resample.wat into the module beside it, by WABT, the WebAssembly Binary Toolkit. Run after a change of the text. */
const inFolder = (name: string) => fileURLToPath(new URL(`../src/engine/data/${name}`, import.meta.url))
const [text, module] = [inFolder('resample.wat'), inFolder('resample-wasm.ts')]

const folder = mkdtempSync(join(tmpdir(), 'exitlab-assemble-'))
const binary = join(folder, 'resample.wasm')
try {
  // Fetched for this alone: nothing else needs it.
  execFileSync('npx', ['--yes', '--package=wabt@1.0.39', 'wat2wasm', text, `--output=${binary}`], { stdio: 'inherit' })
  const sha256 = createHash('sha256').update(readFileSync(text)).digest('hex')
  writeFileSync(
    module,
    `/** resample.wat as WebAssembly, by \`npm run assemble\`. */
export const resampleWasm =
  '${readFileSync(binary).toString('base64')}'

/** SHA-256 of the text that it was assembled from. */
export const resampleText = '${sha256}'
`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
console.log(`wrote ${module}`)

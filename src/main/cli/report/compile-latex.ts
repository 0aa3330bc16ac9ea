import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { reasonOf } from '../../../files/durable-file.ts'
import { makeFolders } from '../../../files/make-folders.ts'
import type { WrittenFile } from './report-folder.ts'

/** What became of a document: its pages as PDF, or why there are none. */
export type Compiled = { pdf: Blob } | { pdf: null; reason: string }

interface TexProgram {
  name: string
  args: readonly string[]
  /** The table of contents and the widths of long tables are found in earlier runs. */
  runs: number
}

const programs: readonly TexProgram[] = [
  {
    name: 'pdflatex',
    args: ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', 'report.tex'],
    runs: 3,
  },
  { name: 'tectonic', args: ['--untrusted', 'report.tex'], runs: 1 },
]

const limitMilliseconds = 300_000

/** Compiles `report.tex` with the first TeX program that is installed, in a temporary folder without access to others. */
export async function compileLatex(files: readonly WrittenFile[], environment: NodeJS.ProcessEnv): Promise<Compiled> {
  try {
    return await compileCopies(files, environment)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return { pdf: null, reason: `${tmpdir()} cannot be used: ${reasonOf(error as NodeJS.ErrnoException)}` }
  }
}

async function compileCopies(files: readonly WrittenFile[], environment: NodeJS.ProcessEnv): Promise<Compiled> {
  const folder = await mkdtemp(join(tmpdir(), 'exitlab-report-'))
  try {
    for (const { path, bytes } of files.filter(({ path }) => /\.(tex|pdf)$/.test(path))) {
      makeFolders(dirname(join(folder, path)))
      await writeFile(join(folder, path), new Uint8Array(await bytes.arrayBuffer()))
    }
    return await compileIn(folder, environment)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function compileIn(folder: string, environment: NodeJS.ProcessEnv): Promise<Compiled> {
  for (const program of programs) {
    const outcome = await runAll(program, { folder, environment })
    if (outcome === 'not installed') continue
    if (outcome !== 'done') return { pdf: null, reason: `${program.name}: ${outcome}` }
    return { pdf: new Blob([await readFile(join(folder, 'report.pdf'))], { type: 'application/pdf' }) }
  }
  return { pdf: null, reason: 'neither pdflatex nor tectonic is installed' }
}

interface Place {
  folder: string
  environment: NodeJS.ProcessEnv
}

async function runAll({ name, args, runs }: TexProgram, place: Place): Promise<string> {
  for (let run = 0; run < runs; run++) {
    const outcome = await runTex(name, args, place)
    if (outcome !== 'done') return outcome
  }
  return 'done'
}

/** `done`, `not installed`, or what went wrong. */
function runTex(name: string, args: readonly string[], { folder, environment }: Place): Promise<string> {
  // Files are read and written in the folder of the document only.
  const env = { ...environment, openin_any: 'p', openout_any: 'p', max_print_line: '1000' }
  const options = { cwd: folder, env, timeout: limitMilliseconds, maxBuffer: 64 << 20 }
  return new Promise((resolve) => {
    execFile(name, [...args], options, (error, stdout) => {
      if (error === null) return resolve('done')
      if (error.code === 'ENOENT') return resolve('not installed')
      if (error.killed) return resolve(`stopped after ${limitMilliseconds / 1000} s`)
      resolve(/^! .*$/m.exec(stdout)?.[0] ?? error.message.split('\n')[0]!)
    })
  })
}

/**
 * `node scripts/openclipart.ts FOLDER [--size 96] [--each 96]`: real pictures in colour by subject, a folder of images. Fetches the
 * Debian package openclipart-png, 8,121 drawings in the public domain, without root (`--from` takes an unpacked one), and writes of
 * each subject that has enough of them `--each` pictures, fitted into a white square. Which ones follows from their bytes alone;
 * a drawing that is in two subjects is in neither.
 */
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { scriptArguments } from './arguments.ts'
import sharp from 'sharp'
import { unpackDebianPackages } from './setup/debian.mjs'

const { values: options, positionals } = scriptArguments({
  options: {
    size: { type: 'string', default: '96' },
    each: { type: 'string', default: '96' },
    from: { type: 'string' },
  },
  allowPositionals: true,
})
const [size, each] = [Number(options.size), Number(options.each)]
/** Gradients and patterns to draw with; what nobody has sorted. */
const noSubjects = ['special', 'unsorted']

interface Drawing {
  subject: string
  /** Its path below its subject as a name. */
  name: string
  path: string
  sha256: string
}

function drawingsOf(folder: string): Drawing[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.png'))
  return all.map((path) => {
    const [subject, ...name] = path.split(sep)
    const sha256 = hash('sha256', readFileSync(join(folder, path)))
    return { subject: subject!, name: name.join('-'), path: join(folder, path), sha256 }
  })
}

/** Of each subject with enough drawings those with the smallest SHA-256, each drawing once. */
function chosen(drawings: readonly Drawing[]): Drawing[] {
  const copies = [...Map.groupBy(drawings, ({ sha256 }) => sha256).values()]
  const unique = copies.flatMap((same) => (new Set(same.map(({ subject }) => subject)).size > 1 ? [] : [same[0]!]))
  return [...Map.groupBy(unique, ({ subject }) => subject)].flatMap(([subject, own]) =>
    noSubjects.includes(subject) || own.length < each
      ? []
      : own.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)).slice(0, each),
  )
}

/** Some have hundreds of millions of pixels, which are scaled while they are decoded. */
const written = (path: string, to: string) =>
  sharp(path, { limitInputPixels: 1e9 })
    .flatten({ background: 'white' })
    .resize(size, size, { fit: 'contain', background: 'white' })
    .toColourspace('srgb')
    .png()
    .toFile(to)

async function prepare(to: string): Promise<void> {
  const work = `${to}.partial`
  const unpacked = options.from ?? (await unpackDebianPackages(['openclipart-png'], work))
  if (unpacked === null)
    throw new Error('openclipart-png cannot be had by apt-get; unpack it elsewhere and give its folder by --from.')
  const drawings = chosen(drawingsOf(join(unpacked, 'usr/share/openclipart/png')))
  const subjects = Object.groupBy(drawings, ({ subject }) => subject)
  const ready = join(work, 'ready')
  for (const subject of Object.keys(subjects)) mkdirSync(join(ready, subject), { recursive: true })
  for (const { subject, name, path } of drawings) await written(path, join(ready, subject, name))
  renameSync(ready, to)
  rmSync(work, { recursive: true })
  console.log(
    `${to}: ${drawings.length} pictures of ${size} × ${size} pixels in ${Object.keys(subjects).length} folders`,
  )
}

const folder = positionals[0]
if (!folder) throw new Error('Which folder? node scripts/openclipart.ts FOLDER')
if (existsSync(folder)) console.log(`${folder} is there.`)
else await prepare(resolve(folder))

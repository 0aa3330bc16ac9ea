import { execFile } from 'node:child_process'
import type { Card } from '../../../shared/phases/device.ts'
import type { Environment } from '../../../files/user-folders.ts'

/** The cards that training may use, in the order of `cuda:N`. `reason`: why there are none. */
export interface CardList {
  cards: Card[]
  reason: string | null
}

/** Under WSL2 the driver puts it here, not always on PATH. */
const programs = ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi']
const timeoutMilliseconds = 5_000

/** As NVIDIA's driver lists them, or those of CUDA_VISIBLE_DEVICES, which clusters and people set, in its order. */
export async function listCards(environment: Environment): Promise<CardList> {
  const listed = await driverCards(environment)
  const { CUDA_VISIBLE_DEVICES: visible } = environment
  if (visible === undefined) return listed
  const named = namedCards(listed.cards, visible)
  if (named.length === 0) return { cards: [], reason: `CUDA_VISIBLE_DEVICES=${visible} names no card` }
  if (new Set(named.map(({ id }) => id)).size < named.length) {
    return { cards: [], reason: `CUDA_VISIBLE_DEVICES=${visible} names a card twice, and CUDA then shows none` }
  }
  return { cards: named.map((card, index) => ({ ...card, index })), reason: null }
}

const fields = ['index', 'uuid', 'memory.total', 'driver_version'] as const
/** Drivers before 510 do not know it. */
const capability = 'compute_cap'

async function driverCards(environment: Environment): Promise<CardList> {
  for (const program of programs) {
    const output =
      (await query(program, [...fields, capability, 'name'], environment)) ??
      (await query(program, [...fields, 'name'], environment))
    if (output === null) continue
    const cards = output.split('\n').flatMap(cardIn)
    return { cards, reason: cards.length > 0 ? null : `nvidia-smi says “${output.trim().split('\n')[0]}”` }
  }
  return { cards: [], reason: 'nvidia-smi, which comes with NVIDIA’s driver, was not found' }
}

/** What nvidia-smi prints; null where there is none, or where it does not know a field. One that fails still lists sound cards. */
function query(program: string, names: readonly string[], environment: Environment): Promise<string | null> {
  const args = [`--query-gpu=${names.join()}`, '--format=csv,noheader,nounits']
  const options = { timeout: timeoutMilliseconds, env: { ...process.env, ...environment } }
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = stdout.trim() || stderr.trim()
      const isMissing = error?.code === 'ENOENT' || output.includes('not a valid field')
      resolve(isMissing ? null : output || `no answer within ${timeoutMilliseconds / 1000} s`)
    })
  })
}

/** `0, GPU-4f…, 40960, 550.54.14, 8.0, NVIDIA A100-SXM4-40GB`; what the driver does not know is `[N/A]`. */
const line = /^(\d+), (GPU-[^,]+), ([^,]+), ([\d.]+), (?:([\d.]+|\[[^,]*\]), )?(.+)$/

function cardIn(text: string): Card[] {
  const [, index, id, mebibytes, driverVersion = null, computeCapability, name] = line.exec(text.trim()) ?? []
  if (name === undefined) return []
  return [
    {
      index: Number(index),
      id: id!,
      name,
      driverVersion,
      memoryBytes: Number(mebibytes) * 2 ** 20 || null,
      computeCapability: Number(computeCapability) || null,
    },
  ]
}

/** As CUDA reads it: indices or beginnings of UUIDs, up to the first that names no card. */
function namedCards(listed: readonly Card[], visible: string): Card[] {
  const cards: Card[] = []
  for (const entry of visible.split(',')) {
    const found = cardNamed(entry.trim(), listed)
    if (found === null) break
    cards.push(found)
  }
  return cards
}

function cardNamed(entry: string, listed: readonly Card[]): Card | null {
  if (!/^(\d+|(GPU|MIG)-\S+)$/.test(entry)) return null
  const [found, ...others] = listed.filter(({ index, id }) => String(index) === entry || id.startsWith(entry))
  // A beginning that several UUIDs have names none.
  if (found !== undefined) return others.length === 0 ? found : null
  // Without nvidia-smi, and of a part of a card, TensorFlow finds out whether it is there.
  const isUnlisted = listed.length === 0 || entry.startsWith('MIG-')
  const unknown = { memoryBytes: null, computeCapability: null, driverVersion: null }
  return isUnlisted ? { index: 0, id: entry, name: `NVIDIA card ${entry}`, ...unknown } : null
}

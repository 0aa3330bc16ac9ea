import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Environment } from '../paths.ts'

/** A card that its driver reports. */
export interface NvidiaCard {
  name: string
  driverVersion: string
}

/** Under WSL2 the driver puts it here, not always on PATH. */
const programs = ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi']
const timeoutMilliseconds = 5_000
const run = promisify(execFile)

/** The first card reported by NVIDIA's driver; null without a driver or a supported card. */
export async function nvidiaCard(environment: Environment): Promise<NvidiaCard | null> {
  const [name, driverVersion] = await reported(['name', 'driver_version'], environment)
  return name && driverVersion ? { name, driverVersion } : null
}

/** Compute capability of the first card, such as 8.6; null if it is unknown. */
export async function computeCapability(environment: Environment): Promise<number | null> {
  const [text] = await reported(['compute_cap'], environment)
  return Number(text) || null
}

/** Properties of the first card as the driver reports them; null without a card. */
async function reported(fields: readonly string[], environment: Environment): Promise<string[]> {
  for (const program of programs) {
    const values = await reportedBy(program, fields, environment)
    if (values !== null) return values
  }
  return []
}

async function reportedBy(
  program: string,
  fields: readonly string[],
  environment: Environment,
): Promise<string[] | null> {
  const query = [`--query-gpu=${fields.join()}`, '--format=csv,noheader']
  const options = { timeout: timeoutMilliseconds, env: { ...process.env, ...environment } }
  try {
    const { stdout } = await run(program, query, options)
    const values = stdout.split('\n')[0]!.split(', ')
    return values.length === fields.length ? values.map((value) => value.trim()) : null
  } catch {
    // A missing program or driver is not an error: there is no card to train on.
    return null
  }
}

/** Whether the machine has a display controller by NVIDIA, with or without a driver; false if that is unknown. */
export async function hasNvidiaHardware(devices = '/sys/bus/pci/devices'): Promise<boolean> {
  try {
    const names = await readdir(devices)
    const found = await Promise.all(names.map((name) => isNvidiaDisplay(join(devices, name))))
    return found.includes(true)
  } catch {
    return false
  }
}

async function isNvidiaDisplay(device: string): Promise<boolean> {
  const [vendor, kind] = await Promise.all(['vendor', 'class'].map((file) => readFile(join(device, file), 'utf8')))
  return vendor!.trim() === '0x10de' && kind!.startsWith('0x03')
}

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
  for (const program of programs) {
    const card = await reportedBy(program, environment)
    if (card !== null) return card
  }
  return null
}

async function reportedBy(program: string, environment: Environment): Promise<NvidiaCard | null> {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader']
  const options = { timeout: timeoutMilliseconds, env: { ...process.env, ...environment } }
  try {
    const { stdout } = await run(program, query, options)
    const [name, driverVersion] = stdout.split('\n')[0]!.split(', ')
    return name && driverVersion ? { name: name.trim(), driverVersion: driverVersion.trim() } : null
  } catch {
    // A missing program or driver is not an error: there is no card to train on.
    return null
  }
}

/** Whether the machine has a display controller of NVIDIA, whatever its driver says; false where that cannot be known. */
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

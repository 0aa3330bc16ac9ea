import { availableParallelism, cpus, totalmem } from 'node:os'
import type { EngineInfo } from '../../../shared/contract/system.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { tensorflowFolder, type Environment } from '../paths.ts'
import type { HostServices } from '../services.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Device used for training, the reason, and missing requirements of a GPU. */
export async function describeEngine({ about, environment, settings }: HostServices): Promise<EngineInfo> {
  const folder = tensorflowFolder(environment)
  const gpuFolder = tensorflowFolder(environment, { gpu: true })
  const card = await nvidiaCard(environment)
  const installed = isInstalled(gpuFolder, 'gpu')
  const missing = [...(await missingHardware(card)), ...(installed ? [] : [missingBuild(gpuFolder)])]
  return {
    device: about.device,
    reason: reasonFor({ wanted: settings.current().gpu, card, missing }),
    processor: { name: cpus()[0]?.model.trim() || process.arch, threads: availableParallelism() },
    memory: { totalBytes: totalmem(), freeBytes: process.availableMemory() },
    tensorflow: { folder, installed: isInstalled(folder, 'cpu') },
    gpu: {
      name: card?.name ?? null,
      driverVersion: card?.driverVersion ?? null,
      installed,
      folder: gpuFolder,
      missing,
    },
  }
}

/** Missing GPU requirements that cannot be downloaded; empty: none. */
export async function missingHardware(card: NvidiaCard | null, hasHardware = hasNvidiaHardware): Promise<string[]> {
  if (!hasBuild('gpu')) {
    return [`TensorFlow has a GPU build for Linux on x64 only; this is ${process.platform} on ${process.arch}.`]
  }
  if (card !== null) return []
  if (await hasHardware())
    return ["NVIDIA's driver: this machine has an NVIDIA card, but nvidia-smi does not report it."]
  return ['An NVIDIA card: this machine has none, or its driver is not installed (nvidia-smi reports none).']
}

/** @throws ExitlabError where nothing that could be installed would make a training run on a GPU here. */
export async function requireHardware(environment: Environment): Promise<void> {
  const missing = await missingHardware(await nvidiaCard(environment))
  if (missing.length === 0) return
  throw new ExitlabError('engine', `The GPU build cannot be used here. Missing: ${missing.join(' ')}`)
}

const missingBuild = (folder: string) => `TensorFlow's GPU build: it is not in ${folder}.`

function reasonFor({ wanted, card, missing }: { wanted: boolean; card: NvidiaCard | null; missing: string[] }): string {
  if (wanted && missing.length === 0) return `The GPU is selected in the settings, and ${card!.name} is available.`
  if (wanted)
    return 'The GPU is selected in the settings, but its requirements are missing: training fails until they are installed.'
  if (missing.length === 0)
    return `The processor is selected in the settings. ${card!.name} is available: select the GPU to use it.`
  if (card !== null)
    return `The processor is selected in the settings. ${card.name} needs TensorFlow's GPU build, which is not installed.`
  return 'The processor is selected in the settings; this machine has no usable GPU.'
}

/** Installable libraries that the host needs to know. */
const pinned = z.object({
  tensorflow: z.object({
    variants: z.record(z.string(), z.object({ librarySha256: z.record(z.string(), z.string()) })),
  }),
})

/** TensorFlow's libraries of a build for this machine; null if the build does not exist. */
function libraryNames(build: 'cpu' | 'gpu'): string[] | null {
  const file = new URL('../../../../resources/setup-versions.json', import.meta.url)
  const { variants } = pinned.parse(JSON.parse(readFileSync(file, 'utf8'))).tensorflow
  const variant = variants[`${process.platform}-${process.arch}-${build}`]
  return variant === undefined ? null : Object.keys(variant.librarySha256)
}

/** Whether there is a build of TensorFlow for this machine. */
const hasBuild = (build: 'cpu' | 'gpu'): boolean => libraryNames(build) !== null

/** Whether a folder holds the libraries of a build. */
function isInstalled(folder: string, build: 'cpu' | 'gpu'): boolean {
  return libraryNames(build)?.every((name) => existsSync(join(folder, name))) ?? false
}

/** A card that its driver reports. */
interface NvidiaCard {
  name: string
  driverVersion: string
}

/** Under WSL2 the driver puts it here, not always on PATH. */
const programs = ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi']
const patienceMilliseconds = 5_000
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
  const options = { timeout: patienceMilliseconds, env: { ...process.env, ...environment } }
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

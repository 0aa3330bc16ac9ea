import { availableParallelism, totalmem } from 'node:os'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineInfo } from '../../../../contract/system.ts'
import { type Card, cardsNamed, isCard } from '../../../../shared/phases/device.ts'
import { executorWords } from '../../../../shared/phases/executor.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { thisProcessor } from '../../../../files/processor.ts'
import { tensorflowFolder, type Environment } from '../../../../files/user-folders.ts'
import type { WorkspaceServices } from '../services.ts'
import { type CardList, listCards } from '../../../execution/trainer-pool/nvidia-cards.ts'
import { hasBuild, isInstalled } from './tensorflow-libraries.ts'

/** Device used for training, the reason, and missing requirements of a GPU. */
export async function describeEngine({ about, environment, settings }: WorkspaceServices): Promise<EngineInfo> {
  const folder = tensorflowFolder(environment)
  const gpuFolder = tensorflowFolder(environment, { gpu: true })
  const list = await listCards(environment)
  const installed = isInstalled(gpuFolder, 'gpu')
  const missing = [...(await missingHardware(list)), ...(installed ? [] : [missingBuild(gpuFolder)])]
  return {
    device: about.device,
    reason:
      about.executor === 'local'
        ? reasonFor(settings.current().device, { ...list, missing })
        : `Phases are trained ${executorWords[about.executor].trains}. Analyses are computed on this machine.`,
    processor: { name: thisProcessor().name, threads: availableParallelism() },
    memory: { totalBytes: totalmem(), freeBytes: process.availableMemory() },
    tensorflow: { folder, installed: isInstalled(folder, 'cpu') },
    gpu: { cards: list.cards, installed, folder: gpuFolder, missing },
  }
}

/** Missing GPU requirements that cannot be downloaded; empty: none. */
export async function missingHardware({ cards, reason }: CardList, hasHardware = hasNvidiaHardware): Promise<string[]> {
  if (!hasBuild('gpu')) {
    return [`TensorFlow has a GPU build for Linux on x64 only; this is ${process.platform} on ${process.arch}.`]
  }
  if (cards.length > 0) return []
  if (await hasHardware()) return [`NVIDIA's driver: this machine has an NVIDIA card, but ${reason}.`]
  return [`An NVIDIA card: this machine has none, or its driver is not installed (${reason}).`]
}

/** @throws ExitlabError where nothing that could be installed would make a training run on a GPU here. */
export async function requireHardware(environment: Environment): Promise<void> {
  const missing = await missingHardware(await listCards(environment))
  if (missing.length === 0) return
  throw new ExitlabError('engine', `The GPU build cannot be used here. Missing: ${missing.join(' ')}`)
}

const missingBuild = (folder: string) => `TensorFlow’s GPU build: it is not in ${folder}.`

function reasonFor(device: string, { cards, missing }: { cards: readonly Card[]; missing: string[] }): string {
  if (!isCard(device)) return processorSelected(cards, missing)
  if (missing.length > 0)
    return 'A GPU is selected in the settings, but its requirements are missing: training fails until they are installed.'
  const [chosen, ...others] = cardsNamed(device, cards)
  if (chosen === undefined) return `${device} is selected in the settings, but there is no such card: training fails.`
  if (others.length === 0) return `${device} is selected in the settings, and ${chosen.name} is available.`
  return `Any GPU is selected in the settings: the runs at once are spread over ${cards.length} cards.`
}

function processorSelected([card]: readonly Card[], missing: string[]): string {
  const selected = 'The processor is selected in the settings'
  if (card === undefined) return `${selected}; this machine has no usable GPU.`
  if (missing.length === 0) return `${selected}. ${card.name} is available: select a GPU to use it.`
  return `${selected}. ${card.name} needs TensorFlow’s GPU build, which is not installed.`
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

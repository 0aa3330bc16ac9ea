import { availableParallelism, totalmem } from 'node:os'
import type { EngineInfo } from '../../../shared/contract/system.ts'
import type { Card } from '../../../shared/device.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { thisProcessor } from '../../files/processor.ts'
import { tensorflowFolder, type Environment } from '../paths.ts'
import type { HostServices } from '../services.ts'
import { type CardList, listCards } from './nvidia-cards.ts'
import { hasNvidiaHardware } from './nvidia-hardware.ts'
import { hasBuild, isInstalled } from './tensorflow-libraries.ts'

/** Device used for training, the reason, and missing requirements of a GPU. */
export async function describeEngine({ about, environment, settings }: HostServices): Promise<EngineInfo> {
  const folder = tensorflowFolder(environment)
  const gpuFolder = tensorflowFolder(environment, { gpu: true })
  const list = await listCards(environment)
  const installed = isInstalled(gpuFolder, 'gpu')
  const missing = [...(await missingHardware(list)), ...(installed ? [] : [missingBuild(gpuFolder)])]
  return {
    device: about.device,
    reason: reasonFor({ wanted: settings.current().gpu, card: list.cards[0] ?? null, missing }),
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

const missingBuild = (folder: string) => `TensorFlow's GPU build: it is not in ${folder}.`

function reasonFor({ wanted, card, missing }: { wanted: boolean; card: Card | null; missing: string[] }): string {
  if (wanted && missing.length === 0) return `The GPU is selected in the settings, and ${card!.name} is available.`
  if (wanted)
    return 'The GPU is selected in the settings, but its requirements are missing: training fails until they are installed.'
  if (missing.length === 0)
    return `The processor is selected in the settings. ${card!.name} is available: select the GPU to use it.`
  if (card !== null)
    return `The processor is selected in the settings. ${card.name} needs TensorFlow's GPU build, which is not installed.`
  return 'The processor is selected in the settings; this machine has no usable GPU.'
}

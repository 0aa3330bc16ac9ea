import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { trainingSpec } from '../../../../shared/experiment/training.ts'
import { deviceInWords, isCard, type Card } from '../../../../shared/phases/device.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { setUpCommand } from '../../../../shared/basics/set-up-command.ts'
import { bytes } from '../../../../shared/format/numbers.ts'
import { cardDetails } from '../../../../shared/phases/cards.ts'
import { missingProcessorFeature } from '../../../../engine/pure.ts'
import { fastBfloat16, type Processor, thisProcessor } from '../../../../files/processor.ts'
import { refuseNetworkFileSystem } from '../../../store/file-system.ts'
import { lockDamage } from '../../../store/lock.ts'
import { tokenFolder } from '../../../store/workspace.ts'
import { slowOnProcessor, slowOnCard } from '../machine/bfloat16.ts'
import { type Environment, tensorflowFolder } from '../../../../files/user-folders.ts'
import { chosenCards } from '../../../execution/trainer-pool/chosen-cards.ts'
import { freeBytes, sizeOf } from '../disk/disk-use.ts'
import { listCards } from '../../../execution/trainer-pool/nvidia-cards.ts'
import { isInstalled } from '../machine/tensorflow-libraries.ts'
import { type Check, ok, type Outcome, problem, warning } from './check.ts'

/** The first version of Node that strips types without an option. */
const oldest = [22, 18] as const

export const node: Check = {
  name: 'Node',
  run() {
    const { version } = process
    const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
      return [ok(`${version}, ${process.platform} ${process.arch}`)]
    return [
      problem(
        `${version} is too old: ${oldest.join('.')} or newer is needed`,
        `Run \`${setUpCommand.cpu}\`, or install a newer Node.`,
      ),
    ]
  },
}

export const processor: Check = {
  name: 'processor',
  run() {
    const found = thisProcessor()
    const { name } = found
    const missing = missingProcessorFeature(found.info)
    if (missing === null) return [ok(`${name}, ${availableParallelism()} threads, ${bfloat16On(found)}`)]
    return [
      problem(
        `${name} lacks ${missing}, which TensorFlow requires`,
        'Train on another machine. In a virtual machine, pass the host processor through.',
      ),
    ]
  },
}

function bfloat16On(processor: Processor): string {
  const reason = slowOnProcessor(processor)
  return reason === null ? `bfloat16 by ${fastBfloat16(processor)}` : `no gain from bfloat16: ${reason}`
}

/** Null where the device is there. */
async function missingCard(device: string, environment: Environment): Promise<Outcome | null> {
  try {
    await chosenCards(device, environment)
    return null
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return problem(error.message, 'Run `exitlab settings device=cpu`, or name a card that is listed above.')
  }
}

/** Opens TensorFlow in a trainer, as a training would. */
export const tensorflow: Check = {
  name: 'TensorFlow',
  async run({ trainers, about, settings, environment }) {
    const { device: chosen } = settings.current()
    const gpu = isCard(chosen)
    const folder = tensorflowFolder(environment, { gpu })
    const missing = await missingCard(chosen, environment)
    if (missing !== null) return [missing]
    try {
      await trainers.calibrate({ kind: 'calibrate', phases: [], training: trainingSpec.parse({}), seconds: 0 })
    } catch (error) {
      if (!(error instanceof ExitlabError)) throw error
      const setup = setUpCommand[gpu ? 'cuda' : 'cpu']
      return [
        problem(
          error.message,
          `Run \`${setup}\`, or point EXITLAB_TENSORFLOW at the folder of its libraries (now ${folder}).`,
        ),
      ]
    }
    const { device } = about
    if (device === null)
      return [problem('the trainer reported no device', 'This is a bug in Exitlab; please report it.')]
    return [ok(`${device.tensorflowVersion} on ${deviceInWords(device)}, ${device.threads} threads, from ${folder}`)]
  },
}

export const workspace: Check = {
  name: 'workspace',
  run({ store, about }) {
    const { folder } = store.workspace
    if (!existsSync(folder)) return [ok(`${folder} does not exist yet; the first run creates it`)]
    try {
      refuseNetworkFileSystem(folder)
    } catch (error) {
      if (!(error instanceof ExitlabError)) throw error
      return [problem(error.message, 'Choose a folder on a local disk with --workspace DIR or EXITLAB_WORKSPACE.')]
    }
    if (about.host !== null) return [ok(`${folder}, open in process ${about.host.pid}`)]
    const damage = lockDamage(store.workspace)
    return [damage === null ? ok(folder) : problem(damage, 'Until then nothing can be trained in this workspace.')]
  },
}

const gigabyte = 1e9
/** A few checkpoints of a larger network. */
const scarceBytes = 2 * gigabyte
/** Not even the store can be written for long. */
const fullBytes = 0.1 * gigabyte

export const disk: Check = {
  name: 'disk',
  async run({ store: { workspace } }) {
    const free = await freeBytes(workspace.folder)
    const used = await sizeOf(workspace.folder)
    const tokens = await sizeOf(tokenFolder(workspace))
    const cached = tokens === 0 ? '' : `, ${bytes(tokens)} of it tokens of texts, which may be deleted`
    const detail = `${bytes(free)} free, ${bytes(used)} used by the workspace${cached}`
    const remedy = 'Free some space, purge deleted runs, or choose a workspace on another disk.'
    if (free < fullBytes) return [problem(detail, remedy)]
    return [free < scarceBytes ? warning(detail, remedy) : ok(detail)]
  },
}

/** The cards that training may use, and whether there is a TensorFlow that can use them; with a card chosen, the next check tries it. */
export const cards: Check = {
  name: 'NVIDIA cards',
  async run({ environment }) {
    const { cards, reason } = await listCards(environment)
    if (cards.length === 0) return [ok(`none: ${reason}`)]
    return [...cards.map((card) => ok(described(card))), build(tensorflowFolder(environment, { gpu: true }))]
  },
}

function described(card: Card): string {
  const slow = slowOnCard(card)
  const parts = [`cuda:${card.index} is ${card.name}`, cardDetails(card), slow && `no gain from bfloat16: ${slow}`]
  return parts.filter(Boolean).join(', ')
}

function build(folder: string): Outcome {
  if (isInstalled(folder, 'gpu')) return ok(`TensorFlow’s GPU build is in ${folder}`)
  return warning(
    `TensorFlow’s GPU build, which trains on them, is not in ${folder}`,
    `Run \`${setUpCommand.cuda}\` to train on a card.`,
  )
}

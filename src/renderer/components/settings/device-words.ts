import type { EngineInfo, SystemInfo } from '../../../contract/system.ts'
import { type Card, cardsNamed, isCard } from '../../../shared/phases/device.ts'
import { plural } from '../../../shared/format/numbers.ts'
import type { SlurmSettings } from '../../../shared/phases/slurm-settings.ts'

interface Trains {
  engine: Pick<EngineInfo, 'device' | 'processor' | 'gpu'>
  host: Pick<NonNullable<SystemInfo['host']>, 'device' | 'executor'>
  slurm: Pick<SlurmSettings, 'cpus' | 'gpus'>
}

interface Trainer {
  /** `Will train on the processor` */
  lead: string
  name: string
  gpu: boolean
  /** What the device of this machine computes. */
  here: 'runs' | 'analyses'
}

/** What trains, in words. */
export function trainsOn({ engine, host, slurm }: Trains): Trainer {
  if (host.executor === 'slurm') {
    const gpu = slurm.gpus > 0
    const amount = gpu ? plural(slurm.gpus, 'GPU') : plural(slurm.cpus, 'processor')
    return { lead: 'Jobs of Slurm train on', name: `${amount} of a node`, gpu, here: 'analyses' }
  }
  if (host.executor !== 'local') return { lead: 'Others train', name: 'in the depot', gpu: false, here: 'analyses' }
  const { device, processor } = engine
  const gpu = device ? device.kind === 'gpu' : isCard(host.device)
  const lead = `${device ? 'Trains on' : 'Will train on'} the ${gpu ? 'GPU' : 'processor'}`
  const name = gpu ? (device?.name ?? cardNames(host.device, engine.gpu.cards)) : processor.name
  return { lead, name, gpu, here: 'runs' }
}

function cardNames(device: string, cards: readonly Card[]): string {
  return [...new Set(cardsNamed(device, cards).map(({ name }) => name))].join(' or ') || device
}

/** The devices to choose from. One that is chosen and not there can be kept; `missing`: cards cannot be used yet. */
export function deviceChoices(chosen: string, { cards, missing }: Pick<EngineInfo['gpu'], 'cards' | 'missing'>) {
  const [first, ...others] = cards
  const any = first && { value: 'cuda', label: others.length === 0 ? first.name : `Any of ${cards.length} cards` }
  const each =
    others.length === 0
      ? []
      : cards.map(({ index, name }) => ({ value: `cuda:${index}`, label: `${name} (cuda:${index})` }))
  const known = [{ value: 'cpu', label: 'Processor' }, ...(any ? [any] : []), ...each]
  const choices = known.some(({ value }) => value === chosen)
    ? known
    : [...known, { value: chosen, label: `${chosen}, not there` }]
  return choices.map((choice) => ({
    ...choice,
    disabled: isCard(choice.value) && missing.length > 0 && choice.value !== chosen,
  }))
}

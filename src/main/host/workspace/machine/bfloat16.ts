import { type Card, cardsNamed, isCard } from '../../../../shared/phases/device.ts'
import { fastBfloat16, type Processor, thisProcessor } from '../../../../files/processor.ts'
import type { WorkspaceServices } from '../services.ts'
import { listCards } from '../../../execution/trainer-pool/nvidia-cards.ts'

/** Of NVIDIA's cards that compute in bfloat16 (Ampere, 2020). */
const leastCapability = 8

/** Why bfloat16 is no faster than float32 on what trains here; null where it is, or where that is not known. */
export async function slowBfloat16({
  environment,
  settings,
  about,
}: Pick<WorkspaceServices, 'environment' | 'settings' | 'about'>): Promise<string | null> {
  if (about.executor !== 'local') return null
  const { device } = settings.current()
  if (!isCard(device)) return slowOnProcessor(thisProcessor())
  const { cards } = await listCards(environment)
  return (
    cardsNamed(device, cards)
      .map(slowOnCard)
      .find((reason) => reason !== null) ?? null
  )
}

/** The same of a card. */
export function slowOnCard({ name, computeCapability }: Card): string | null {
  if (computeCapability === null || computeCapability >= leastCapability) return null
  return `${name} has compute capability ${computeCapability.toFixed(1)}, and bfloat16 needs ${leastCapability.toFixed(1)}`
}

/** The same of a processor. */
export function slowOnProcessor(processor: Pick<Processor, 'info'>): string | null {
  return fastBfloat16(processor) === null ? 'the processor has neither AMX nor AVX512_BF16' : null
}

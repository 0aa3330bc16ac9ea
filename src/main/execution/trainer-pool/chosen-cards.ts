import { type Card, cardsNamed, isCard } from '../../../shared/phases/device.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Environment } from '../../../files/user-folders.ts'
import { listCards } from './nvidia-cards.ts'

/** The cards that a device names; null: it is the processor. @throws ExitlabError `engine` where there is no such card. */
export async function chosenCards(device: string, environment: Environment): Promise<readonly Card[] | null> {
  if (!isCard(device)) return null
  const { cards, reason } = await listCards(environment)
  const chosen = cardsNamed(device, cards)
  if (chosen.length > 0) return chosen
  const known = cards.map(({ index, name }) => `cuda:${index} (${name})`).join(', ')
  throw new ExitlabError(
    'engine',
    `The device ${device} was requested, but ${reason ?? `there are only ${known}`}. Choose another by --device or in the ` +
      'settings; with cpu the processor trains.',
  )
}

/** The card with the fewest trainers at work, of those like the one that the work began on where there are such. */
export function leastBusy(
  cards: readonly Card[],
  { like, trainersOn }: { like: string | null; trainersOn: (card: Card) => number },
): Card {
  const alike = cards.filter(({ name }) => name === like)
  const choice = alike.length > 0 ? alike : cards
  return choice.reduce((best, each) => (trainersOn(each) < trainersOn(best) ? each : best))
}

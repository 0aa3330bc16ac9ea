import type { Card } from '../../../shared/device.ts'
import { cardDetails } from '../../../shared/format/cards.ts'
import { slowOnCard } from '../machine/bfloat16.ts'
import { listCards } from '../trainers/nvidia-cards.ts'
import { isInstalled } from '../machine/tensorflow-libraries.ts'
import { tensorflowFolder } from '../paths.ts'
import { type Check, ok, type Outcome, warning } from './check.ts'

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
    'Run `npm run setup -- --device cuda` to train on a card.',
  )
}

import { count } from '../../shared/format/numbers.ts'

/** A caveat where a split has fewer samples than were requested; null: it has as many. */
export function fewSamples(split: 'train' | 'test', available: number, requested: number): string | null {
  if (available >= requested) return null
  const name = split === 'train' ? 'training' : 'test'
  return `Only ${count(available)} ${name} samples are available of the requested ${count(requested)}.`
}

import { CircleCheck, CircleMinus, CircleX, TriangleAlert } from '@lucide/vue'
import type { Registered } from '../../../contract/registered.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { when } from '../../../shared/format/times.ts'

export type Extension = Registered['extensions'][number]

/** How an extension stands, in words; what follows from it where it is not loaded. */
export const stateWords: Record<
  Extension['state'],
  { icon: typeof CircleCheck; word: string; tone: string; follows: string }
> = {
  loaded: { icon: CircleCheck, word: 'loaded', tone: 'text-done', follows: '' },
  changed: {
    icon: TriangleAlert,
    word: 'changed',
    tone: 'text-paused',
    follows:
      'Its file has other content than you trusted. Runs show stored numbers until you trust it and restart Exitlab.',
  },
  missing: {
    icon: CircleX,
    word: 'missing',
    tone: 'text-failed',
    follows: 'Its file is gone. Runs show stored numbers until it is located.',
  },
  refused: { icon: CircleX, word: 'refused', tone: 'text-failed', follows: '' },
  'not-loaded': {
    icon: CircleMinus,
    word: 'not loaded',
    tone: 'text-muted',
    follows: 'Trusted after this host was started: restart it.',
  },
  untrusted: {
    icon: CircleMinus,
    word: 'not trusted',
    tone: 'text-muted',
    follows: 'Runs were trained with it. They show stored numbers until you trust its file.',
  },
}

/** What is said below the state: why it is not used, or since when it is trusted. */
export function followsOf({ state, problem, trustedAt }: Extension): string {
  const { follows } = stateWords[state]
  if (problem ?? follows) return problem ?? follows
  return trustedAt === null ? 'no longer trusted, or for this start alone' : `trusted ${when(trustedAt)}`
}

/** What a question says before trust in a file is taken back. */
export function revokeWords({ file, state, runs }: Extension) {
  const now =
    state === 'loaded' ? 'It stays loaded until Exitlab ends, and is not loaded again.' : 'It is not loaded any more.'
  const kept =
    runs === 0 ? '' : ` ${plural(runs, 'run')} of this workspace keep${runs === 1 ? 's' : ''} the stored numbers.`
  return {
    title: `Revoke the trust in ${fileName(file)}?`,
    text: `${now}${kept} The file stays where it is.`,
    action: 'Revoke',
    danger: true,
  }
}

/** A path in two parts. */
export const fileName = (path: string): string => path.split(/[/\\]/).at(-1)!
export const folderName = (path: string): string => path.slice(0, -fileName(path).length)

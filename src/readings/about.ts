import { leftOutSentences, type OfLeftOut } from '../shared/left-out.ts'

/** What is said of a comparison whatever its reading: keys of its answer, of a list those of the first entry, as they may be long. */
export type About = OfLeftOut

const keys = ['leftOut'] as const satisfies (keyof About)[]

export function withAbout(answer: unknown, about: About): unknown {
  if (Array.isArray(answer)) return answer.map((entry, at) => (at === 0 ? withAbout(entry, about) : entry))
  return typeof answer === 'object' && answer !== null ? { ...answer, ...about } : answer
}

export function aboutOf(answer: unknown): About {
  const of = (Array.isArray(answer) ? answer[0] : answer) as About | undefined
  return Object.fromEntries(keys.flatMap((key) => (of?.[key] === undefined ? [] : [[key, of[key]]])))
}

/** The same as sentences of a caption. */
export const aboutSentences = (answer: unknown): string[] => leftOutSentences(aboutOf(answer))

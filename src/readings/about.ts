import { leftOutSentences, type OfLeftOut } from '../shared/evaluation/left-out.ts'
import type { ReadSamples } from '../shared/evaluation/read-on.ts'

/** What is said of a comparison whatever its reading: keys of its answer, of a list those of the first entry, as they may be long. */
interface About extends OfLeftOut {
  /** Absent of a reading without values of samples. */
  readSamples?: ReadSamples
}

export function withAbout(answer: unknown, about: object): unknown {
  if (Array.isArray(answer)) return answer.map((entry, at) => (at === 0 ? withAbout(entry, about) : entry))
  return isKeyed(answer) ? { ...answer, ...about } : answer
}

export function aboutOf(answer: unknown): About {
  const { leftOut, readSamples }: About = (Array.isArray(answer) ? answer[0] : answer) ?? {}
  return { ...(leftOut && { leftOut }), ...(readSamples && { readSamples }) }
}

/** The same as sentences of a caption. */
export const aboutSentences = (answer: unknown): string[] => leftOutSentences(aboutOf(answer))

/** What programs read of an answer: on which samples values were measured and thresholds chosen is said by name, in every entry of a list. */
export function aboutJson(json: unknown, { readSamples, ...about }: About): unknown {
  return withAbout(
    Array.isArray(json) ? json.map((entry) => named(entry, readSamples)) : named(json, readSamples),
    about,
  )
}

/** Imported results, and entries of one split each, say it themselves. */
function named(json: unknown, samples: ReadSamples | undefined): unknown {
  if (!isKeyed(json)) return json
  const own = Object.entries(json).filter(([key]) => key !== 'readSamples')
  return { ...('imported' in json ? {} : samples), ...Object.fromEntries(own) }
}

/** Of other objects, such as arrays of numbers, a copy would not be the same. */
const isKeyed = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

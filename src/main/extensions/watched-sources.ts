import { sourceNames, sourceShapes } from '../../readings/source-shapes.ts'
import type { ReadingSources } from '../../readings/sources.ts'

/** Sources that remember which of them were asked, to say of a reading that fails what these gave. */
export function watchedSources(sources: ReadingSources): { sources: ReadingSources; inWords(): string } {
  const asked = new Set<keyof ReadingSources>()
  const watched = sourceNames.map((name) => {
    const source = sources[name] as (...all: unknown[]) => unknown
    return [name, (...all: unknown[]) => (asked.add(name), source(...all))]
  })
  return { sources: Object.fromEntries(watched) as ReadingSources, inWords: () => inWords(asked) }
}

/** `sources.split gives …; sources also has …` */
function inWords(asked: ReadonlySet<keyof ReadingSources>): string {
  const given = [...asked].map((name) => `sources.${name} gives ${sourceShapes[name]}`)
  const others = sourceNames.filter((name) => !asked.has(name)).join(', ')
  return `${[...given, `sources ${asked.size === 0 ? '' : 'also '}has ${others}`].join('; ')}. docs/extensions.md describes each.`
}

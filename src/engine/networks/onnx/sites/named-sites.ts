import { passingInWords } from '../../../../shared/network/network-file.ts'
import type { Graph } from '../graph/graph.ts'
import { cutsOf, type Cuts } from './cuts.ts'
import { headsBehind } from './features.ts'
import { leadingPast } from './leading-past.ts'
import { moduleRanges, siteAtEnd, withOuter, type Ranges, type Site } from './modules.ts'

/** Sites behind these modules, in the order of the network; or why they cannot be, the end of a sentence. */
export function namedSites(graph: Graph, names: readonly string[]): Site[] | { refused: string } {
  const cuts = cutsOf(graph)
  const ranges = moduleRanges(cuts)
  const found = names.map((name) => possibleSite(name, ranges, cuts))
  const missing = found.indexOf(undefined)
  if (missing < 0) return together(found as Site[])
  const name = names[missing]!
  const near = nearModules(name, ranges, cuts)
  const others = near.length === 0 ? '' : `; exits can sit behind ${near.join(', ')}`
  return { refused: `${whyNone(graph, name, { ranges, cuts })}${others} (network.sites)` }
}

function together(found: readonly Site[]): ReturnType<typeof namedSites> {
  const sites = found.toSorted((a, b) => a.after - b.after)
  for (const [index, { module, after, value }] of sites.entries()) {
    const before = sites[index - 1]
    if (before?.after === after)
      return {
        refused: `the modules ${before.module} and ${module} end at the same point: name one of them (network.sites)`,
      }
    const [own, other] = [value, before?.value ?? value].map(headsBehind)
    if (own !== other)
      return {
        refused: `${before!.module} gives ${other} and ${module} ${own}: name modules that give the same (network.sites)`,
      }
  }
  return sites
}

/** Behind which a head can sit. */
function possibleSite(name: string, ranges: Ranges, cuts: Cuts): Site | undefined {
  const range = ranges.get(name)
  const site = range && siteAtEnd(name, range, cuts)
  return site && headsBehind(site.value) !== null ? site : undefined
}

function whyNone(graph: Graph, name: string, { ranges, cuts }: { ranges: Ranges; cuts: Cuts }): string {
  const range = ranges.get(name)
  if (!range) return `it has no module ${name} between its input and its output`
  const past = leadingPast(graph, cuts)(range)
  if (past) return `no exit can sit behind the module ${name}, as ${passingInWords(past, 'it')}`
  const site = siteAtEnd(name, range, cuts)
  if (!site)
    return `no exit can sit behind the module ${name}, as it hands on several values, or one that is not of samples`
  const sizes = site.value.shape.slice(1).join(', ')
  return `no exit can sit behind the module ${name}, as it gives [samples, ${sizes}], which is neither a map nor tokens`
}

/** Modules that exits can sit behind: those within the same module, else those within the next around it that has some. */
function nearModules(name: string, ranges: Ranges, cuts: Cuts): string[] {
  const possible = [...ranges.keys()].filter((each) => each !== '' && possibleSite(each, ranges, cuts))
  const parentOf = (module: string) => withOuter(module).at(-2) ?? ''
  for (const outer of withOuter(name).toReversed()) {
    const near = possible.filter((each) => parentOf(each) === parentOf(outer))
    if (near.length > 0) return near
  }
  return possible
}

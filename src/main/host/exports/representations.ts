import { ExitlabError } from '../../../shared/error.ts'
import { blockLinesOption, blockLinesSentence } from '../../../figures/block-lines.ts'
import type { BlockLinesData } from '../../../figures/block-lines-data.ts'
import type { SpectrumData } from '../../../analyses/numerical-rank/figure/spectrum-data.ts'
import { spectrumOption, spectrumSentence } from '../../../analyses/numerical-rank/figure/spectrum.ts'
import { informationLines } from '../../../analyses/mutual-information/figure/information-lines.ts'
import { rankLines } from '../../../analyses/numerical-rank/figure/rank-lines.ts'
import { spectrumLines } from '../../../analyses/numerical-rank/figure/spectrum-lines.ts'
import type { ExportFigure } from '../../exports/figure-file.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { ExportTable } from '../../../shared/table.ts'
import { representationTable } from '../../exports/tables/representations.ts'
import type { BlockQuantity } from '../../exports/tables/representations.ts'
import { spectrumTable } from '../../../analyses/numerical-rank/table/spectrum.ts'
import type { FigureOf, TableOf } from './query.ts'
import { analysesOfKind, representations } from '../analyses/representations.ts'
import type { Representations } from '../analyses/representations.ts'
import type { HostServices } from '../services.ts'

export async function rankFigure(services: HostServices, query: FigureOf<'rank'>): Promise<ExportFigure> {
  const { regimes, subjects, surroundings } = await representations(services, query, 'numerical-rank')
  return blockFigure(rankLines(regimes, { measure: query.measure, ...surroundings }), fileStem(subjects, 'rank'))
}

export async function informationFigure(services: HostServices, query: FigureOf<'information'>): Promise<ExportFigure> {
  const found = await representations(services, query, 'mutual-information')
  if (query.target === 'label' && !found.parameters.label) {
    throw new ExitlabError(
      'conflict',
      'These estimates leave out the information about the class: compute them with `label` set to true.',
    )
  }
  const data = informationLines(found.regimes, { target: query.target, ...found.surroundings })
  return blockFigure(data, fileStem(found.subjects, `information-${query.target}`))
}

export async function spectrumFigure(services: HostServices, query: FigureOf<'spectrum'>): Promise<ExportFigure> {
  const found = await representations(services, query, 'numerical-rank')
  const data = spectrumAt(found, query.block)
  return {
    name: fileStem(found.subjects, `spectrum-block-${query.block}`),
    option: (frame) => spectrumOption(data, frame),
    sentence: spectrumSentence(data),
  }
}

export async function spectrumOfBlock(services: HostServices, query: TableOf<'spectrum'>): Promise<ExportTable> {
  const found = await representations(services, query, 'numerical-rank')
  return spectrumTable(found.subjects, spectrumAt(found, query.block), found.reading)
}

/** Ranks, information about the image and about the class, as far as the analyses are of them. */
export async function representationsOf(
  services: HostServices,
  query: TableOf<'representations'>,
): Promise<ExportTable> {
  const [ranked, informed] = (['numerical-rank', 'mutual-information'] as const).map((kind) =>
    analysesOfKind(services, query, kind),
  )
  const rank =
    ranked!.length > 0 ? await representations(services, { ...query, analyses: ranked! }, 'numerical-rank') : null
  const information =
    informed!.length > 0
      ? await representations(services, { ...query, analyses: informed! }, 'mutual-information')
      : null
  const subjects = [...new Set([...(rank?.subjects ?? []), ...(information?.subjects ?? [])])]
  return representationTable(subjects, [...rankQuantities(rank), ...informationQuantities(information)])
}

function rankQuantities(found: Representations<'numerical-rank'> | null): BlockQuantity[] {
  if (!found) return []
  const { regimes, surroundings, reading } = found
  return [
    { name: 'numerical rank', data: rankLines(regimes, { measure: 'count', ...surroundings }), reading },
    { name: 'numerical rank (% of full)', data: rankLines(regimes, { measure: 'share', ...surroundings }), reading },
  ]
}

function informationQuantities(found: Representations<'mutual-information'> | null): BlockQuantity[] {
  if (!found) return []
  const { regimes, surroundings, reading, parameters } = found
  const quantity = (target: 'input' | 'label', name: string): BlockQuantity => ({
    name,
    data: informationLines(regimes, { target, ...surroundings }),
    reading,
  })
  return [quantity('input', 'I(X;Z) (nats)'), ...(parameters.label ? [quantity('label', 'I(Z;Y) (nats)')] : [])]
}

function blockFigure(data: BlockLinesData, name: string): ExportFigure {
  return { name, option: (frame) => blockLinesOption(data, frame), sentence: blockLinesSentence(data) }
}

function spectrumAt(
  { regimes, parameters, surroundings: { note, blockCount } }: Representations<'numerical-rank'>,
  block: number,
): SpectrumData {
  const data = spectrumLines(regimes, { block, parameters, note: `${note} · block ${block}` })
  if (data) return data
  throw new ExitlabError('usage', `There is no block ${block}: expected one of 0 to ${blockCount - 1}.`)
}

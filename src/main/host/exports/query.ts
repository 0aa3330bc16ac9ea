import type { z } from 'zod'
import type { figureInput, tableInput } from '../../../shared/contract/exports.ts'

/** Which figure is exported, its defaults filled in. */
export type FigureQuery = z.output<typeof figureInput>
export type FigureOf<Kind extends FigureQuery['of']> = Extract<FigureQuery, { of: Kind }>

/** Which table is exported, its defaults filled in. */
export type TableQuery = z.output<typeof tableInput>
export type TableOf<Kind extends TableQuery['of']> = Extract<TableQuery, { of: Kind }>

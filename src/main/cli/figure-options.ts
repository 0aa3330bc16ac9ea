import { type Command, InvalidArgumentError, Option } from 'commander'
import { figureFormats, type FigureFormat } from '../../contract/exports.ts'
import { type FigureLayout, paperWidths, pointsPerInch } from '../../figures/figure-layout.ts'
import { figureThemes } from '../../figures/regimes.ts'
import { repeatable } from './options.ts'

/** A file to write a figure into, and what its ending says it holds. */
interface FigureFile {
  name: string
  format: FigureFormat
}

export interface FigureOptions {
  /** One for each time that the option is given. */
  figure?: FigureFile[]
  theme: FigureLayout['theme']
  /** Points. */
  figureWidth?: number
  figureHeight?: number
  fontSize: number
  legend: boolean
  title: boolean
}

const lengths = 'a length such as 3.25in, 82mm, 8.2cm or 234pt'
const widths = Object.keys(paperWidths).join(', ')

/** The options of every command that draws a figure; `what` it draws. `others` say more of the figure alone. */
export function withFigure(command: Command, what: string, others: readonly string[] = []): Command {
  const ofFigure = ['theme', 'figureWidth', 'figureHeight', 'fontSize', 'legend', 'title', ...others]
  return command
    .hook('preAction', () => {
      refuseWithout(command, 'figure', ofFigure)
      refuseWithout(command, 'figureWidth', ['figureHeight', 'fontSize'])
    })
    .addOption(
      repeatable(
        new Option('--figure <FILE>', `also draw ${what}, as .svg, .pdf or .png; may be repeated`).argParser(
          figureFiles,
        ),
      ),
    )
    .addOption(new Option('--theme <NAME>', 'of the figure').choices(figureThemes).default('light'))
    .option('--figure-width <WIDTH>', `of the figure on paper: ${widths}, or ${lengths}`, paperWidth)
    .option('--figure-height <HEIGHT>', 'height on paper, with --figure-width (default: in proportion)', length)
    .option('--font-size <POINTS>', 'font size in points, with --figure-width', fontSize, 8)
    .option('--no-legend', 'draw the figure without a legend')
    .option('--no-title', 'draw the figure without a title')
}

/** Refuses options that would do nothing without another one. */
function refuseWithout(command: Command, needed: string, names: readonly string[]): void {
  if (command.getOptionValue(needed) !== undefined) return
  const given = names.find((name) => command.getOptionValueSource(name) === 'cli')
  const flags = (name: string) => command.options.find((option) => option.attributeName() === name)!.flags
  if (given !== undefined) command.error(`error: option '${flags(given)}' is for '${flags(needed)}'`)
}

/** A figure in each file that is named: all are drawn before the first is written. */
export async function drawFigures(
  { figure: files = [], ...options }: FigureOptions,
  draw: (wanted: { format: FigureFormat } & FigureLayout) => Promise<Blob>,
): Promise<{ file: string; bytes: Blob }[]> {
  const drawn: { file: string; bytes: Blob }[] = []
  for (const { name, format } of files) drawn.push({ file: name, bytes: await draw({ format, ...layoutOf(options) }) })
  return drawn
}

/** Layout of the figure. */
function layoutOf(options: FigureOptions): FigureLayout {
  const { theme, figureWidth: width, figureHeight: height, fontSize, legend, title } = options
  return { theme, legend, title, ...(width === undefined ? {} : { paper: { width, height, fontSize } }) }
}

function figureFiles(name: string, before: FigureFile[] = []): FigureFile[] {
  const format = figureFormats.find((each) => name.toLowerCase().endsWith(`.${each}`))
  if (format === undefined) throw new InvalidArgumentError('Expected a file name that ends in .svg, .pdf or .png.')
  return [...before, { name, format }]
}

function paperWidth(text: string): number {
  const named = Object.entries(paperWidths).find(([name]) => name === text)
  return named ? named[1].width : length(text)
}

const pointsPer = { in: pointsPerInch, cm: pointsPerInch / 2.54, mm: pointsPerInch / 25.4, pt: 1 }

/** @returns points. */
function length(text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(in|cm|mm|pt)$/.exec(text.trim().toLowerCase())
  if (match === null) throw new InvalidArgumentError(`Expected ${lengths}; widths also by name: ${widths}.`)
  const points = Number(match[1]) * pointsPer[match[2] as keyof typeof pointsPer]
  if (points < 60 || points > 2000) throw new InvalidArgumentError('Expected a length between 0.9in and 27in.')
  return points
}

function fontSize(text: string): number {
  const size = Number(text)
  if (!(size >= 4 && size <= 24)) throw new InvalidArgumentError('Expected a number of points between 4 and 24.')
  return size
}

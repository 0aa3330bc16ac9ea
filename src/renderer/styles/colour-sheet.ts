import { exitColours } from '../../figures/exit-colours.ts'
import { regimeStyles } from '../../figures/regimes.ts'
import { themeColours, type ThemedColour } from '../../shared/window/theme-colours.ts'

/** The page's style sheet of colours, for the build: `--muted: light-dark(#545c68, #a3abb7)` … */
export function colourSheet(): string {
  const regimes = Object.entries(regimeStyles).flatMap(([name, { line, ink }]): [string, ThemedColour][] => [
    [`regime-${name}`, line],
    [`regime-${name}-ink`, ink],
  ])
  const exits = exitColours.light.map((light, exit): [string, ThemedColour] => [
    `exit-${exit}`,
    { light, dark: exitColours.dark[exit]! },
  ])
  const lines = [...Object.entries<ThemedColour>(themeColours), ...regimes, ...exits].map(
    ([name, { light, dark }]) => `  --${name}: light-dark(${light}, ${dark});\n`,
  )
  return `:root {\n${lines.join('')}}\n`
}

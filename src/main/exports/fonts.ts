import { fileURLToPath } from 'node:url'

const path = (name: string) => fileURLToPath(new URL(`../../../resources/fonts/${name}`, import.meta.url))

/** The face that figures are drawn with where it has to be brought along: Arimo, of the same widths as Helvetica and Arial. */
export const figureFonts = { regular: path('Arimo-Regular.ttf'), medium: path('Arimo-Medium.ttf') }

/** Makes fontconfig find that face first. */
export const fontConfiguration = path('fonts.conf')

import { fileURLToPath } from 'node:url'

const path = (name: string) => fileURLToPath(new URL(`../../../../../resources/fonts/${name}`, import.meta.url))

/** Fonts of figures in PDF and PNG files: Arimo, as wide as Helvetica and Arial. */
export const fonts = { regular: path('Arimo-Regular.ttf'), medium: path('Arimo-Medium.ttf') }

/** Makes fontconfig prefer these fonts. */
export const fontConfiguration = path('fonts.conf')

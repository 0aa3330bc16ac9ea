/** The package has no types of its own. */
declare module 'svg-to-pdfkit' {
  interface Options {
    /** Units of the SVG are points. */
    assumePt?: boolean
    /** Name or path of the font for a text. */
    fontCallback?: (family: string, bold: boolean, italic: boolean) => string
    warningCallback?: (message: string) => void
  }

  const draw: (...on: [document: PDFKit.PDFDocument, svg: string, x: number, y: number, options: Options]) => void
  export = draw
}

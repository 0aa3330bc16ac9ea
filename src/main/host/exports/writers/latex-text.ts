import { plainText } from '../../../../shared/text/plain-text.ts'

/** `$^{3}$` for ³, `$_{1}$` for ₁. */
const scripts = Object.fromEntries(
  (['^⁰¹²³⁴⁵⁶⁷⁸⁹', '_₀₁₂₃₄₅₆₇₈₉'] as const).flatMap(([kind, ...digits]) =>
    digits.map((character, digit) => [character, `$${kind}{${digit}}$`]),
  ),
)

/** Characters that LaTeX interprets as commands or ligatures, with their escapes. */
const commands: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': "''{}",
  '`': '\\textasciigrave{}',
  "'": "'{}",
  '-': '-{}',
  ',': ',{}',
  '\u00a0': '~',
  '\u2009': '\\,',
  '\u202f': '\\,',
  '–': '\\textendash{}',
  '—': '\\textemdash{}',
  '‘': '\\textquoteleft{}',
  '’': '\\textquoteright{}',
  '“': '\\textquotedblleft{}',
  '”': '\\textquotedblright{}',
  '…': '\\textellipsis{}',
  '·': '\\textperiodcentered{}',
  '•': '\\textbullet{}',
  '†': '$\\dagger$',
  '‡': '$\\ddagger$',
  '§': '\\S{}',
  '±': '$\\pm$',
  '×': '$\\times$',
  '−': '$-$',
  '→': '$\\rightarrow$',
  '▲': '$\\bigtriangleup$',
  '▽': '$\\bigtriangledown$',
  '≥': '$\\geq$',
  '≤': '$\\leq$',
  '⁻': '$^{-}$',
  α: '$\\alpha$',
  β: '$\\beta$',
  Δ: '$\\Delta$',
  δ: '$\\delta$',
  ε: '$\\varepsilon$',
  η: '$\\eta$',
  λ: '$\\lambda$',
  σ: '$\\sigma$',
  '°': '\\textdegree{}',
  µ: '\\textmu{}',
  ...scripts,
}

/** Printable ASCII, and the accented letters that pdfLaTeX composes in every text encoding. */
const printable = /[ -~¡¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŁłČčŘřŇňĚěŮůŐőŰűŞşĞğİıŚśŹźŻż]/u

/**
 * A text that prints as itself under pdfLaTeX. Characters that its standard fonts lack stand as their code, `[U+4E2D]`,
 * rather than stopping the compilation.
 */
export function latexText(text: string): string {
  return [...plainText(text)]
    .map(latexCharacter)
    .join('')
    .replace(/([-',])\{\}(?![-',])/g, '$1')
}

function latexCharacter(character: string): string {
  if (Object.hasOwn(commands, character)) return commands[character]!
  if (printable.test(character)) return character
  return `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`
}

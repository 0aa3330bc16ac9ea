import { describe, expect, it } from 'vitest'
import { visible, visibleLines } from '../../../src/shared/text/visible.ts'

describe('a line', () => {
  it.each([
    ['escape sequences', 'a\u001b]0;title\u0007\u001b[2Kb', String.raw`a\u001b]0;title\u0007\u001b[2Kb`],
    ['C1 controls and DEL', '\u009b31m\u0085\u007f', String.raw`\u009b31m\u0085\u007f`],
    ['line breaks', 'a\r\nb\u2028c\u2029d', String.raw`a\r\nb\u2028c\u2029d`],
    ['backspaces', 'no\b\byes\f\u000b\u0000', String.raw`no\b\byes\f\u000b\u0000`],
    ['turns of direction', 'a\u202eb\u2066c\u200f', String.raw`a\u202eb\u2066c\u200f`],
    ['what takes no room', 'a\u200b\u2060\ufeff\u00adb', String.raw`a\u200b\u2060\ufeff\u00adb`],
    ['tags, as two halves', '\u{e0041}', String.raw`\udb40\udc41`],
    ['unpaired surrogates', 'a\ud800b\udfff', String.raw`a\ud800b\udfff`],
  ])('shows %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown)
    expect(visible(shown)).toBe(shown)
    // As JSON has them, so that JSON stays what it is.
    expect(JSON.parse(visible(JSON.stringify(text)))).toBe(text)
  })

  it('has everything else as it is', () => {
    const text = 'Zürich\t実験 e\u0301 😀 “x” \u00a0 → \\n ±'
    expect(visible(text)).toBe(text)
  })
})

it('a text of several lines keeps them', () => {
  expect(visibleLines('a\u001b\nb\r\n\r')).toEqual(['a\\u001b', 'b', '\\r'])
})

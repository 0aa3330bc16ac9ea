/** Set-up talks on stderr: stdout belongs to the command that follows, which may print JSON. */
const stream = process.stderr

/** One line for the person who waits. @param {string} line */
export function say(line) {
  stream.write(`${line}\n`)
}

/** 259 MB. @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`

const barWidth = 30
const redrawMilliseconds = 100

/**
 * A progress bar on a terminal; elsewhere one line, so that logs stay readable.
 * @param {string} title
 * @param {number} total bytes
 * @returns {{ advance(bytes: number): void, end(): void }}
 */
export function progress(title, total) {
  if (!stream.isTTY) {
    say(`${title} (${megabytes(total)})`)
    return { advance() {}, end() {} }
  }
  let done = 0
  let drawnAt = 0
  const draw = () => {
    const share = total > 0 ? Math.min(1, done / total) : 1
    const bar = '█'.repeat(Math.round(share * barWidth)).padEnd(barWidth, '░')
    stream.write(`\r${title} ${bar} ${megabytes(done)} of ${megabytes(total)}\x1b[K`)
    drawnAt = Date.now()
  }
  return {
    advance(bytes) {
      done += bytes
      if (Date.now() - drawnAt >= redrawMilliseconds) draw()
    },
    end() {
      draw()
      stream.write('\n')
    },
  }
}

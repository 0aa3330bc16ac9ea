/** Calls that come close together, made as one before the next picture is drawn, or within a second where none is drawn. */
export function frameBatch(flush: () => void): () => void {
  let waiting = false
  const run = () => {
    if (!waiting) return
    waiting = false
    flush()
  }
  return () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(run)
    // A hidden window draws nothing.
    if (document.hidden) setTimeout(run, 1000)
  }
}

/** One for all: making an error for each call costs more than aborting. */
const OVER = new Error('the execution is over')

/** Tells what still goes on for an execution that this is over. Most have nothing that listens: the signal is made when asked for. */
export class OverSignal {
  private controller: AbortController | undefined
  private isOver = false

  get signal(): AbortSignal {
    this.controller ??= new AbortController()
    if (this.isOver) this.controller.abort(OVER)
    return this.controller.signal
  }

  /** It is over. */
  raise(): void {
    this.isOver = true
    this.controller?.abort(OVER)
  }
}

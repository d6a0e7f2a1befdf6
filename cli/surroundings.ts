import type { GatehouseClient } from '#sdk/client/client.js'
import { openClient, type GlobalOptions } from './session.js'

/** What a command runs in: a terminal of its own, or a console that shows what it says. */
export interface Surroundings {
  /** Takes what a command answers; text ends with a line break. */
  readonly answer: (text: string) => void
  /** Takes progress, hints and refusals in words. */
  readonly note: (text: string) => void
  /** Opened on first use: commands that work on files alone need no service. Raises UsageError. */
  readonly open: (options: GlobalOptions) => GatehouseClient
  /** Whether a person sits at a terminal that a program such as an editor may take. */
  readonly terminal: () => boolean
  /** Lends the terminal to a program for as long as `work` takes. */
  readonly lend: <T>(work: () => Promise<T>) => Promise<T>
  /** Ends when nobody waits for the command any more; what it began goes on. */
  readonly left: AbortSignal
}

/** Ends this process quietly once nobody reads what it says any more, such as after `| head`: that is no failure of it. */
export const endOnceUnread = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit()
      throw error
    })
}

/** A process of its own: stdout and stderr, and the terminal behind stdin. */
export const OWN_PROCESS: Surroundings = {
  answer: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  open: openClient,
  terminal: () => process.stdin.isTTY,
  lend: (work) => work(),
  left: new AbortController().signal,
}

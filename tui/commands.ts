import { commandWords, runProgram } from '#cli/program.js'
import type { Surroundings } from '#cli/surroundings.js'
import { UsageError } from '#cli/usage-error.js'
import type { GatehouseClient } from '#sdk/client/client.js'

/** A command that was typed, and what it said by now. */
export interface Ran {
  readonly run: number
  readonly title: string
  readonly text: string
  /** Exit code; null while it runs. */
  readonly code: number | null
  /** It asked whether to go on, and was left. */
  readonly left: boolean
}

/** How a command stands, in a few words. */
export const standing = ({ code, left }: Pick<Ran, 'code' | 'left'>): string => {
  if (code === null) return '… running'
  if (left && code !== 0) return '– left, not done'
  return code === 0 ? '✓ done' : code === 1 ? '✗ refused, held or failed' : '! called wrongly'
}

/** What commands of the console run in: its own client, so that it alone says where and as whom they speak. */
export const consoleSurroundings = (client: GatehouseClient, parts: Omit<Surroundings, 'open'>): Surroundings => ({
  ...parts,
  open: ({ url, key, as, data }) => {
    if (url ?? key ?? as ?? data)
      throw new UsageError(
        'the console was started for one service and one person: leave out --url, --key, --as, --data',
      )
    return client
  },
})

/** Runs a command; how it ended. Commands say that by the exit code of the process, which here is the console's. */
export const exitCodeOf = async (args: readonly string[], surroundings: Surroundings): Promise<number> => {
  const own = process.exitCode
  process.exitCode = undefined
  try {
    await runProgram(args, surroundings)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    surroundings.note(`${(error as Error).message}\n`)
    return 1
  } finally {
    process.exitCode = own
  }
}

/** For asking what there is: nothing runs in them. */
const NOWHERE: Surroundings = {
  ...{ answer: () => undefined, note: () => undefined, terminal: () => false, left: new AbortController().signal },
  open: () => {
    throw new UsageError('there is no service here')
  },
  lend: (work) => work(),
}

/** Every command that the console has. */
export const KNOWN = commandWords(NOWHERE)

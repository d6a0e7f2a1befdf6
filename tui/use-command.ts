import { useApp } from 'ink'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { GatehouseClient } from '#sdk/client/client.js'
import { consoleSurroundings, exitCodeOf, standing, type Ran } from './commands.js'
import type { Danger } from './dangers.js'
import { guarded } from './guarded-client.js'
import type { Event, Question, State } from './state.js'

/** The key of a question that a command asks, where actions of rows have theirs. */
export const OF_A_COMMAND = 'command'

interface CommandProps {
  readonly client: GatehouseClient
  readonly canAct: boolean
  readonly interactive: boolean
  readonly state: State
  readonly dispatch: (event: Event) => void
  readonly reload: () => void
}

const question = (danger: Danger): Question => ({
  ...danger,
  ...{ action: OF_A_COMMAND, field: 'name', reason: null, typed: '' },
})

/** Lends the terminal, and gives what the work gave. */
const lending =
  (suspend: ReturnType<typeof useApp>['suspendTerminal']) =>
  async <T>(work: () => Promise<T>): Promise<T> => {
    let lent: { readonly result: T } | undefined
    await suspend(async () => void (lent = { result: await work() }))
    if (!lent) throw new Error('the terminal could not be lent')
    return lent.result
  }

/**
 * Runs command lines: those of `gatehouse`, speaking through the console's own client under its guard, one at a time.
 * What a command says is shown while it runs; who leaves it is told how it ended.
 */
export const useCommand = ({ client, canAct, interactive, state, dispatch, reload }: CommandProps) => {
  const { suspendTerminal } = useApp()
  const [ran, setRan] = useState<Ran | null>(null)
  const answerTo = useRef<((wanted: boolean) => void) | null>(null)
  const left = useRef(false)
  const leaving = useRef(new AbortController())
  const mode = useRef(state.mode)
  mode.current = state.mode

  const settle = useCallback((wanted: boolean) => {
    if (answerTo.current && !wanted) left.current = true
    answerTo.current?.(wanted)
    answerTo.current = null
  }, [])
  useEffect(() => {
    if (state.mode.kind === 'question') return
    settle(false)
    if (state.mode.kind !== 'output') leaving.current.abort()
  }, [state.mode, settle])

  const confirm = (danger: Danger): Promise<boolean> =>
    new Promise((resolve) => {
      answerTo.current = resolve
      dispatch({ kind: 'enter_mode', mode: { kind: 'question', question: question(danger) } })
    })

  const start = (args: readonly string[]): void => {
    if (ran?.code === null) return dispatch({ kind: 'notice', text: `! ${ran.title} still runs` })
    const begun: Ran = { run: (ran?.run ?? 0) + 1, title: args.join(' '), text: '', code: null, left: false }
    const change = (to: (before: Ran) => Ran): void =>
      setRan((before) => (before?.run === begun.run ? to(before) : before))
    const say = (text: string): void => change((before) => ({ ...before, text: before.text + text }))
    leaving.current = new AbortController()
    left.current = false
    setRan(begun)
    dispatch({ kind: 'enter_mode', mode: { kind: 'output', run: begun.run } })
    const surroundings = consoleSurroundings(guarded(client, { canAct, confirm }), {
      ...{ answer: say, note: say, terminal: () => interactive, left: leaving.current.signal },
      lend: lending(suspendTerminal),
    })
    void exitCodeOf(args, surroundings).then((code) => {
      const ended = { code, left: left.current }
      change((before) => ({ ...before, ...ended }))
      if (mode.current.kind !== 'output') dispatch({ kind: 'tell', text: `${begun.title}: ${standing(ended)}` })
      reload()
    })
  }

  /** From a question back to what its command goes on to say. */
  const confirmed = (): void => {
    settle(true)
    if (ran) dispatch({ kind: 'enter_mode', mode: { kind: 'output', run: ran.run } })
  }
  return { ran, start, confirmed }
}

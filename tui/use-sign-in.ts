import { useCallback, useMemo, useRef, useState } from 'react'
import type { GoOn } from '#cli/sign-in/ways.js'
import type { GatehouseClient } from '#sdk/client/client.js'
import { Refusal } from '#sdk/client/refusal.js'
import { watched } from './watched-client.js'

/** How somebody signs in from within the console. */
export interface SignInHere {
  /** The address of the service. */
  readonly service: string
  /** Nobody is signed in, and there is nothing else to speak with. */
  readonly isNobody: boolean
  /** Signs in by a code that is typed in elsewhere, and gives the name of who that is. Throws in words for people. */
  readonly begin: (tell: (where: GoOn) => void, signal: AbortSignal) => Promise<string>
}

/** How far signing in is. */
export type SigningIn =
  /** Somebody is signed in, or speaks by a key. */
  | { readonly kind: 'in' }
  /** Nobody is; `why` says so. */
  | { readonly kind: 'out'; readonly why: string; readonly failure: string | null }
  /** Somebody goes on in a browser; `where` is null until the service has said where. */
  | { readonly kind: 'waiting'; readonly why: string; readonly where: GoOn | null }

interface SignInProps {
  readonly here: SignInHere | null
  readonly client: GatehouseClient
  readonly signedIn: (name: string) => void
}

/** Codes of refusals that signing in again mends, in words. */
const ENDED: Readonly<Record<string, string>> = {
  'auth.required': 'Nobody is signed in',
  'auth.invalid': 'What the console speaks with does not count any more',
  'auth.session_ended': 'The session has ended',
}

const whyOf = (error: unknown): string | undefined => {
  if (!(error instanceof Refusal)) return undefined
  const words = ENDED[error.problem.code]
  return words === undefined || error.problem.detail === undefined ? words : `${words}: ${error.problem.detail}`
}

/** Signing in without leaving the console: offered where nobody is, or where a request is refused since a session has ended. */
export const useSignIn = ({ here, client, signedIn }: SignInProps) => {
  const [state, setState] = useState<SigningIn>(
    here?.isNobody ? { kind: 'out', why: `Nobody is signed in at ${here.service}`, failure: null } : { kind: 'in' },
  )
  const leaving = useRef(new AbortController())
  const seen = useMemo(
    () =>
      watched(client, (error) => {
        const why = whyOf(error)
        if (here && why !== undefined)
          setState((before) => (before.kind === 'in' ? { kind: 'out', why, failure: null } : before))
      }),
    [client, here],
  )

  const begin = useCallback(() => {
    if (!here || state.kind !== 'out') return
    const { why } = state
    const attempt = new AbortController()
    leaving.current = attempt
    setState({ kind: 'waiting', why, where: null })
    const keep = (next: SigningIn): void => {
      if (leaving.current === attempt && !attempt.signal.aborted) setState(next)
    }
    here
      .begin((where) => keep({ kind: 'waiting', why, where }), attempt.signal)
      .then(
        (name) => {
          keep({ kind: 'in' })
          signedIn(name)
        },
        (error: unknown) => keep({ kind: 'out', why, failure: (error as Error).message }),
      )
  }, [here, state, signedIn])

  /** Nobody waits any more; what was begun ends. */
  const leave = useCallback(() => {
    if (state.kind !== 'waiting') return
    leaving.current.abort()
    setState({ kind: 'out', why: state.why, failure: null })
  }, [state])

  return { state, client: seen, begin, leave }
}

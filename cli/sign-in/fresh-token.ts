import * as oauth from 'openid-client'
import { Refusal } from '#sdk/client/refusal.js'
import { authorizationServer, signInOf, wordsOf } from './authorization-server.js'
import { changeSignIn, type KeptSignIn } from './store.js'

/** A token is refreshed this much before it would expire. */
const AHEAD_MS = 30_000

const isFresh = ({ access_until }: KeptSignIn): boolean => access_until - AHEAD_MS > Date.now()

/** Says what to do in the words of a refusal. */
const ended = (detail: string): Refusal =>
  new Refusal({
    ...{ status: 401, code: 'auth.session_ended', title: 'The session has ended', detail },
    remedy: 'Sign in again: gatehouse login',
  })

/** The access token of whoever is signed in, refreshed where it has to be. Throws `Refusal` where the session has ended. */
export const freshToken = async (origin: string, kept: KeptSignIn): Promise<string> => {
  if (isFresh(kept)) return kept.access_token
  let why = 'Nobody is signed in any more'
  const fresh = await changeSignIn(origin, async (now) => {
    if (!now || isFresh(now)) return now ?? null
    if (now.ends_at <= Date.now()) {
      why = 'It lasted as long as a session may'
      return null
    }
    const server = await authorizationServer(origin)
    try {
      return signInOf(await oauth.refreshTokenGrant(server, now.refresh_token))
    } catch (error) {
      // Only what the server says ends it: one that is away may be back.
      if (!(error instanceof oauth.ResponseBodyError)) throw error
      why = wordsOf(error)
      return null
    }
  })
  if (!fresh) throw ended(why)
  return fresh.access_token
}

import * as oauth from 'openid-client'
import type { BoundToken } from '#sdk/client/client.js'
import { Refusal } from '#sdk/client/refusal.js'
import { authorizationServer, signInOf, wordsOf } from './authorization-server.js'
import { newProofKey, provingTokens, tokenOf } from './proof-key.js'
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

/** The access token of whoever is signed in, with what proves its key, refreshed where it has to be. Throws `Refusal` where the session has ended. */
export const freshToken = async (origin: string, kept: KeptSignIn): Promise<string | BoundToken> => {
  if (isFresh(kept)) return tokenOf(kept)
  let why = 'Nobody is signed in any more'
  const fresh = await changeSignIn(origin, async (now) => {
    if (!now || isFresh(now)) return now ?? null
    if (now.ends_at <= Date.now()) {
      why = 'It lasted as long as a session may'
      return null
    }
    const server = await authorizationServer(origin)
    try {
      // One that was kept by a command before this, without a key, is bound to one from now on.
      const key = now.key ?? (await newProofKey(server))
      const proving = await provingTokens(server, key)
      return signInOf(await oauth.refreshTokenGrant(server, now.refresh_token, undefined, proving), key)
    } catch (error) {
      // Only what the server says ends it: one that is away may be back.
      if (!(error instanceof oauth.ResponseBodyError)) throw error
      why = wordsOf(error)
      return null
    }
  })
  if (!fresh) throw ended(why)
  return tokenOf(fresh)
}

import * as oauth from 'openid-client'
import { GatehouseClient, type AnswerOf } from '#sdk/client/client.js'
import { authorizationServer, wordsOf } from './authorization-server.js'
import { tokenOf } from './proof-key.js'
import { changeSignIn, placeSet, type KeptSignIn, type Place } from './store.js'
import type { Way } from './ways.js'

/** Ends a session that is not needed any more; where the service is away it ends by itself. */
export const revoke = async (origin: string, { refresh_token }: KeptSignIn): Promise<void> => {
  await authorizationServer(origin)
    .then((server) => oauth.tokenRevocation(server, refresh_token))
    .catch(() => undefined)
}

/** Signs somebody in and keeps it there, in place of whoever was signed in before; who that is. Throws in words for people. */
export const signIn = async (
  by: (way: Way) => Promise<KeptSignIn>,
  way: Way,
  place: Place = placeSet(),
): Promise<AnswerOf<'whoami.show'>> => {
  const { origin } = way
  const signedIn = await by(way).catch((error: unknown) => {
    throw new Error(`Signing in at ${origin} did not succeed: ${wordsOf(error)}`, { cause: error })
  })
  let before: KeptSignIn | undefined
  const swap = async (kept: KeptSignIn | undefined): Promise<KeptSignIn> => {
    before = kept
    return signedIn
  }
  await changeSignIn(origin, swap, { place, anew: true })
  if (before) await revoke(origin, before)
  return new GatehouseClient({ url: origin, key: async () => tokenOf(signedIn), retries: 0 }).get('whoami.show', {})
}

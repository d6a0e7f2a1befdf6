import * as oauth from 'openid-client'
import { GatehouseClient, type AnswerOf } from '#sdk/client/client.js'
import { authorizationServer, wordsOf } from './authorization-server.js'
import { tokenOf } from './proof-key.js'
import { changeSignIn, type KeptSignIn } from './store.js'
import type { Way } from './ways.js'

/** Ends a session that is not needed any more; where the service is away it ends by itself. */
export const revoke = async (origin: string, { refresh_token }: KeptSignIn): Promise<void> => {
  await authorizationServer(origin)
    .then((server) => oauth.tokenRevocation(server, refresh_token))
    .catch(() => undefined)
}

/** Signs somebody in and keeps it, in place of whoever was signed in before; who that is. Throws in words for people. */
export const signIn = async (by: (way: Way) => Promise<KeptSignIn>, way: Way): Promise<AnswerOf<'whoami.show'>> => {
  const { origin } = way
  const signedIn = await by(way).catch((error: unknown) => {
    throw new Error(`Signing in at ${origin} did not succeed: ${wordsOf(error)}`, { cause: error })
  })
  let before: KeptSignIn | undefined
  await changeSignIn(origin, async (kept) => {
    before = kept
    return signedIn
  })
  if (before) await revoke(origin, before)
  return new GatehouseClient({ url: origin, key: async () => tokenOf(signedIn), retries: 0 }).get('whoami.show', {})
}

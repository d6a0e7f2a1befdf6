import { isIP } from 'node:net'
import { problem } from '#contract/problems.js'
import type { PublicUrl } from '../../platform/http/public-url.js'

/** Whom passkeys are made for: the name and origin of this service, never what a request says they are. */
export interface RelyingPartyId {
  readonly id: string
  readonly origin: string
}

/** Null where the service has no name of its own: browsers make no passkeys for addresses. */
export const relyingPartyOf = (publicUrl: Pick<PublicUrl, 'origin'>): RelyingPartyId | null => {
  const origin = publicUrl.origin()
  const { hostname } = new URL(origin)
  return isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? { id: hostname, origin } : null
}

/** The same. Raises `sign_in.passkeys_unavailable`. */
export const requireRelyingParty = (publicUrl: Pick<PublicUrl, 'origin'>): RelyingPartyId => {
  const found = relyingPartyOf(publicUrl)
  if (!found) throw problem('sign_in.passkeys_unavailable')
  return found
}

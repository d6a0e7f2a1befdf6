import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { hashKey, matchesHash } from '../../identity/api-key.rules.js'
import type { KeyEncryptionKey } from '../../platform/keys/sealed-secret.js'

/** What a browser keeps in which somebody signed in; it lets nobody in, and only says whose attempts are counted apart. */
export const KNOWN_COOKIE = '__Host-gatehouse-known'
/** Seconds. */
export const KNOWN_LASTS_S = 180 * 86_400

/** Tells browsers in which a person signed in before from all others (OWASP, device cookies). */
export class KnownBrowsers {
  private readonly key: Buffer

  constructor(kek: KeyEncryptionKey) {
    this.key = Buffer.from(hkdfSync('sha256', kek.bytes, Buffer.alloc(0), 'gatehouse-known-browser', 32))
  }

  /** A new value of the cookie for this person. */
  cookieFor(principalId: string): string {
    const nonce = randomBytes(16).toString('base64url')
    return `${nonce}.${this.sealOf(principalId, nonce)}`
  }

  /** By what a browser is counted apart; undefined where this person did not sign in in it. */
  nonceOf(cookie: string | undefined, principalId: string | undefined): string | undefined {
    const [nonce, seal] = (cookie ?? '').split('.')
    if (!nonce || !seal || principalId === undefined) return undefined
    return matchesHash(hashKey(seal), hashKey(this.sealOf(principalId, nonce))) ? nonce : undefined
  }

  private sealOf(principalId: string, nonce: string): string {
    return createHmac('sha256', this.key).update(`${principalId}\0${nonce}`).digest('base64url')
  }
}

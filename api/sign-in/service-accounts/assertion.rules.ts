import type { JWK } from 'jose'
import type { PublicJwk } from '#contract/api/service-accounts.js'

/** The one algorithm that a registered key signs with: never what a header says. */
export const algorithmOf = (jwk: PublicJwk): string => {
  switch (jwk.kty) {
    case 'EC':
      return 'ES256'
    case 'OKP':
      return 'EdDSA'
    case 'RSA':
      return jwk.alg ?? 'RS256'
  }
}

/** A registered key as `jose` takes it. */
export const jwkOf = (jwk: PublicJwk): JWK => ({ ...jwk, alg: algorithmOf(jwk) }) as JWK

/** How an assertion says what it is (RFC 7523, section 2.2). */
export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Seconds that an assertion may be valid, at most. */
export const ASSERTION_LASTS_S = 600
/** Seconds that clocks may differ. */
export const CLOCK_TOLERANCE_S = 60
/** All algorithms that some registered key may sign with. */
export const ASSERTION_ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256']

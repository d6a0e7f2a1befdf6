/** What each method of RFC 8176 proves: something known, had, or been. */
const KINDS: Readonly<Record<string, 'known' | 'had' | 'been'>> = {
  ...{ pwd: 'known', pin: 'known', kba: 'known' },
  ...{ otp: 'had', hwk: 'had', swk: 'had', sms: 'had', tel: 'had', sc: 'had', pop: 'had' },
  ...{ fpt: 'been', face: 'been', iris: 'been', retina: 'been', vbm: 'been' },
}

/** What an ID token says of how somebody signed in. */
export interface Proof {
  readonly acr?: unknown
  readonly amr?: unknown
}

/**
 * Whether two factors were given: the provider's acr is one that the organisation holds for that, or its amr says `mfa` or
 * names methods of two kinds.
 */
export const hasSecondFactor = ({ acr, amr }: Proof, stepUpAcr: readonly string[]): boolean => {
  if (typeof acr === 'string' && stepUpAcr.includes(acr)) return true
  const methods = Array.isArray(amr) ? amr.filter((each): each is string => typeof each === 'string') : []
  const kinds = new Set(methods.flatMap((method) => (Object.hasOwn(KINDS, method) ? [KINDS[method]] : [])))
  return methods.includes('mfa') || kinds.size > 1
}

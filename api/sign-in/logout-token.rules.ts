import { z } from 'zod'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const Claims = z.looseObject({
  iss: z.string(),
  jti: z.string().min(1).max(255),
  sub: z.string().max(255).optional(),
  sid: z.string().max(255).optional(),
  events: z.looseObject({ [EVENT]: z.looseObject({}) }),
  exp: z.number().optional(),
  iat: z.number(),
})
/** The claims of a logout token that names whom it is about. */
export type LogoutClaims = z.infer<typeof Claims>

/** What is wrong with verified claims (OpenID Connect Back-Channel Logout 1.0, section 2.6); else the claims. */
export const logoutClaims = (claims: unknown): LogoutClaims | { readonly fault: string } => {
  const parsed = Claims.safeParse(claims)
  if (!parsed.success) return { fault: 'It is no logout token' }
  if ('nonce' in parsed.data) return { fault: 'A logout token has no nonce: this is an ID token' }
  if (parsed.data.sub === undefined && parsed.data.sid === undefined) return { fault: 'It names neither sub nor sid' }
  return parsed.data
}

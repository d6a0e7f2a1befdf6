import { Problem, type ProblemCode } from '#contract/problems.js'
import type { PublicUrl } from '../platform/http/public-url.js'

const NOWHERE: ProblemCode = 'sign_in.no_public_url'

/** Where the token of an invitation or of a reset is redeemed for a password. */
export const passwordPage = (origin: string, token: string): string =>
  `${origin}/auth/set-password?token=${encodeURIComponent(token)}`

/** The same of this service; null where it does not know its own address. */
export const ownPasswordPage = (publicUrl: Pick<PublicUrl, 'origin'>, token: string): string | null => {
  try {
    return passwordPage(publicUrl.origin(), token)
  } catch (error) {
    if (error instanceof Problem && error.code === NOWHERE) return null
    throw error
  }
}

import type { AnswerOf } from '#sdk/client/client.js'

/** A token as the service tells it, without its secret. */
export type Token = AnswerOf<'scim.listTokens'>['items'][number]

/** Whether a token counts, in a word. */
export const tokenState = ({ revoked_at, expires_at }: Token, now: number): 'counts' | 'revoked' | 'expired' => {
  if (revoked_at !== null) return 'revoked'
  return Date.parse(expires_at) > now ? 'counts' : 'expired'
}

/** Those that count, newest first. */
export const usableTokens = (tokens: readonly Token[], now: number): Token[] =>
  tokens
    .filter((token) => tokenState(token, now) === 'counts')
    .toSorted((a, b) => b.created_at.localeCompare(a.created_at))

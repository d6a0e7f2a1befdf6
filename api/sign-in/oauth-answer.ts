import type { FastifyReply } from 'fastify'
import { ProofRefused } from '../identity/proofs/proof.rules.js'
import { OAuthRefusal } from './oauth-refusal.js'

/** How an answer calls its token (RFC 6750, section 6.1.1; RFC 9449, section 5). */
export const tokenType = (bound: boolean): 'DPoP' | 'Bearer' => (bound ? 'DPoP' : 'Bearer')

/** Sends what came of it, kept by nobody in between; a refusal in OAuth's own words (RFC 6749, section 5.2; RFC 9449, section 5). */
export const answer = async (reply: FastifyReply, work: () => Promise<object>): Promise<FastifyReply> => {
  reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  try {
    return reply.status(200).send(await work())
  } catch (error) {
    if (error instanceof ProofRefused) {
      if (error.nonce !== undefined) reply.header('dpop-nonce', error.nonce)
      return reply.status(400).send({ error: error.error, error_description: error.description })
    }
    if (!(error instanceof OAuthRefusal)) throw error
    // RFC 6749, section 5.2: whoever did not prove itself is told how.
    const unproven = error.error === 'invalid_client'
    if (unproven) reply.header('www-authenticate', 'Basic realm="gatehouse", charset="UTF-8"')
    return reply.status(unproven ? 401 : 400).send({ error: error.error, error_description: error.description })
  }
}

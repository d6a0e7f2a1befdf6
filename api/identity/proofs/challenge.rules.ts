import { problem, type Problem } from '#contract/problems.js'
import { PROOF_ALGORITHMS } from '#contract/vocabulary.js'
import type { ProofRefused } from './proof.rules.js'

/** What a client is to come with (RFC 9449, section 7.1). */
const challenge = (error: string, description: string): string =>
  `DPoP realm="gatehouse", error="${error}", error_description="${description}", algs="${PROOF_ALGORITHMS.join(' ')}"`

/** `auth.proof_invalid`, with its challenge. */
export const proofRefused = ({ error, description, nonce }: ProofRefused): Problem =>
  problem('auth.proof_invalid', {
    detail: description,
    headers: { 'www-authenticate': challenge(error, description), ...(nonce !== undefined && { 'dpop-nonce': nonce }) },
  })

/** `auth.token_bound`, with its challenge: a token that is bound to a key came without a proof. */
export const boundRefused = (): Problem =>
  problem('auth.token_bound', {
    headers: { 'www-authenticate': challenge('invalid_token', 'The token is bound to a key: send it with a proof') },
  })

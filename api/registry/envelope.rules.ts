import { z } from 'zod'
import { Digest, ExtensionId, Semver } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'

const MAX_SIGNATURES = 10
const base64 = z.base64({ error: 'must be base64' })

/** A DSSE envelope as it is sent and kept (https://github.com/secure-systems-lab/dsse, envelope.md). */
export const Envelope = z.strictObject({
  payloadType: z.string().max(200),
  payload: base64.max(8192),
  signatures: z.array(z.strictObject({ keyid: z.string().max(128), sig: base64.max(2048) })).max(MAX_SIGNATURES),
})
export type Envelope = z.infer<typeof Envelope>

/** What an envelope's payload says was signed. */
const Statement = z.object({ digest: Digest, extension: ExtensionId, version: Semver })
export type Statement = z.infer<typeof Statement>

const json = (base64Text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(base64Text, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
}

/**
 * Reads the envelope header. Null where there is none: the bundle is unsigned, which policy refuses.
 * Raises `signature.malformed` for anything that is no DSSE envelope.
 */
export const readEnvelope = (header: string | string[] | undefined): Envelope | null => {
  if (header === undefined || header === '') return null
  const parsed = Envelope.safeParse(typeof header === 'string' ? json(header) : undefined)
  if (!parsed.success) throw problem('signature.malformed')
  return parsed.data
}

/** What the envelope says was signed, whether or not it is; null where it does not say. */
export const statementOf = (envelope: Envelope): Statement | null => {
  const parsed = Statement.safeParse(json(envelope.payload))
  return parsed.success ? parsed.data : null
}

import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { keyIdOf } from '#runtime/bundle/dsse.js'
import { PolicyLoadError } from './errors.js'
import { opaHash } from './opa-hash.rules.js'

/** File of a bundle that holds its signatures, as OPA names it. */
export const OPA_SIGNATURES = '.signatures.json'

/**
 * JWS algorithm of every policy key (RFC 7518): `opa build` verifies Ed25519 too, but an agent that reads `keys` from its
 * configuration refuses it.
 */
const ALGORITHM = 'ES256'

/** Whose signature counts on a policy bundle, and until when (milliseconds since the epoch; null: until taken away). */
export interface PolicyKey {
  readonly publicKey: KeyObject
  readonly notAfter: number | null
}

/** How OPA is told of a key: the entry of its `keys` configuration. */
export interface OpaKey {
  readonly algorithm: string
  readonly key: string
}

const Signatures = z.object({ signatures: z.array(z.string()).min(1).max(8) })
const Header = z.object({ alg: z.string(), kid: z.string() })
const Payload = z.object({
  files: z.array(z.object({ name: z.string(), hash: z.string(), algorithm: z.literal('SHA-256') })),
})

type Files = ReadonlyMap<string, Uint8Array>

/**
 * The text of `.signatures.json` over all files: one JWS (`ES256`) by this P-256 key. Raises {@link PolicyLoadError} for another kind of key.
 * https://www.openpolicyagent.org/docs/management-bundles#signing
 */
export function signFiles(files: Files, key: KeyObject): string {
  const header = { alg: ALGORITHM, kid: keyIdOf(demandP256(key)), typ: 'JWT' }
  const names = [...files.keys()].filter((name) => name !== OPA_SIGNATURES).toSorted()
  const hashes = names.map((name) => ({ name, hash: opaHash(name, files.get(name)!), algorithm: 'SHA-256' }))
  const signed = `${base64url(header)}.${base64url({ files: hashes, keyid: header.kid })}`
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return JSON.stringify({ signatures: [`${signed}.${signature.toString('base64url')}`] })
}

/**
 * Demands that a key that counts has signed exactly these files, none more and none less. Gives the id of the key.
 * Raises {@link PolicyLoadError}.
 * @param now milliseconds since the epoch
 */
export function verifyFiles(files: Files, keys: readonly PolicyKey[], now: number): string {
  const signatures = files.get(OPA_SIGNATURES)
  if (!signatures) throw new PolicyLoadError(`the policy bundle is not signed: it has no ${OPA_SIGNATURES}`)
  const valid = new Map(
    keys
      .filter(({ notAfter }) => notAfter === null || now < notAfter)
      .map(({ publicKey }) => [keyIdOf(publicKey), publicKey]),
  )
  for (const jws of parse(Signatures, signatures).signatures) {
    const signer = signerOf(jws, valid)
    if (signer === undefined) continue
    demandFiles(files, parse(Payload, Buffer.from(jws.split('.')[1]!, 'base64url')))
    return signer
  }
  throw new PolicyLoadError('the policy bundle has no signature by a key that is trusted')
}

/** Keys by id as stock OPA takes them; while it trusts an old and a new one, the signing key can change without a gap. */
export const opaKeys = (keys: readonly PolicyKey[]): Record<string, OpaKey> =>
  Object.fromEntries(
    keys.map(({ publicKey }) => [
      keyIdOf(publicKey),
      { algorithm: ALGORITHM, key: demandP256(publicKey).export({ type: 'spki', format: 'pem' }).toString() },
    ]),
  )

/** Id of the trusted key by which a JWS holds. A header that asks for another algorithm is nobody's. */
function signerOf(jws: string, keys: ReadonlyMap<string, KeyObject>): string | undefined {
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const { alg, kid } = parse(Header, Buffer.from(header, 'base64url'))
  const key = keys.get(kid)
  if (!key || alg !== ALGORITHM) return undefined
  const bytes = Buffer.from(signature, 'base64url')
  const options = { key: demandP256(key), dsaEncoding: 'ieee-p1363' } as const
  const holds = verify('sha256', Buffer.from(`${header}.${payload}`), options, bytes)
  return holds ? kid : undefined
}

function demandFiles(files: Files, { files: signed }: z.infer<typeof Payload>): void {
  const hashes = new Map(signed.map(({ name, hash }) => [name, hash]))
  const present = [...files.keys()].filter((name) => name !== OPA_SIGNATURES)
  const missing = [...hashes.keys()].find((name) => !files.has(name))
  if (missing !== undefined)
    throw new PolicyLoadError(`the signature of the policy bundle names ${missing}, which is not there`)
  for (const name of present)
    if (hashes.get(name) !== hashOrNone(name, files.get(name)!))
      throw new PolicyLoadError(`${name} of the policy bundle is not what was signed`)
}

function hashOrNone(name: string, bytes: Uint8Array): string | null {
  try {
    return opaHash(name, bytes)
  } catch {
    return null
  }
}

/** Fails where a key is of another kind than {@link ALGORITHM} takes. */
function demandP256(key: KeyObject): KeyObject {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key.type === 'private' ? createPublicKey(key) : key
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return key
  throw new PolicyLoadError(`policy bundles are signed by P-256 keys, not by ${type ?? 'secrets'}`)
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function parse<T extends z.ZodType>(schema: T, bytes: Uint8Array): z.infer<T> {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw new PolicyLoadError(`${OPA_SIGNATURES} of the policy bundle cannot be read`)
  }
}

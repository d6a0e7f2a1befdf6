import type { JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import * as oidc from 'openid-client'
import { problem } from '#contract/problems.js'
import type { KnownProvider } from '../providers.repository.js'
import type { ClientKeys } from './client-keys.js'
import { guardedFetch, Unreachable, type Wall } from './guarded-fetch.js'
import { announcesProofs, newProofKey, NO_PROOFS, proofKeysOf } from './proof-keys.js'

const DISCOVERED_FOR_MS = 60 * 60_000
const MAX_PROVIDERS = 1_000
const TIMEOUT_S = 10
/** Seconds by which the clocks of provider and service may differ. */
const CLOCK_TOLERANCE_S = 60
/** Seconds within which somebody who was asked to prove again who they are comes back. */
const STEP_UP_WITHIN_S = 300

const CLIENT: Partial<oidc.ClientMetadata> = { [oidc.clockTolerance]: CLOCK_TOLERANCE_S }

/** What must be remembered until somebody comes back from a provider. */
export interface Leave {
  readonly url: URL
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  /** The private key that proves that it is us who come for the code (RFC 9449); of providers that are asked for that. */
  readonly proofKey?: JWK | null
}

/** How somebody is sent to a provider. */
export interface Errand {
  readonly provider: KnownProvider
  readonly secret: string | null
  readonly redirectUri: string
  readonly loginHint?: string | undefined
  readonly stepUp: boolean
}

/** What came back, and what it must agree with. */
export interface Return {
  readonly provider: KnownProvider
  readonly secret: string | null
  readonly url: URL
  readonly expected: { readonly state: string; readonly nonce: string; readonly codeVerifier: string }
  /** That of the way there. */
  readonly proofKey: JWK | null
  readonly stepUp: boolean
}

export interface RelyingPartyParts {
  readonly keys: ClientKeys
  readonly wall: Wall
}

/** Gatehouse as a client of OpenID providers: code flow with PKCE, by PAR where it is offered, ID tokens verified by signature. */
export class RelyingParty {
  private readonly known = new LRUCache<string, Promise<oidc.ServerMetadata>>({
    max: MAX_PROVIDERS,
    ttl: DISCOVERED_FOR_MS,
  })

  constructor(private readonly parts: RelyingPartyParts) {}

  /** What a provider says of itself now. Raises `request.invalid` where no OpenID provider answers at the issuer. */
  async probe(issuer: string): Promise<oidc.ServerMetadata> {
    try {
      return (await this.discover(issuer)).serverMetadata()
    } catch (error) {
      const wall = unreachableIn(error)
      const detail = wall ? wall.message : `does not answer as an OpenID provider: ${wordsOf(error)}`
      throw problem('request.invalid', { errors: [{ pointer: '/issuer', detail }], cause: error })
    }
  }

  /**
   * The provider as its discovery document has it. Its keys are fetched for each sign-in: one that was rotated counts at
   * once, and one that was withdrawn no longer. Raises `sign_in.provider_unreachable`.
   */
  async configuration(provider: KnownProvider, secret: string | null): Promise<oidc.Configuration> {
    const metadata = await this.metadata(provider)
    const auth = await this.authentication(provider, secret)
    return this.armed(new oidc.Configuration(metadata, provider.client_id, CLIENT, auth), provider.issuer)
  }

  private metadata({ id, version, issuer }: KnownProvider): Promise<oidc.ServerMetadata> {
    const name = `${id}:${version}`
    const kept = this.known.get(name)
    if (kept) return kept
    const finding = this.discover(issuer)
      .then((found) => found.serverMetadata())
      .catch((error: unknown) => {
        this.known.delete(name)
        throw problem('sign_in.provider_unreachable', { detail: wordsOf(error), cause: error })
      })
    this.known.set(name, finding)
    return finding
  }

  /** Where to send somebody, and what to remember of it. Raises `sign_in.provider_unreachable`. */
  async leave({ provider, secret, redirectUri, loginHint, stepUp }: Errand): Promise<Leave> {
    const configuration = await this.configuration(provider, secret)
    const [state, nonce, codeVerifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
    const acr = provider.step_up_acr.join(' ')
    const proofKey = provider.dpop ? await newProofKey() : null
    const DPoP = await this.proving(configuration, proofKey)
    const parameters = {
      ...{ redirect_uri: redirectUri, scope: provider.scopes.join(' '), state, nonce },
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(DPoP && { dpop_jkt: await DPoP.calculateThumbprint() }),
      ...(loginHint !== undefined && { login_hint: loginHint }),
      ...(stepUp && { max_age: '0', prompt: 'login', ...(acr && { acr_values: acr }) }),
    }
    const pushed = configuration.serverMetadata().pushed_authorization_request_endpoint !== undefined
    try {
      const url = pushed
        ? await oidc.buildAuthorizationUrlWithPAR(configuration, parameters, { ...(DPoP && { DPoP }) })
        : oidc.buildAuthorizationUrl(configuration, parameters)
      return { url, state, nonce, codeVerifier, proofKey }
    } catch (error) {
      throw problem('sign_in.provider_unreachable', { detail: wordsOf(error), cause: error })
    }
  }

  /** Exchanges the code; the verified claims of the ID token. Raises `sign_in.failed`. */
  async comeBack({ provider, secret, url, expected, stepUp, proofKey }: Return): Promise<oidc.IDToken> {
    const configuration = await this.configuration(provider, secret)
    try {
      const DPoP = await this.proving(configuration, proofKey)
      const checks = {
        pkceCodeVerifier: expected.codeVerifier,
        expectedState: expected.state,
        expectedNonce: expected.nonce,
        idTokenExpected: true,
        ...(stepUp && { maxAge: STEP_UP_WITHIN_S }),
      }
      const tokens = await oidc.authorizationCodeGrant(configuration, url, checks, {}, { ...(DPoP && { DPoP }) })
      // One that took no notice of the proof did not hold the code to our key either.
      if (DPoP && tokens.token_type !== 'dpop') throw new Error('The provider took no notice of the proof of our key')
      const claims = tokens.claims()
      if (claims) return claims
    } catch (error) {
      throw problem('sign_in.failed', { detail: wordsOf(error), cause: error })
    }
    throw problem('sign_in.failed', { detail: 'The provider sent no ID token' })
  }

  /** What makes proofs of a sign-in's key; undefined where it has none. Raises `sign_in.failed` where the provider takes them no longer. */
  private async proving(configuration: oidc.Configuration, key: JWK | null): Promise<oidc.DPoPHandle | undefined> {
    if (key === null) return undefined
    if (!announcesProofs(configuration.serverMetadata())) throw problem('sign_in.failed', { detail: NO_PROOFS })
    return oidc.getDPoPHandle(configuration, await proofKeysOf(key))
  }

  private async authentication({ client_auth }: KnownProvider, secret: string | null): Promise<oidc.ClientAuth> {
    switch (client_auth) {
      case 'private_key_jwt':
        return oidc.PrivateKeyJwt(await this.parts.keys.signing())
      case 'client_secret_basic':
        return oidc.ClientSecretBasic(secret ?? '')
      case 'client_secret_post':
        return oidc.ClientSecretPost(secret ?? '')
      case 'none':
        return oidc.None()
    }
  }

  private discover(issuer: string): Promise<oidc.Configuration> {
    return oidc.discovery(new URL(issuer), 'unknown', CLIENT, oidc.None(), {
      execute: isPlain(issuer) ? [oidc.allowInsecureRequests] : [],
      timeout: TIMEOUT_S,
      [oidc.customFetch]: guardedFetch(this.parts.wall),
    })
  }

  /** The wall lets plain http through to the embedded provider and to what the operator allowed, and to nothing else. */
  private armed(configuration: oidc.Configuration, issuer: string): oidc.Configuration {
    configuration[oidc.customFetch] = guardedFetch(this.parts.wall)
    configuration.timeout = TIMEOUT_S
    oidc.enableNonRepudiationChecks(configuration)
    if (isPlain(issuer)) oidc.allowInsecureRequests(configuration)
    return configuration
  }
}

const isPlain = (issuer: string): boolean => issuer.startsWith('http:')

/** The refusal of the wall that an error came of. */
const unreachableIn = (error: unknown): Unreachable | undefined => {
  for (let each: unknown = error; each instanceof Error; each = each.cause) if (each instanceof Unreachable) return each
  return undefined
}

/** What an error of the exchange says, without what was exchanged. */
const wordsOf = (error: unknown): string => {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError)
    return `The provider answered ${error.error}${error.error_description ? `: ${error.error_description}` : ''}`.slice(
      0,
      500,
    )
  const wall = unreachableIn(error)
  if (wall) return wall.message
  const { message, cause } = error as Error
  // What openid-client says of whatever was raised while it asked.
  if (message === 'something went wrong' && cause instanceof Error) return cause.message.slice(0, 500)
  return `${message}${cause instanceof Error ? `: ${cause.message}` : ''}`.slice(0, 500)
}

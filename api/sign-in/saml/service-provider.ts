import { randomBytes } from 'node:crypto'
import { problem } from '#contract/problems.js'
import { guardedFetch, Unreachable, type Wall } from '../openid/guarded-fetch.js'
import type { Leave } from '../openid/relying-party.js'
import type { KnownProvider } from '../providers.repository.js'
import type { PublicUrl } from '../../platform/http/public-url.js'
import { asserted, SKEW_MS, type Asserted } from './assertion.rules.js'
import { idpMetadata, pemOf, type IdpMetadata } from './idp-metadata.rules.js'
import { generateServiceProviderMetadata, SAML, type Saml } from './libraries.js'
import { faultOfResponse } from './response.rules.js'
import type { SigningCertificates } from './signing-certificates.js'

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
/** Milliseconds within which somebody who was asked to prove again who they are comes back. */
const STEP_UP_WITHIN_MS = 300_000

export interface ServiceProviderParts {
  readonly certificates: SigningCertificates
  readonly wall: Wall
  readonly publicUrl: PublicUrl
}

/** What came back from a provider, and which request it must answer. */
export interface SamlReturn {
  readonly provider: KnownProvider
  /** Base64, as the form has it. */
  readonly response: string
  readonly requestId: string
  readonly stepUp: boolean
}

/** Gatehouse as a SAML 2.0 service provider: signed requests by redirect, responses by POST, assertions that are signed. */
export class ServiceProvider {
  constructor(private readonly parts: ServiceProviderParts) {}

  /** What a provider is told that we are called: the address of our metadata. */
  entityId(providerId: string): string {
    return `${this.parts.publicUrl.origin()}/auth/saml/${providerId}/metadata`
  }

  /** Our metadata for a provider, as XML. */
  async metadata({ id, client_id }: Pick<KnownProvider, 'id' | 'client_id'>): Promise<string> {
    const { certificates } = this.parts
    return generateServiceProviderMetadata({
      ...{ issuer: client_id, callbackUrl: this.acs(id), identifierFormat: PERSISTENT, wantAssertionsSigned: true },
      ...{ privateKey: await certificates.privateKey(), publicCerts: [await certificates.certificate()] },
    })
  }

  /** Metadata as it was sent or lies at a URL. Raises `request.invalid` where it does not do. */
  async read({
    metadata,
    metadata_url,
  }: {
    metadata?: string | undefined
    metadata_url?: string | undefined
  }): Promise<IdpMetadata> {
    const pointer = metadata === undefined ? '/metadata_url' : '/metadata'
    const found = idpMetadata(metadata ?? (await this.fetched(metadata_url!)))
    if ('fault' in found) throw problem('request.invalid', { errors: [{ pointer, detail: found.fault }] })
    return found
  }

  /** Where to send somebody, and what to remember of it: the request's id takes the place of a nonce. */
  async leave({ provider, stepUp }: { provider: KnownProvider; stepUp: boolean }): Promise<Leave> {
    const [state, nonce] = [randomBytes(32).toString('base64url'), `_${randomBytes(20).toString('hex')}`]
    const saml = await this.saml(provider, nonce, stepUp)
    const url = new URL(await saml.getAuthorizeUrlAsync(state, undefined, {}))
    return { url, state, nonce, codeVerifier: '' }
  }

  /** Whom the provider vouches for. Raises `sign_in.failed`. */
  async comeBack({ provider, response, requestId, stepUp }: SamlReturn): Promise<Asserted> {
    const expected = { acs: this.acs(provider.id), issuer: provider.issuer, requestId, now: Date.now() }
    const fault = faultOfResponse(Buffer.from(response, 'base64').toString('utf8'), expected)
    if (fault !== null) throw problem('sign_in.failed', { detail: fault })
    const found = asserted(await this.verified(provider, response, requestId), expected)
    if ('fault' in found) throw problem('sign_in.failed', { detail: found.fault })
    if (stepUp && expected.now - found.authTime.getTime() > STEP_UP_WITHIN_MS + SKEW_MS)
      throw problem('sign_in.failed', { detail: 'The provider did not ask again' })
    return found
  }

  /** The assertion, parsed from the very bytes that a signature covers. */
  private async verified(provider: KnownProvider, response: string, requestId: string): Promise<unknown> {
    try {
      const saml = await this.saml(provider, requestId, false)
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response })
      return profile?.getAssertion?.()['Assertion']
    } catch (error) {
      throw problem('sign_in.failed', { detail: (error as Error).message.slice(0, 500), cause: error })
    }
  }

  private async saml(provider: KnownProvider, requestId: string, stepUp: boolean): Promise<Saml> {
    const { sso_url, certificates } = provider.saml!
    return new SAML({
      ...{ entryPoint: sso_url, idpCert: certificates.map(pemOf), issuer: provider.client_id },
      ...{ callbackUrl: this.acs(provider.id), audience: provider.client_id, identifierFormat: PERSISTENT },
      ...{
        privateKey: await this.parts.certificates.privateKey(),
        signatureAlgorithm: 'sha256',
        digestAlgorithm: 'sha256',
      },
      // A response that is signed signs its assertion; the metadata asks for the assertion's own.
      ...{ wantAssertionsSigned: false, wantAuthnResponseSigned: false, acceptedClockSkewMs: SKEW_MS },
      // The attempt in the database knows which request it was, and the signed assertion is held to it.
      ...{ validateInResponseTo: 'never', generateUniqueId: () => requestId },
      ...{ forceAuthn: stepUp, disableRequestedAuthnContext: !stepUp || provider.step_up_acr.length === 0 },
      authnContext: [...provider.step_up_acr],
    })
  }

  private acs(providerId: string): string {
    return `${this.parts.publicUrl.origin()}/auth/saml/${providerId}/acs`
  }

  private async fetched(url: string): Promise<string> {
    try {
      const options = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const
      const response = await guardedFetch(this.parts.wall)(url, options)
      if (response.status === 200) return await response.text()
      throw new Error(`it answers ${response.status}`)
    } catch (error) {
      const { message } = error as Error
      const detail = (error instanceof Unreachable ? message : `does not answer with metadata: ${message}`).slice(
        0,
        500,
      )
      throw problem('request.invalid', { errors: [{ pointer: '/metadata_url', detail }], cause: error })
    }
  }
}

import { webcrypto } from 'node:crypto'
import { createRequire } from 'node:module'
import { inflateRawSync } from 'node:zlib'
import { X509CertificateGenerator } from '@peculiar/x509'
import { testService, type TestService } from '../../testing/test-service.js'
import { cookieIn, type Ended } from './sign-in-world.js'

interface Signing {
  addReference(part: { xpath: string; digestAlgorithm: string; transforms: string[] }): void
  computeSignature(xml: string, options: { location: { reference: string; action: 'after' } }): void
  getSignedXml(): string
}
// Its own types bring those of a browser in.
const require = createRequire(import.meta.url)
const { SignedXml } = require('xml-crypto') as { SignedXml: new (options: object) => Signing }

export const ISSUER = 'https://saml.acme.example/metadata'
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const SHA256 = {
  sign: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
}
export const SHA1 = {
  sign: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
}

/** A key of a SAML provider and its certificate, as PEM. */
export interface SamlKey {
  readonly privateKey: string
  readonly certificate: string
}

export const newSamlKey = async (): Promise<SamlKey> => {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=Acme', keys, signingAlgorithm: RSA })
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  const body = der.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    privateKey: `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
    certificate: made.toString('pem'),
  }
}

/** Metadata of the provider with these certificates. */
export const metadataOf = (
  keys: readonly SamlKey[],
  entityId = ISSUER,
  sso = 'https://saml.acme.example/sso',
): string =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys
    .map(
      ({ certificate }) =>
        `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.replaceAll(/-----[^-]+-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    )
    .join(
      '',
    )}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${sso}"/></md:IDPSSODescriptor></md:EntityDescriptor>`

/** A sign-in that was begun. */
export interface SamlBegun {
  readonly request: string
  readonly requestId: string
  readonly state: string
  readonly cookie: string
  readonly location: URL
}

/** What a test may say otherwise in a response. */
export interface Said {
  readonly id?: string
  readonly subject?: string
  readonly format?: string
  readonly email?: string
  readonly audience?: string
  readonly recipient?: string
  readonly destination?: string
  readonly issuer?: string
  /** Of the response, and of what the assertion confirms; null leaves it out. */
  readonly answers?: string | null
  readonly confirms?: string | null
  /** Seconds from now until it counts no more. */
  readonly lasts?: number
  readonly from?: number
  readonly status?: string
}

let made = 0
const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

/** The service, and a SAML provider that Acme trusts and a test speaks for. */
export class SamlWorld {
  private constructor(
    readonly service: TestService,
    readonly key: SamlKey,
    readonly provider: Record<string, unknown>,
  ) {}

  static async start(): Promise<SamlWorld> {
    const service = await testService({})
    const key = await newSamlKey()
    const { status, body } = await service.ask('acme_owner', 'POST', '/v1/identity-providers/saml', {
      ...{ slug: 'saml', name: 'Acme by SAML', metadata: metadataOf([key]), step_up_acr: ['two'] },
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
    return new SamlWorld(service, key, body)
  }

  get id(): string {
    return String(this.provider['id'])
  }

  get acs(): string {
    return `${this.service.url}/auth/saml/${this.id}/acs`
  }

  async begin(query = ''): Promise<SamlBegun> {
    const response = await fetch(`${this.service.url}/auth/login?tenant=acme&provider=saml${query}`, {
      redirect: 'manual',
    })
    const location = new URL(response.headers.get('location') ?? 'http://none.invalid')
    const packed = Buffer.from(location.searchParams.get('SAMLRequest') ?? '', 'base64')
    const request = packed.length === 0 ? '' : inflateRawSync(packed).toString('utf8')
    return {
      ...{ request, location, requestId: / ID="([^"]+)"/.exec(request)?.[1] ?? '' },
      state: location.searchParams.get('RelayState') ?? '',
      cookie: cookieIn(response.headers, '__Host-gatehouse-sign-in') ?? '',
    }
  }

  assertion({ requestId }: SamlBegun, said: Said = {}): string {
    const id = said.id ?? `_a${++made}${requestId}`
    const answers = said.confirms === undefined ? requestId : said.confirms
    return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${said.issuer ?? ISSUER}</saml:Issuer><saml:Subject><saml:NameID Format="${said.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'}">${said.subject ?? 'mia'}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="${said.recipient ?? this.acs}" NotOnOrAfter="${at(said.lasts ?? 300)}"${answers === null ? '' : ` InResponseTo="${answers}"`}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(said.from ?? -5)}" NotOnOrAfter="${at(said.lasts ?? 300)}"><saml:AudienceRestriction><saml:Audience>${said.audience ?? String(this.provider['client_id'])}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="one"><saml:AuthnContext><saml:AuthnContextClassRef>one</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>${said.email ?? 'member@acme.example'}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`
  }

  response({ requestId }: SamlBegun, inner: string, said: Said = {}): string {
    const answers = said.answers === undefined ? requestId : said.answers
    return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r${++made}${requestId}" Version="2.0" IssueInstant="${at(0)}" Destination="${said.destination ?? this.acs}"${answers === null ? '' : ` InResponseTo="${answers}"`}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${ISSUER}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${said.status ?? 'Success'}"/></samlp:Status>${inner}</samlp:Response>`
  }

  /** Signs the one element of that name. */
  sign(xml: string, what: 'Assertion' | 'Response' = 'Assertion', { key = this.key, by = SHA256 } = {}): string {
    const xpath = `//*[local-name(.)='${what}']`
    const signing = new SignedXml({
      ...{ privateKey: key.privateKey, publicCert: key.certificate },
      ...{ signatureAlgorithm: by.sign, canonicalizationAlgorithm: EXCLUSIVE },
    })
    signing.addReference({ xpath, digestAlgorithm: by.digest, transforms: [ENVELOPED, EXCLUSIVE] })
    signing.computeSignature(xml, { location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' } })
    return signing.getSignedXml()
  }

  /** A good response, its assertion signed. */
  good(begun: SamlBegun, said: Said = {}): string {
    return this.sign(this.response(begun, this.assertion(begun, said), said))
  }

  async end(
    begun: SamlBegun,
    xml: string,
    part: { readonly cookie?: string; readonly id?: string; readonly state?: string } = {},
  ): Promise<Ended> {
    const { cookie = begun.cookie, id = this.id, state = begun.state } = part
    const response = await fetch(`${this.service.url}/auth/saml/${id}/acs`, {
      ...{ method: 'POST', redirect: 'manual' },
      headers: { cookie: `__Host-gatehouse-sign-in=${cookie}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: state }).toString(),
    })
    const text = await response.text()
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string; reasons?: { id: string }[] }
    return {
      ...{ status: response.status, code: body.code, reasons: (body.reasons ?? []).map(({ id: reason }) => reason) },
      location: response.headers.get('location'),
      session: cookieIn(response.headers, '__Host-gatehouse'),
    }
  }
}

import { webcrypto } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import 'reflect-metadata'
import { X509CertificateGenerator } from '@peculiar/x509'

/** What is taken of samlify. */
interface Samlify {
  setSchemaValidator(validator: { validate: () => Promise<string> }): void
  IdentityProvider(settings: object): SamlifyProvider
  ServiceProvider(settings: { metadata: string }): SamlifyService
  readonly SamlLib: {
    readonly defaultLoginResponseTemplate: { readonly context: string }
    replaceTagsByValue(template: string, tags: Readonly<Record<string, string>>): string
  }
}
interface SamlifyService {
  readonly entityMeta: { getAssertionConsumerService(binding: 'post'): unknown; getEntityID(): string }
}
interface Asked {
  readonly extract: { readonly request: { readonly id: string } }
}
interface SamlifyProvider {
  getMetadata(): string
  parseLoginRequest(sp: SamlifyService, binding: 'redirect', request: object): Promise<Asked>
  createLoginResponse(
    ...given: [SamlifyService, Asked, 'post', object, (template: string) => { id: string; context: string }]
  ): Promise<{ readonly context: string }>
}
// Its own types bring those of a browser in.
const require = createRequire(import.meta.url)
const samlify = require('samlify') as Samlify

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const LASTS_MS = 300_000
const SIGNED_IN =
  '<saml:AuthnStatement AuthnInstant="{IssueInstant}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>'

/** Whom the provider signs in. */
const PERSON = { nameId: 'a5c1e7', mail: 'member@acme.example' }

/** A SAML 2.0 identity provider by samlify, on loopback, at which one person presses a button. */
export class SamlProvider {
  /** The metadata of the service, once it is known. */
  serviceMetadata = ''

  private constructor(
    private readonly server: Server,
    private readonly key: { readonly privateKey: string; readonly certificate: string },
  ) {
    samlify.setSchemaValidator({ validate: async () => 'not looked at' })
    server.on('request', (request, response) => {
      this.answer(request, response).catch((error: Error) => response.writeHead(400).end(error.message))
    })
  }

  static async start(): Promise<SamlProvider> {
    const server = createServer().listen({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: 'CN=samlify',
      keys,
      signingAlgorithm: RSA,
    })
    const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
    const privateKey = `-----BEGIN PRIVATE KEY-----\n${der.replaceAll(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
    return new SamlProvider(server, { privateKey, certificate: certificate.toString('base64') })
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get metadata(): string {
    return this.provider().getMetadata()
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private provider() {
    const attributes = [
      {
        name: 'mail',
        valueTag: 'mail',
        nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
        valueXsiType: 'xs:string',
      },
    ]
    const context = samlify.SamlLib.defaultLoginResponseTemplate.context.replace('{AuthnStatement}', SIGNED_IN)
    return samlify.IdentityProvider({
      ...{ entityID: `${this.origin}/metadata`, nameIDFormat: [PERSISTENT], wantAuthnRequestsSigned: true },
      ...{ privateKey: this.key.privateKey, signingCert: this.key.certificate, isAssertionEncrypted: false },
      singleSignOnService: [
        { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: `${this.origin}/sso` },
      ],
      loginResponseTemplate: { context, attributes },
    })
  }

  /** Verifies what the service asks, and shows a button that posts the answer. */
  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams, search } = new URL(request.url ?? '/', this.origin)
    const [idp, sp] = [this.provider(), samlify.ServiceProvider({ metadata: this.serviceMetadata })]
    const octetString = search.slice(1, search.indexOf('&Signature='))
    const asked = await idp.parseLoginRequest(sp, 'redirect', { query: Object.fromEntries(searchParams), octetString })
    const acs = String(sp.entityMeta.getAssertionConsumerService('post'))
    const now = new Date()
    const until = new Date(now.getTime() + LASTS_MS).toISOString()
    const id = `_${webcrypto.randomUUID()}`
    const fill = (template: string) => ({
      id,
      context: samlify.SamlLib.replaceTagsByValue(template, {
        ...{ ID: id, AssertionID: `_${webcrypto.randomUUID()}`, Issuer: `${this.origin}/metadata` },
        ...{ Destination: acs, SubjectRecipient: acs, Audience: sp.entityMeta.getEntityID() },
        ...{ IssueInstant: now.toISOString(), ConditionsNotBefore: now.toISOString() },
        ...{ ConditionsNotOnOrAfter: until, SubjectConfirmationDataNotOnOrAfter: until },
        ...{ InResponseTo: asked.extract.request.id },
        ...{ StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success', NameIDFormat: PERSISTENT },
        ...{ NameID: PERSON.nameId, attrMail: PERSON.mail },
      }),
    })
    const { context } = await idp.createLoginResponse(sp, asked, 'post', {}, fill)
    const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${value}">`
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<form method="post" action="${acs}">${field('SAMLResponse', context)}${field('RelayState', searchParams.get('RelayState') ?? '')}<button>Mia</button></form>`,
      )
  }
}

import { createRequire } from 'node:module'

/** What is taken of `@node-saml/node-saml`. */
interface NodeSaml {
  readonly SAML: new (options: Readonly<Record<string, unknown>>) => Saml
  readonly generateServiceProviderMetadata: (options: Readonly<Record<string, unknown>>) => string
}

/** A service provider of the library, towards one identity provider. */
export interface Saml {
  getAuthorizeUrlAsync(relayState: string, host: undefined, options: object): Promise<string>
  validatePostResponseAsync(form: { readonly SAMLResponse: string }): Promise<{
    readonly profile: { readonly getAssertion?: () => Readonly<Record<string, unknown>> } | null
  }>
}

/** An element of XML, as far as it is looked at. */
export interface XmlElement {
  readonly localName: string
  readonly namespaceURI: string | null
  readonly parentNode: unknown
  readonly textContent: string | null
  getAttribute(name: string): string | null
  getElementsByTagNameNS(namespace: string, name: string): XmlElements
}

/** A list of them. */
export interface XmlElements {
  readonly length: number
  item(index: number): XmlElement | null
}

interface XmlDom {
  readonly DOMParser: new (options: {
    readonly errorHandler: Readonly<Record<string, (message: string) => never>>
  }) => {
    parseFromString(xml: string, type: 'text/xml'): { readonly documentElement: XmlElement | null } | undefined
  }
}

// Their own types bring those of a browser in, under which the service's no longer hold.
const require = createRequire(import.meta.url)
export const { SAML, generateServiceProviderMetadata } = require('@node-saml/node-saml') as NodeSaml
export const { DOMParser } = require('@xmldom/xmldom') as XmlDom

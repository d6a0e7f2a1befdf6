import { X509Certificate } from 'node:crypto'
import { elementsOf, plainXml } from './response.rules.js'

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata'
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
const MAX_CERTIFICATES = 10
const MIN_RSA_BITS = 2048

/** What is taken of a provider's metadata. Certificates are base64 of DER; several while a key is rotated. */
export interface IdpMetadata {
  readonly entityId: string
  readonly ssoUrl: string
  readonly certificates: readonly string[]
}

/** Reads the metadata of one identity provider (SAML Metadata 2.0); what is wrong with it otherwise. */
export const idpMetadata = (xml: string): IdpMetadata | { readonly fault: string } => {
  const root = plainXml(xml.trim())
  if (!root) return { fault: 'is not plain XML: document types, entities, comments and instructions are refused' }
  const entityId = root.getAttribute('entityID') ?? ''
  if (root.localName !== 'EntityDescriptor' || root.namespaceURI !== METADATA || entityId === '')
    return { fault: 'must be the EntityDescriptor of one provider' }
  const [idp, second] = elementsOf(root, 'IDPSSODescriptor')
  if (!idp || second) return { fault: 'must have one IDPSSODescriptor' }
  const sso = elementsOf(idp, 'SingleSignOnService').find((each) => each.getAttribute('Binding') === REDIRECT)
  const ssoUrl = sso?.getAttribute('Location') ?? ''
  if (!isPlace(ssoUrl)) return { fault: 'must have an https SingleSignOnService of the HTTP-Redirect binding' }
  const certificates = elementsOf(idp, 'KeyDescriptor')
    .filter((each) => each.getAttribute('use') !== 'encryption')
    .flatMap((each) => elementsOf(each, 'X509Certificate'))
    .map((each) => (each.textContent ?? '').replaceAll(/\s+/g, ''))
  if (certificates.length === 0 || certificates.length > MAX_CERTIFICATES || !certificates.every(isStrong))
    return { fault: 'must have one to ten signing certificates, RSA of 2048 bits or more' }
  return { entityId, ssoUrl, certificates: [...new Set(certificates)] }
}

/** A certificate as libraries read it. */
export const pemOf = (base64: string): string =>
  `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`

const isPlace = (location: string): boolean => {
  if (!URL.canParse(location)) return false
  const { protocol, hostname, username, hash } = new URL(location)
  const loopback = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]')
  return (protocol === 'https:' || loopback) && username === '' && hash === ''
}

const isStrong = (base64: string): boolean => {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = new X509Certificate(Buffer.from(base64, 'base64')).publicKey
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS
  } catch {
    return false
  }
}

import { DOMParser, type XmlElement, type XmlElements } from './libraries.js'

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'
const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const ENC = 'http://www.w3.org/2001/04/xmlenc#'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** What may stand in a signature: no SHA-1, no HMAC, no transform that picks or rewrites. */
const ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
  SignatureMethod: ['rsa-sha256', 'rsa-sha384', 'rsa-sha512'].map((name) => `${MORE}${name}`),
  DigestMethod: [`${ENC}sha256`, `${MORE}sha384`, `${ENC}sha512`],
  CanonicalizationMethod: [EXCLUSIVE],
  Transform: [`${DSIG}enveloped-signature`, EXCLUSIVE],
}

/** What a response must agree with. */
export interface ExpectedResponse {
  readonly acs: string
  readonly issuer: string
  readonly requestId: string
}

/** The root of XML without document type, entity, comment or instruction; undefined where it has one, or is no XML. */
export const plainXml = (xml: string): XmlElement | undefined => {
  if (/<!(?!\[CDATA\[)/.test(xml) || /<\?(?!xml\s)/.test(xml)) return undefined
  const fail = (message: string) => {
    throw new Error(message)
  }
  try {
    const parser = new DOMParser({ errorHandler: { warning: fail, error: fail, fatalError: fail } })
    return parser.parseFromString(xml, 'text/xml')?.documentElement ?? undefined
  } catch {
    return undefined
  }
}

/** Elements below a node, by local name alone: a name space of its own hides nothing. */
export const elementsOf = (node: XmlElement, localName: string): XmlElement[] => [
  ...list(node.getElementsByTagNameNS('*', localName)),
]

const list = (found: XmlElements): XmlElement[] =>
  Array.from({ length: found.length }, (_, index) => found.item(index)!)

/**
 * What is wrong with the shape of a response, before anything in it is verified; null where nothing is. There is one assertion in
 * all of it, in its place, with signatures that are its own or the response's, so that nothing can be wrapped (XSW).
 */
export const faultOfResponse = (xml: string, expected: ExpectedResponse): string | null => {
  const root = plainXml(xml)
  if (!root) return 'It is not plain XML: document types, entities, comments and instructions are refused'
  if (root.localName !== 'Response' || root.namespaceURI !== PROTOCOL) return 'It is no SAML 2.0 response'
  return faultOfAnswer(root, expected) ?? faultOfAssertions(root) ?? faultOfSignatures(root) ?? faultOfIds(root)
}

const faultOfAnswer = (root: XmlElement, { acs, issuer, requestId }: ExpectedResponse): string | null => {
  if (root.getAttribute('Destination') && root.getAttribute('Destination') !== acs) return 'It is for another address'
  if (root.getAttribute('InResponseTo') !== requestId) return 'It does not answer this sign-in'
  const said = list(root.getElementsByTagNameNS(ASSERTION, 'Issuer')).find((each) => each.parentNode === root)
  if (said && said.textContent !== issuer) return 'It is of another provider'
  const [status] = elementsOf(root, 'StatusCode')
  if (status?.getAttribute('Value') === SUCCESS) return null
  const words = elementsOf(root, 'StatusCode').map((each) => each.getAttribute('Value')?.split(':').at(-1))
  return `The provider answered ${words.join(', ') || 'nothing'}`.slice(0, 200)
}

const faultOfAssertions = (root: XmlElement): string | null => {
  if (elementsOf(root, 'EncryptedAssertion').length > 0) return 'Encrypted assertions are not taken'
  const found = elementsOf(root, 'Assertion')
  const [only] = found
  if (found.length !== 1 || elementsOf(root, 'Response').length > 0) return 'It must hold one assertion'
  return only!.parentNode === root && only!.namespaceURI === ASSERTION ? null : 'The assertion is not in its place'
}

const faultOfSignatures = (root: XmlElement): string | null => {
  const signatures = elementsOf(root, 'Signature')
  const [assertion] = elementsOf(root, 'Assertion')
  if (signatures.length === 0) return 'It is not signed'
  const owners = signatures.map(({ parentNode }) => parentNode)
  if (owners.some((owner) => owner !== root && owner !== assertion) || new Set(owners).size !== owners.length)
    return 'A signature is not in its place'
  if (signatures.some((each) => elementsOf(each, 'Object').length > 0)) return 'A signature holds an object'
  for (const [name, allowed] of Object.entries(ALGORITHMS))
    for (const element of elementsOf(root, name)) {
      const algorithm = element.getAttribute('Algorithm') ?? ''
      if (!allowed.includes(algorithm)) return `${name} ${algorithm} is not taken`.slice(0, 200)
    }
  return null
}

const faultOfIds = (root: XmlElement): string | null => {
  const ids = [root, ...elementsOf(root, '*')].flatMap((element) =>
    ['ID', 'Id', 'id'].flatMap((name) => element.getAttribute(name) || []),
  )
  return new Set(ids).size === ids.length ? null : 'An id stands in it twice'
}

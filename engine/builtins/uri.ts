import { isIPv6 } from 'node:net'
import { NoAnswer, refuse, text, type Family } from './call.js'
import { unescape } from './encoding.js'
import { RegoObject } from './value.js'

/** Characters that Go's net/url leaves as they are, by part of the URL. */
const PATH_PLAIN = /^[A-Za-z0-9\-._~$&+,/:;=@]$/
const HOST_PLAIN = /^[A-Za-z0-9\-._~!"$&'()*+,:;<=>[\]]$/
const USER_PLAIN = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/
const PORT = /^(?::[0-9]*)?$/

interface Parts {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly rawPath: string
  readonly query: string
  readonly fragment: string
}

/** Go's url.Parse, step by step, because other parsers accept and normalize other things. Refuses where Go does. */
function parse(given: string): Parts {
  const [reference, fragment] = cut(given, '#')
  const rest = parseReference(reference)
  return { ...rest, fragment: unescape(fragment) }
}

function cut(given: string, mark: string): [string, string] {
  const at = given.indexOf(mark)
  return at < 0 ? [given, ''] : [given.slice(0, at), given.slice(at + mark.length)]
}

function parseReference(reference: string): Omit<Parts, 'fragment'> {
  // oxlint-disable-next-line no-control-regex -- Go refuses exactly these
  if (/[\u0000-\u001f\u007f]/.test(reference)) refuse('control character in URL')
  if (reference === '*') return { scheme: '', host: '', path: '*', rawPath: '*', query: '' }
  const { scheme, rest } = splitScheme(reference)
  const [hierarchy, query] = cut(rest, '?')
  if (!hierarchy.startsWith('/')) {
    if (scheme !== '') return { scheme, host: '', path: '', rawPath: '', query }
    if (cut(hierarchy, '/')[0].includes(':')) refuse('first path segment contains a colon')
  }
  const { authority, path } = splitAuthority(scheme, hierarchy)
  const host = authority === undefined ? '' : hostOf(scheme, authority)
  return { scheme, host, query, ...paths(path) }
}

function splitScheme(reference: string): { scheme: string; rest: string } {
  if (reference.startsWith(':')) refuse('missing protocol scheme')
  const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(reference)?.[1]
  return scheme === undefined
    ? { scheme: '', rest: reference }
    : { scheme: scheme.toLowerCase(), rest: reference.slice(scheme.length + 1) }
}

function splitAuthority(scheme: string, hierarchy: string): { authority?: string; path: string } {
  if (!hierarchy.startsWith('//') || (scheme === '' && hierarchy.startsWith('///'))) return { path: hierarchy }
  const authority = cut(hierarchy.slice(2), '/')[0]
  return { authority, path: hierarchy.slice(2 + authority.length) }
}

function hostOf(scheme: string, authority: string): string {
  const at = authority.lastIndexOf('@')
  if (at >= 0) {
    if (!USER_PLAIN.test(authority.slice(0, at))) refuse('invalid userinfo')
    unescape(authority.slice(0, at))
  }
  return parseHost(scheme, authority.slice(at + 1))
}

function parseHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) refuse('invalid IP literal')
  if (bracket === 0) return parseLiteral(host)
  const first = host.indexOf(':')
  // Only http and https are strict about further colons; others name several hosts with them.
  const port = first < 0 || scheme === 'http' || scheme === 'https' ? first : host.lastIndexOf(':')
  if (port >= 0 && !PORT.test(host.slice(port))) refuse('invalid port')
  return unescapeHost(host)
}

function parseLiteral(host: string): string {
  const close = host.lastIndexOf(']')
  if (close < 0 || !PORT.test(host.slice(close + 1))) refuse('invalid IP literal or port')
  const [address, zone] = cut(host.slice(1, close), '%25')
  const plain = unescapeHost(address) + (zone === '' ? '' : `%${unescape(zone)}`)
  if (!isIPv6(plain)) refuse('invalid host')
  return `[${plain}]${host.slice(close + 1)}`
}

/** In a host only bytes beyond ASCII, and the percent sign itself, may be escaped. */
function unescapeHost(host: string): string {
  if (/%(?!25)[0-7][0-9a-fA-F]/.test(host)) refuse('invalid escape in host')
  for (const character of host.replaceAll(/%[0-9a-fA-F]{2}/g, '')) {
    if (character !== '%' && character.charCodeAt(0) < 0x80 && !HOST_PLAIN.test(character)) refuse('invalid host')
  }
  return unescape(host)
}

/** The decoded path, and the raw one where the default encoding would not give it back. */
function paths(raw: string): { path: string; rawPath: string } {
  const path = unescape(raw)
  return { path, rawPath: escapePath(raw) === raw ? path : raw }
}

/** The default encoding of what the raw path decodes to; it works on bytes, since they need not be UTF-8. */
function escapePath(raw: string): string {
  const bytes = Buffer.from(raw).toString('latin1')
  const decoded = bytes.replaceAll(/%[0-9a-fA-F]{2}/g, (escape) => String.fromCharCode(Number(`0x${escape.slice(1)}`)))
  return decoded.replaceAll(/[^]/g, (byte) =>
    PATH_PLAIN.test(byte) ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function hostAndPort(host: string): { hostname: string; port: string } {
  const colon = host.lastIndexOf(':')
  const split = colon >= 0 && PORT.test(host.slice(colon))
  const name = split ? host.slice(0, colon) : host
  const hostname = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
  return { hostname, port: split ? host.slice(colon + 1) : '' }
}

function describe(given: string): RegoObject {
  const { scheme, host, path, rawPath, query, fragment } = parse(given)
  const parts = { scheme, ...hostAndPort(host), path, raw_path: rawPath, raw_query: query, fragment }
  return new RegoObject(Object.entries(parts).filter(([, value]) => value !== ''))
}

/** Whether Go's parser takes it; which bytes beyond ASCII are escaped does not matter for that. */
function isValid(given: string): boolean {
  if (given === '') return false
  parse(given.replaceAll(/%[89A-Fa-f][0-9A-Fa-f]/g, '%C3%A9'))
  return true
}

/** `uri.*`. */
export const URIS: Family = {
  'uri.is_valid': ([given]) => {
    if (typeof given !== 'string') return false
    try {
      return isValid(given)
    } catch (error) {
      if (error instanceof NoAnswer) return false
      throw error
    }
  },
  'uri.parse': ([given]) => describe(text(given)),
}

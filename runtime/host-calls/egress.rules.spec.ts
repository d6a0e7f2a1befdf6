import { describe, expect, it } from '@jest/globals'
import { EgressRule } from '#contract/manifest/egress.js'
import { destinationOf, matchingRule } from './egress.rules.js'

const rule = (fields: object) => EgressRule.parse({ host: 'api.example.com', methods: ['GET'], ...fields })
const match = (rules: object[], url: string, method = 'GET') =>
  matchingRule(
    rules.map((fields) => rule(fields)),
    method,
    destinationOf(url),
  )

describe('matchingRule', () => {
  it('wants scheme, host, port, method and path of one and the same rule', () => {
    expect(match([{ path_prefix: '/v1' }], 'https://api.example.com/v1/rates?x=1')).toBe(0)
    expect(match([{}], 'http://api.example.com/')).toBeNull()
    expect(match([{}], 'https://api.example.com:8443/')).toBeNull()
    expect(match([{ port: 8443 }], 'https://api.example.com:8443/')).toBe(0)
    expect(match([{}], 'https://api.example.com/', 'POST')).toBeNull()
    expect(match([{ host: 'other.example.com' }, {}], 'https://API.example.com/')).toBe(1)
  })

  it('ends a prefix at a segment and resolves dots before matching', () => {
    const rules = [{ path_prefix: '/v1' }]
    expect(match(rules, 'https://api.example.com/v1')).toBe(0)
    expect(match(rules, 'https://api.example.com/v1x')).toBeNull()
    expect(match(rules, 'https://api.example.com/v1/../admin')).toBeNull()
    expect(match(rules, 'https://api.example.com/v1/%2e%2e/admin')).toBeNull()
  })

  it.each([
    ['https://a.example.com/', 0],
    ['https://a.b.example.com/', 0],
    ['https://example.com/', null],
    ['https://.example.com/', null],
    ['https://badexample.com/', null],
    ['https://example.com.evil.test/', null],
    ['https://a.example.com./', null],
  ])('reads the wildcard: %s gives %s', (url, expected) => {
    expect(match([{ host: '*.example.com' }], url)).toBe(expected)
  })
})

describe('destinationOf', () => {
  it.each([
    'ftp://api.example.com/',
    'file:///etc/passwd',
    '/relative',
    'https://user@api.example.com/',
    'https://api.example.com/a%2f..%2fb',
    'https://api.example.com/a%5Cb',
    'not a url',
  ])('refuses %s', (url) => {
    expect(() => destinationOf(url)).toThrow(expect.objectContaining({ code: 'http.url_invalid' }))
  })
})

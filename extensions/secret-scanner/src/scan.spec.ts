import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { linesOf } from './lines.js'
import { placesIn } from './places.js'
import { entropyOf, RULES } from './rules.js'
import { scan } from './scan.js'

const fingerprint = (secret: string): string => `[${secret}]`
/** Scans a text that comes in pieces of so many bytes. */
const scanned = (text: string, { isDiff = false, size = 7, skip = [] as string[] } = {}) => {
  const bytes = new TextEncoder().encode(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.slice(at * size, (at + 1) * size),
  )
  return scan(linesOf(pieces, { isDiff, placesIn }), { skip, fingerprint })
}
const digits = (count: number): string => '1234567890'.repeat(count).slice(0, count)

/** One of each kind, put together here so that none stands in this file. */
const SECRETS: Readonly<Record<string, string>> = {
  private_key: `-----BEGIN RSA ${'PRIVATE'} KEY-----`,
  aws_access_key: `AKIA${'Q2W3'.repeat(4)}`,
  github_token: `ghp_${digits(36)}`,
  gitlab_token: `glpat-${digits(20)}`,
  npm_token: `npm_${digits(36)}`,
  slack_token: `xoxb-${digits(24)}`,
  slack_webhook: `https://hooks.slack.com/services/T${digits(8)}/B${digits(8)}/${digits(24)}`,
  stripe_key: `sk_live_${digits(24)}`,
  google_api_key: `AIza${digits(35)}`,
  json_web_token: `eyJ${digits(20)}.eyJ${digits(20)}.${digits(43)}`,
  url_password: 'postgres://app:c0rrect-h0rse@db.example/shop',
  assigned_secret: `api_key: "${'q8Zt5wLr0vXe2Bn7'}"`,
}

describe('a scan', () => {
  it.each(RULES.map(({ id }) => id))('finds %s, however the pieces fall', (rule) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (size) => {
        const { found, lines } = scanned(`first\nsecond ${SECRETS[rule]} \nlast`, { size })
        expect([found.map((each) => each.rule), found[0]?.line, lines]).toEqual([[rule], 2, 3])
      }),
    )
  })

  it.each([
    ['a placeholder', 'const token = "changemechangemechangeme"'],
    ['a variable in an address', 'postgres://app:${PASSWORD}@db.example/shop'],
    ['a word that is longer', `x_ghp_${digits(36)}`.replace('x_', 'x')],
    ['too short a token', `ghp_${digits(20)}`],
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
  ])('leaves %s alone', (_, text) => expect(scanned(text).found).toEqual([]))

  it('looks at a line of megabytes in parts, and tears nothing in two', () => {
    const secret = SECRETS['github_token']!
    for (const at of [65_500, 65_520, 65_535, 65_536, 200_000]) {
      const { found, lines } = scanned(`${' '.repeat(at)}${secret}${' '.repeat(70_000)}\n`, { size: 8_192 })
      expect([found.map((each) => each.line), lines]).toEqual([[1], 1])
    }
  })

  it('reads bytes that are no text', () => {
    const bytes = Uint8Array.from([0xff, 0xfe, 10, ...new TextEncoder().encode(SECRETS['npm_token']), 10, 0xc0])
    const { found } = scan(linesOf([bytes], { isDiff: false, placesIn }), { skip: [], fingerprint })
    expect(found.map(({ rule, line }) => [rule, line])).toEqual([['npm_token', 2]])
  })
})

describe('a diff', () => {
  const diff = (secret: string) => `commit 1
--- a/old.ts
+++ b/new.ts
@@ -1,2 +5,3 @@ ${secret}
 ${secret}
-${secret}
++++ ${secret}
+second
\\ No newline at end of file
${secret}
diff --git a/gone.ts b/gone.ts
--- a/gone.ts
+++ /dev/null
@@ -1 +0,0 @@
-${secret}
`

  it('counts for what it adds alone, at its line in its file', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (size) => {
        const { found, lines } = scanned(diff(SECRETS['aws_access_key']!), { isDiff: true, size })
        expect([found.map(({ file, line }) => [file, line]), lines]).toEqual([[['new.ts', 6]], 2])
      }),
    )
  })

  it('tells each credential once a file, and nothing of files that are left out', () => {
    const twice = (name: string) =>
      `+++ b/${name}\n@@ -0,0 +1,2 @@\n+${SECRETS['npm_token']}\n+${SECRETS['npm_token']}\n`
    const { found } = scanned(twice('a') + twice('b') + twice('fixtures/c'), { isDiff: true, skip: ['fixtures/'] })
    expect(found.map(({ file, line }) => [file, line])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })
})

it('what a machine drew surprises more than what people write', () => {
  expect(entropyOf('aaaaaaaa')).toBe(0)
  expect(entropyOf('abcdefgh')).toBe(3)
  expect(entropyOf('changemechangemechangeme')).toBeLessThan(3.5)
})

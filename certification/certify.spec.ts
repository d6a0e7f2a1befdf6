import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { checkManifest, type Manifest } from '#contract/manifest/index.js'
import { certify, CHECKS } from './certify.js'
import type { Subject } from './subject.js'

const minimal = JSON.parse(
  readFileSync(new URL('../contract/manifest/fixtures/minimal-v2.json', import.meta.url), 'utf8'),
) as object

const manifestWith = (changes: object): Manifest => {
  const result = checkManifest({ ...minimal, ...changes })
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.manifest
}

const subject = (changes: Partial<Subject> = {}): Subject => ({
  manifest: manifestWith({}),
  files: new Map([['component.wasm', Buffer.from([0, 0x61, 0x73, 0x6d])]]),
  imports: ['clock'],
  wasi: [],
  notAdmitted: null,
  ...changes,
})

const found = (changes: Partial<Subject>): string[] =>
  certify(subject(changes)).findings.map(({ code, severity }) => `${severity} ${code}`)

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('certify', () => {
  it('finds nothing in a component that imports what it declares, and says which checks ran', () => {
    const answer = certify(subject({ manifest: manifestWith({ permissions: ['kv:read'] }), imports: ['kv'] }))
    expect(answer.findings).toEqual([])
    expect(answer.state).toBe('completed')
    expect(answer.checks).toEqual(CHECKS.map(({ id }) => id))
  })

  it('names a capability that is imported and not declared', () => {
    const { findings } = certify(subject({ imports: ['http'] }))
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      check: 'undeclared-permission',
      code: 'permission.undeclared',
      severity: 'high',
    })
    expect(findings[0]!.message).toContain('http:fetch')
  })

  it('names a permission that is declared and never used', () => {
    const { findings } = certify(
      subject({
        manifest: manifestWith({ permissions: ['kv:read', 'log:write'] }),
        imports: ['log'],
      }),
    )
    expect(findings.map(({ code, message }) => [code, message.includes('kv:read')])).toEqual([
      ['permission.unused', true],
    ])
  })

  it('does not call a domain permission or an unbuilt capability unused', () => {
    expect(found({ manifest: manifestWith({ permissions: ['people:read', 'workspace:read'] }) })).toEqual([])
  })

  it('names the interfaces of WASI, and takes standard output for a use of the log', () => {
    const manifest = manifestWith({ permissions: ['log:write'] })
    const { findings } = certify(subject({ manifest, imports: [], wasi: ['wasi:cli/stdout@0.2.3'] }))
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'wasi.used',
        severity: 'info',
        message: expect.stringContaining('stdout@0.2.3'),
      }),
    ])
    expect(found({ manifest, imports: [], wasi: ['wasi:io/poll@0.2.3'] })).toContain('low permission.unused')
  })

  it('refuses imports that are not on offer', () => {
    const refused = { code: 'admission.import_refused', message: 'refused', imports: ['wasi:sockets/tcp@0.2.0'] }
    const { findings } = certify(subject({ notAdmitted: refused }))
    expect(findings[0]).toMatchObject({ code: 'import.refused', severity: 'critical' })
    expect(findings[0]!.message).toContain('wasi:sockets/tcp@0.2.0')
    expect(findings[0]!.remedy).toBe('Use gatehouse:extension/http instead')
  })

  it('tells why a component was not admitted', () => {
    expect(found({ notAdmitted: { code: 'admission.unsupported', message: 'uses threads' } })).toEqual([
      'critical component.not_admitted',
    ])
  })

  it('holds named assets to their digests', () => {
    const icon = Buffer.from('icon')
    const assets = (digest: string) => manifestWith({ assets: { files: [{ path: 'icon.png', sha256: digest }] } })
    const files = new Map([['icon.png', icon]])
    expect(found({ manifest: assets(sha256(icon)), files })).toEqual([])
    expect(found({ manifest: assets('0'.repeat(64)), files })).toEqual(['critical asset.digest_mismatch'])
    expect(found({ manifest: assets(sha256(icon)), files: new Map() })).toEqual(['high asset.missing'])
  })

  it('finds machine code, private keys and known malware, worst first', () => {
    const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-')
    const files = new Map([
      ['tool', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2])],
      ['id.pem', Buffer.from('-----BEGIN PRIVATE KEY-----\nMC4')],
      ['note.txt', Buffer.from(`x${eicar}`)],
    ])
    expect(found({ files })).toEqual([
      'critical malware.known_signature',
      'high file.native_code',
      'high file.private_key',
    ])
    expect(certify(subject({ files })).findings[0]!.malware).toBe(true)
  })

  it('keeps malware visible when there are too many findings', () => {
    const files = new Map(
      Array.from({ length: 300 }, (_, index) => [`${index}.pem`, Buffer.from('-----BEGIN PRIVATE KEY-----')]),
    )
    const { findings } = certify(subject({ files }))
    expect(findings).toHaveLength(200)
    expect(findings.at(-1)).toMatchObject({ code: 'findings.too_many', severity: 'critical' })
  })

  it('remarks on a component that is larger than it should be', () => {
    expect(found({ files: new Map([['component.wasm', new Uint8Array(17 * 1024 * 1024)]]) })).toEqual([
      'low size.component',
    ])
  })
})

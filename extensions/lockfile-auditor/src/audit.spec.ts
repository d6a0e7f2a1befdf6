import { describe, expect, it } from '@jest/globals'
import { audit, drift, fingerprint, NotALockfile, parseLockfile, sourceOf } from './audit.js'

const lockfile = parseLockfile(
  JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', version: '1.0.0' },
      'node_modules/left': {
        version: '1.0.0',
        license: 'MIT',
        resolved: 'https://registry.example/left/-/left-1.0.0.tgz',
      },
      'node_modules/right': { version: '2.0.0', license: 'ISC', hasInstallScript: true },
      'node_modules/right/node_modules/left': { version: '2.0.0', license: 'MIT' },
      'node_modules/@scope/forked': { version: '0.1.0', resolved: 'git+ssh://git@example.org/forked.git#0a1b' },
      'node_modules/plain': { version: '0.2.0', license: 'MIT', resolved: 'http://files.example/plain.tgz' },
      'node_modules/local': { link: true, resolved: 'packages/local' },
    },
  }),
)

describe('audit', () => {
  it('names install scripts, duplicate versions, licences and unusual sources', () => {
    expect(audit(lockfile)).toEqual({
      project: 'shop',
      packages: 5,
      install_scripts: ['right@2.0.0'],
      duplicates: [{ name: 'left', versions: ['1.0.0', '2.0.0'] }],
      licences: { MIT: 3, ISC: 1, unknown: 1 },
      sources: { registry: 3, git: 1, http: 1, file: 0 },
      unusual_sources: [
        {
          name: '@scope/forked',
          version: '0.1.0',
          source: 'git',
          resolved: 'git+ssh://git@example.org/forked.git#0a1b',
        },
        { name: 'plain', version: '0.2.0', source: 'http', resolved: 'http://files.example/plain.tgz' },
      ],
    })
  })

  it.each([
    ['file:../vendored.tgz', 'file'],
    ['github:someone/thing', 'git'],
    ['https://example.org/archive.tgz', 'http'],
  ] as const)('takes %s for %s', (resolved, source) => {
    expect(sourceOf(resolved)).toBe(source)
  })

  it('tells what came and what went', () => {
    expect(drift(['a@1', 'b@1'], ['b@1', 'c@1'])).toEqual({ added: ['c@1'], removed: ['a@1'] })
    expect(drift(fingerprint(lockfile), fingerprint(lockfile))).toEqual({ added: [], removed: [] })
  })

  it.each(['{', 'null', '[]', '{"lockfileVersion":1,"dependencies":{}}', '{"packages":{}}'])(
    'refuses %s as no lockfile',
    (text) => {
      expect(() => parseLockfile(text)).toThrow(NotALockfile)
    },
  )
})

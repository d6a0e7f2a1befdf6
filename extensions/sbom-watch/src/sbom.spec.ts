import { describe, expect, it } from '@jest/globals'
import { coordinatesOf, NotAnSbom, readSbom } from './sbom.js'

const bom = (more: object) => JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', ...more })

describe('coordinates of a package URL', () => {
  it.each([
    ['pkg:npm/left@1.0.0', 'pkg:npm/left@1.0.0'],
    ['pkg:npm/%40scope/left@1.0.0?arch=x#src', 'pkg:npm/%40scope/left@1.0.0'],
    ['pkg:maven/org.example/right@2.0.0', 'pkg:maven/org.example/right@2.0.0'],
    ['pkg:npm/left', undefined],
    ['pkg:generic/tool@1', undefined],
    ['left@1.0.0', undefined],
    [`pkg:npm/${'x'.repeat(400)}@1`, undefined],
    [undefined, undefined],
  ])('of %s are %s', (purl, coordinates) => expect(coordinatesOf(purl)).toBe(coordinates))
})

describe('an SBOM', () => {
  it('has its components each once, those inside others too', () => {
    const inner = { purl: 'pkg:npm/inner@1.0.0' }
    const text = bom({
      metadata: { component: { group: '@acme', name: 'shop' } },
      components: [{ purl: 'pkg:npm/outer@1.0.0', components: [inner, { name: 'own' }] }, inner],
    })
    expect(readSbom(text)).toEqual({
      project: '@acme/shop',
      components: ['pkg:npm/outer@1.0.0', 'pkg:npm/inner@1.0.0'],
      unidentified: 1,
    })
    expect(readSbom(text, 'other').project).toBe('other')
  })

  it.each([
    ['{', 'is not JSON'],
    ['null', 'bomFormat'],
    [bom({}), 'metadata/component/name'],
    [bom({ metadata: { component: { name: 'x'.repeat(121) } } }), '120 characters'],
    [bom({ metadata: { component: { name: 'shop' } }, components: {} }), 'components must be a list'],
    [
      bom({ metadata: { component: { name: 'shop' } }, components: [{ components: [1] }] }),
      'components/0/components/0',
    ],
  ])('%s is none: %s', (text, message) => {
    expect(() => readSbom(text)).toThrow(NotAnSbom)
    expect(() => readSbom(text)).toThrow(message)
  })
})

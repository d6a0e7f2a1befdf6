import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { PERMISSION_IDS } from '../permissions.js'
import { checkManifest, ManifestV1, ManifestV2, type Manifest, upgradeManifest } from './index.js'
import { EXTENSION_TYPES } from './identity.js'

const optional = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(shape, { requiredKeys: [] })
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const file = fc.tuple(word, word).map(([folder, name]) => `${folder}/${name}.png`)
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'))
const price = fc.double({ min: 0, max: 1_000_000, noNaN: true }).map((number) => Math.abs(Number(number.toFixed(6))))
const billing = fc.oneof(
  fc.constant({ model: 'free' as const }),
  fc.record({
    model: fc.constant('flat' as const),
    price_usd: price,
    interval: fc.constantFrom('month', 'year', 'once'),
  }),
  fc.record({ model: fc.constant('usage' as const), metric: word, price_per_unit_usd: price }),
)

/** Any manifest of the first form. */
const v1Manifest = fc
  .record({
    id: fc.tuple(word, word, word).map((parts) => parts.join('.')),
    version: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.')),
    type: fc.constantFrom(...EXTENSION_TYPES),
    name: words,
    description: words,
    permissions: fc.uniqueArray(fc.constantFrom(...PERMISSION_IDS), { maxLength: 8 }),
    billing,
    compatibility: fc.constantFrom(
      { platform: '>=1.0', schema: 'v1' as const },
      { platform: '^1.2.0 || ^2', schema: 'v1' as const },
    ),
    extra: optional({ $schema: words, assets: optional({ icon: file, sourceArchive: file }) }),
  })
  .map(({ extra, ...fixed }) => ({ ...fixed, ...extra }))

const dollars = (money: { amount: string }) => Number(money.amount)

function downgradeBilling(from: Manifest['billing']): unknown {
  if (from.model === 'flat') return { model: 'flat', price_usd: dollars(from.price), interval: from.interval }
  if (from.model === 'usage')
    return { model: 'usage', metric: from.metric, price_per_unit_usd: dollars(from.price_per_unit) }
  return from
}

/** The way back, written down only to prove that nothing got lost on the way there. */
function downgrade(v2: Manifest, hadAssets: boolean): unknown {
  const { $schema, id, version, type, name, description, permissions, assets } = v2
  return {
    ...($schema !== undefined && { $schema }),
    id,
    version,
    type,
    name,
    description,
    permissions,
    billing: downgradeBilling(v2.billing),
    ...(hadAssets && {
      assets: {
        ...(assets.icon !== undefined && { icon: assets.icon }),
        ...(assets.source_archive !== undefined && { sourceArchive: assets.source_archive }),
      },
    }),
    compatibility: { platform: v2.compatibility.platform, schema: 'v1' },
  }
}

describe('upgradeManifest', () => {
  it('loses nothing: the way back gives the same manifest', () => {
    fc.assert(
      fc.property(v1Manifest, (v1) => {
        const v2 = ManifestV2.parse(upgradeManifest(ManifestV1.parse(v1)))
        expect(downgrade(v2, 'assets' in v1)).toEqual(v1)
      }),
    )
  })

  it('gives a manifest that reads the same again', () => {
    fc.assert(
      fc.property(v1Manifest, (v1) => {
        const first = checkManifest(v1)
        expect(first).toMatchObject({ ok: true, form: 'v1' })
        if (first.ok)
          expect(checkManifest(JSON.parse(JSON.stringify(first.manifest)))).toEqual({ ...first, form: 'v2' })
      }),
    )
  })
})

import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { DottedId } from '../primitives.js'
import { parseManifest, runsOnPlatform, unbuiltFeatures, type Manifest } from './index.js'

function manifest(name: string): Manifest {
  const result = parseManifest(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)))
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.manifest
}

describe('unbuiltFeatures', () => {
  it('finds none in a component with endpoints and the built capabilities', () => {
    const minimal = manifest('minimal-v2.json')
    expect(
      unbuiltFeatures({
        ...minimal,
        permissions: [
          'kv:read',
          'kv:write',
          'log:write',
          'http:fetch',
          'secrets:read',
          'config:read',
          'metrics:write',
          'events:publish',
          'expense:read',
        ],
      }),
    ).toEqual([])
  })

  it('names each declared part that nothing runs, with its place', () => {
    const found = unbuiltFeatures(manifest('full-v2.json'))
    expect(found.map(({ feature, pointer }) => `${feature} ${pointer}`)).toEqual([
      'capability.services /permissions/8',
      'capability.model /permissions/9',
      'config.migrations /config/migrations',
      'ui.iframe /ui/iframe',
      'ui.slots /ui/slots',
      'hooks.operations /hooks',
      'services.provides /services/provides',
      'services.uses /services/uses',
      'schedules.cron /schedules',
      'models.access /models',
      'assets.signatures /assets/files',
      'precompiled.code /precompiled',
      'billing.trial /billing/model',
    ])
    for (const { feature } of found) expect(DottedId.safeParse(feature).success).toBe(true)
  })

  it('lets an optional dependency be absent, not a required one', () => {
    const minimal = manifest('minimal-v2.json')
    const needs = (optional: boolean) =>
      unbuiltFeatures({ ...minimal, dependencies: [{ id: 'com.example.rates', versions: '^1.0.0', optional }] })
    expect(needs(true)).toEqual([])
    expect(needs(false)).toEqual([{ feature: 'dependencies.required', pointer: '/dependencies' }])
  })
})

describe('runsOnPlatform', () => {
  it.each([
    ['^1.0.0', '1.4.0', true],
    ['>=1.0 <3', '3.0.0', false],
    ['^2.0.0', '1.0.0', false],
  ])('%s on %s: %s', (platform, version, expected) => {
    expect(runsOnPlatform({ ...manifest('minimal-v2.json'), compatibility: { platform } }, version)).toBe(expected)
  })
})

import { CAPABILITIES, permissionEntry } from '../permissions.js'
import { pointerOf } from '../field-errors.js'
import type { Manifest } from './manifest-v2.js'

/** A declared feature that this platform version stores and shows but does not run, and where it is declared. */
export interface UnbuiltFeature {
  /** Stable id, such as `events.emits`; policy sees it in `manifest.unbuilt_features`. */
  readonly feature: string
  readonly pointer: string
}

/** Declared parts that nothing runs yet: the id of the feature, where it stands, and whether this manifest has it. */
const PARTS: readonly (readonly [
  feature: string,
  path: readonly string[],
  present: (manifest: Manifest) => boolean,
])[] = [
  ['config.migrations', ['config', 'migrations'], ({ config }) => (config?.migrations.length ?? 0) > 0],
  ['ui.iframe', ['ui', 'iframe'], ({ ui }) => ui?.iframe !== undefined],
  ['ui.slots', ['ui', 'slots'], ({ ui }) => (ui?.slots.length ?? 0) > 0],
  ['hooks.operations', ['hooks'], ({ hooks }) => hooks.length > 0],
  ['services.provides', ['services', 'provides'], ({ services }) => services.provides.length > 0],
  ['services.uses', ['services', 'uses'], ({ services }) => services.uses.length > 0],
  ['schedules.cron', ['schedules'], ({ schedules }) => schedules.length > 0],
  ['models.access', ['models'], ({ models }) => models.length > 0],
  ['dependencies.required', ['dependencies'], ({ dependencies }) => dependencies.some(({ optional }) => !optional)],
  [
    'assets.signatures',
    ['assets', 'files'],
    ({ assets }) => assets.files.some(({ signatures }) => signatures !== undefined),
  ],
  ['precompiled.code', ['precompiled'], ({ precompiled }) => precompiled.length > 0],
]

function unbuiltCapabilities(manifest: Manifest): UnbuiltFeature[] {
  return manifest.permissions.flatMap((id, index) => {
    const { capability } = permissionEntry(id)
    if (capability === null || CAPABILITIES[capability].built) return []
    return [{ feature: `capability.${capability}`, pointer: pointerOf(['permissions', index]) }]
  })
}

/**
 * The declared features that this platform version doesn't run; an install of such a version is refused as
 * `install.feature_unavailable`. What runs: WebAssembly components with endpoints, kv, log, http, secrets, settings,
 * metrics and events, free of charge. A dependency that is optional may be absent, so it is no such feature.
 */
export function unbuiltFeatures(manifest: Manifest): UnbuiltFeature[] {
  const { runtime, billing } = manifest
  return [
    ...(runtime.kind === 'component' ? [] : [{ feature: `runtime.${runtime.kind}`, pointer: '/runtime/kind' }]),
    ...unbuiltCapabilities(manifest),
    ...PARTS.flatMap(([feature, path, present]) => (present(manifest) ? [{ feature, pointer: pointerOf(path) }] : [])),
    ...(billing.model === 'free' ? [] : [{ feature: `billing.${billing.model}`, pointer: '/billing/model' }]),
  ]
}

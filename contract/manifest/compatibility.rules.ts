import semver from 'semver'
import type { Manifest } from './manifest-v2.js'

/** Version of the platform as extensions see it: manifest, host APIs and endpoints. `compatibility.platform` is held against it. */
export const PLATFORM_VERSION = '1.0.0'

/** Whether the extension says that it runs on this platform version. */
export const runsOnPlatform = (manifest: Manifest, platform: string = PLATFORM_VERSION): boolean =>
  semver.satisfies(platform, manifest.compatibility.platform, { includePrerelease: true })

import { digestOf } from '#runtime/digest.js'
import type { Check, Observation } from '../subject.js'

/** Files whose digest the manifest names are there, and are those files. */
export const assetDigest: Check = {
  id: 'asset-digest',
  run: ({ manifest, files }) => {
    const named = [...manifest.assets.files, ...manifest.precompiled]
    return named.flatMap(({ path, sha256: expected }): Observation[] => {
      const file = files.get(path)
      if (file === undefined)
        return [
          {
            code: 'asset.missing',
            severity: 'high',
            message: `The manifest names ${path}, which is not in the bundle`,
            remedy: `Add ${path}, or remove it from the manifest`,
          },
        ]
      if (digestOf(file) === `sha256:${expected}`) return []
      return [
        {
          code: 'asset.digest_mismatch',
          severity: 'critical',
          message: `${path} is not the file whose digest the manifest names`,
          remedy: 'Build the bundle again, so that the manifest names the files that are in it',
        },
      ]
    })
  },
}

import type { Check } from '../subject.js'

const MIB = 1024 * 1024
/** Above this a component starts noticeably slower and crowds the slots' folders. */
const LARGE_COMPONENT_BYTES = 16 * MIB
const LARGE_BUNDLE_BYTES = 32 * MIB

const mib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`

/** Bundles within the reader's caps that are still larger than they should be. */
export const size: Check = {
  id: 'size',
  run: ({ manifest, files }) => {
    const total = [...files.values()].reduce((sum, file) => sum + file.byteLength, 0)
    const component = manifest.runtime.entry === undefined ? undefined : files.get(manifest.runtime.entry)
    const large = (code: string, message: string, remedy: string) =>
      ({ code, severity: 'low', message, remedy }) as const
    return [
      ...((component?.byteLength ?? 0) > LARGE_COMPONENT_BYTES
        ? [
            large(
              'size.component',
              `The component has ${mib(component!.byteLength)}, more than ${mib(LARGE_COMPONENT_BYTES)}`,
              'Build for size, and leave out what is not used',
            ),
          ]
        : []),
      ...(total > LARGE_BUNDLE_BYTES
        ? [
            large(
              'size.bundle',
              `The files have ${mib(total)}, more than ${mib(LARGE_BUNDLE_BYTES)}`,
              'Leave out files that the extension does not need',
            ),
          ]
        : []),
    ]
  },
}

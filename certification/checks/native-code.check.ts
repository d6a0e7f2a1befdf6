import type { Check } from '../subject.js'

const MAGIC: readonly (readonly [kind: string, prefix: readonly number[]])[] = [
  ['an ELF program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a Mach-O program', [0xcf, 0xfa, 0xed, 0xfe]],
  ['a Mach-O program', [0xca, 0xfe, 0xba, 0xbe]],
  ['a Windows program', [0x4d, 0x5a, 0x90, 0x00]],
]

const kindOf = (file: Uint8Array): string | undefined =>
  MAGIC.find(([, prefix]) => prefix.every((byte, index) => file[index] === byte))?.[0]

/** Machine code in a bundle: no slot runs it, so it is there for something else, unless it is declared as precompiled. */
export const nativeCode: Check = {
  id: 'native-code',
  run: ({ manifest, files }) => {
    const declared = new Set(manifest.precompiled.map(({ path }) => path))
    return [...files].flatMap(([path, file]) => {
      const kind = declared.has(path) ? undefined : kindOf(file)
      if (kind === undefined) return []
      return [
        {
          code: 'file.native_code',
          severity: 'high' as const,
          message: `${path} is ${kind}`,
          remedy: `Remove ${path}, or declare it under precompiled`,
        },
      ]
    })
  },
}

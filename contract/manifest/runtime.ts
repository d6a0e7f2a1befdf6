import { z } from 'zod'
import { BundlePath, Sha256, listOf } from './common.js'

const entry = BundlePath.optional()

/** A WebAssembly component in a slot: the runtime that this platform version runs. */
const Component = z.strictObject({ kind: z.literal('component'), entry: BundlePath })
const Deno = z.strictObject({ kind: z.literal('deno'), entry })
const Python = z.strictObject({ kind: z.literal('python'), entry })
const Static = z.strictObject({ kind: z.literal('static'), entry })
const Grafana = z.strictObject({ kind: z.literal('grafana'), entry })

/** What runs the extension and where in the bundle it starts. */
export const Runtime = z.discriminatedUnion('kind', [Component, Deno, Python, Static, Grafana], {
  error: 'must have a kind: component, deno, python, static or grafana',
})
export type Runtime = z.infer<typeof Runtime>

/** Kinds of runtime that can answer an endpoint, a hook, a schedule, an event or a service request. */
export const ANSWERING_RUNTIMES: readonly Runtime['kind'][] = ['component', 'deno', 'python']

/** Machine code made ahead of time for one target; it is never run in place of the entry unless both digests are signed. */
export const Precompiled = listOf(
  z.strictObject({
    target: z
      .string()
      .max(60)
      .regex(/^[a-z0-9_]+(-[a-z0-9_]+){1,3}$/, { error: 'must be a target such as x86_64-linux' }),
    path: BundlePath,
    sha256: Sha256,
  }),
  { max: 10, key: (item) => item.target, what: 'target' },
)

const Signature = z.strictObject({
  keyid: z.string().min(1).max(128),
  sig: z.base64({ error: 'must be base64' }).min(1).max(1024),
})

/** Files that come along. Digests and signatures are beside those of the bundle itself, which covers every byte. */
export const Assets = z.strictObject({
  icon: BundlePath.optional(),
  source_archive: BundlePath.optional(),
  files: listOf(
    z.strictObject({
      path: BundlePath,
      sha256: Sha256,
      media_type: z
        .string()
        .max(100)
        .regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, { error: 'must be a media type such as image/png' })
        .optional(),
      signatures: z.array(Signature).max(5).optional(),
    }),
    { max: 200, key: (item) => item.path, what: 'path' },
  ).default([]),
})

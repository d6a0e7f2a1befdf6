import { z } from 'zod'
import { BundlePath, LocalId, Title, listOf } from './common.js'

/** Places of the host's pages that an extension can fill. */
const UI_SLOTS = ['navigation.item', 'dashboard.card', 'record.tab', 'record.action', 'settings.page'] as const

const Slot = z.strictObject({ id: LocalId, slot: z.enum(UI_SLOTS), title: Title, entry: BundlePath })

/** User interface: one iframe on an origin of its own, and slots of the host's pages. */
export const Ui = z.strictObject({
  iframe: z
    .strictObject({
      entry: BundlePath,
      routes: z
        .array(
          z
            .string()
            .max(200)
            .regex(/^\/[A-Za-z0-9._~/-]*$/, { error: 'must be a path such as /settings' }),
        )
        .max(50)
        .default([]),
    })
    .optional(),
  slots: listOf(Slot, { max: 20, key: (slot) => slot.id, what: 'id' }).default([]),
})

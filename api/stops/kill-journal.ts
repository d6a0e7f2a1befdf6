import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { KillswitchInput } from '#contract/decisions/inputs.js'
import { Uuid } from '#contract/primitives.js'
import { KILL_SCOPES } from '#contract/vocabulary.js'

/** An order that could not be written, with all that is needed to decide and enter it later. */
const JournalledOrder = z.strictObject({
  order: z.strictObject({
    id: Uuid,
    scope: z.enum(KILL_SCOPES),
    target: z.string(),
    tenantId: Uuid.nullable(),
    publisherId: Uuid.nullable(),
    listedBy: Uuid,
    reason: z.string(),
    engagedBy: z.string(),
  }),
  facts: KillswitchInput.omit({ action: true, now: true, required_scope: true, waivers: true }),
  about: z.strictObject({ correlationId: z.string(), tenantId: Uuid }),
  engagedAt: z.iso.datetime(),
})
export type JournalledOrder = z.infer<typeof JournalledOrder>

/** Orders of this node that the database does not have yet: one file each, durable before it counts. */
export class KillJournal {
  constructor(private readonly folder: string) {}

  /** Keeps an order; resolves once file and folder are synced. */
  async keep(entry: JournalledOrder): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const path = this.pathOf(entry.order.id)
    const draft = await open(`${path}.new`, 'w', 0o600)
    try {
      await draft.writeFile(JSON.stringify(entry))
      await draft.sync()
    } finally {
      await draft.close()
    }
    await rename(`${path}.new`, path)
    await this.syncFolder()
  }

  /** All that is kept, oldest first. Rejects where an entry cannot be read: nobody knows then what should stand still. */
  async entries(): Promise<JournalledOrder[]> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    const kept = names.filter((name) => name.endsWith('.json')).toSorted()
    return Promise.all(
      kept.map(async (name) => JournalledOrder.parse(JSON.parse(await readFile(join(this.folder, name), 'utf8')))),
    )
  }

  /** Drops an order that the database has now. */
  async drop(id: string): Promise<void> {
    await unlink(this.pathOf(id))
    await this.syncFolder()
  }

  /** Puts an order aside that the gate no longer lets in, for people to look at. */
  async setAside(id: string): Promise<void> {
    await rename(this.pathOf(id), `${this.pathOf(id)}.refused`)
    await this.syncFolder()
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}.json`)
  }

  private async syncFolder(): Promise<void> {
    const folder = await open(this.folder, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }
}

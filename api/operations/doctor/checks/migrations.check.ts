import { join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { missingMigrations } from '../../../platform/database/migrations.js'
import type { Logins } from '../../owner-login.js'
import type { Check } from '../check.js'

/** Whether the schema is that of this release. */
export const migrations: Check<Logins> = {
  name: 'migrations',
  remedy: 'start the service once with MIGRATION_DATABASE_URL set; it brings the schema up to date',
  look: async ({ url }) => {
    const missing = await missingMigrations(url, join(packageRoot(), 'prisma'))
    if (missing.length > 0) return { ok: false, detail: `missing: ${missing.join(', ')}` }
    return { ok: true, detail: 'the schema is that of this release' }
  },
}

import type { Install } from '#contract/api/installs.js'
import type { VersionRow } from '../registry/catalogue.repository.js'
import { inWords } from '../registry/views.rules.js'
import type { InstallRow } from './installs.repository.js'

/** An install as the API shows it: all that its manifest asks for, and which of it was granted. */
export const installView = (row: InstallRow, version: VersionRow): Install => ({
  id: row.id,
  tenant_id: row.tenant_id,
  workspace_id: row.workspace_id,
  publisher_id: row.publisher_id,
  extension: version.extension,
  version: version.semver,
  digest: version.digest,
  status: row.status,
  permissions: inWords(version.manifest.permissions).map((permission) => ({
    ...permission,
    granted: row.permissions.includes(permission.id),
  })),
  secrets: version.manifest.secrets.map(({ name, required }) => ({
    name,
    required,
    set: row.secret_names.includes(name),
  })),
  config: row.config,
  endpoints: version.manifest.api.endpoints.map(({ id, method, path, title }) => ({ id, method, path, title })),
  warnings: [],
  revision: row.revision,
  created_at: row.created_at,
  decision_id: row.decision_id,
})

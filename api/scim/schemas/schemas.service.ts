import type { TenantDocuments } from '../../documents/documents.service.js'
import { findThere } from './schemas.repository.js'
import { requireSound } from './schemas.rules.js'

/** Schemas that organisations lay down, held against what they have already. */
export class ScimSchemas {
  constructor(documents: Pick<TenantDocuments, 'checkBy'>) {
    documents.checkBy('scim_schema', async (tx, name, document) => requireSound(document, await findThere(tx, name)))
  }
}

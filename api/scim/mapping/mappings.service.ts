import type { MappedPerson, ScimMappingPreview, ScimMappingTry, ScimPersonShown } from '#contract/api/scim-mapping.js'
import { problem } from '#contract/problems.js'
import { nameOf, type TenantDocuments } from '../../documents/documents.service.js'
import type { Database } from '../../platform/database/database.service.js'
import type { Queryable } from '../../platform/database/queryable.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { QUIRKS } from '../protocol/quirks.js'
import { readResource } from '../protocol/read-resource.js'
import { ScimError } from '../protocol/scim-error.js'
import { findSchemas } from '../schemas/schemas.repository.js'
import { usersBy } from '../schemas/schemas.rules.js'
import { contentOf } from '../users/user-row.rules.js'
import { findShownPerson } from './mapping.repository.js'
import { mappingFaults, type Mapping, type PersonSaid } from './mapping.rules.js'
import { foretold, mappingIn, remap } from './remap.js'

/** How many people are named where a mapping is tried; the others are counted. */
const NAMED = 100

type Try = ScimMappingTry

const shown = ({ name, addresses, fields }: PersonSaid): MappedPerson => ({
  ...{ name, email: addresses[0] ?? null, fields },
})

/** Which SCIM attribute becomes which field of a person. */
export class ScimMappings {
  constructor(
    private readonly database: Pick<Database, 'inScope'>,
    documents: Pick<TenantDocuments, 'checkBy' | 'carryOutBy'>,
  ) {
    documents.checkBy('scim_mapping', (tx, { tenantId }, document) => requireReadable(tx, tenantId, document))
    documents.carryOutBy('scim_mapping', (tx, _name, document) => remap(tx, document))
  }

  /** What would become of everybody, and of a user that is sent along, by a mapping. Raises `request.invalid`. */
  async preview(
    caller: Caller,
    named: { readonly name: string; readonly tenant_id?: string | undefined },
    { document, resource }: Try,
  ): Promise<ScimMappingPreview> {
    const { tenantId } = nameOf(caller, { kind: 'scim_mapping', ...named })
    return this.database.inScope(scopeOf(caller), async (tx) => {
      await requireReadable(tx, tenantId, document)
      const mapping = await mappingIn(tx, tenantId, document)
      const { people, changes } = await foretold(tx, tenantId, mapping)
      return {
        ...{ people, affected: changes.length },
        changes: changes.slice(0, NAMED).map(({ kept, ...after }) => ({
          ...{ id: kept.id, user_name: kept.user_name },
          before: { name: kept.name, email: kept.email, fields: kept.fields },
          after: { name: after.name, email: after.email, fields: after.fields },
        })),
        resource: resource ? await pasted(tx, tenantId, { mapping, resource }) : null,
      }
    })
  }

  /** Somebody with what the mapping made of them. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<ScimPersonShown> {
    const found = await this.database.inScope(scopeOf(caller), (tx) => findShownPerson(tx, id))
    if (!found)
      throw problem('not_found', {
        detail:
          'Nobody of this id came by SCIM, so no mapping made anything of them: gatehouse people list names who is here',
      })
    return found
  }
}

const requireReadable = async (tx: Queryable, tenantId: string, document: Try['document']): Promise<void> => {
  const errors = mappingFaults(document, usersBy(await findSchemas(tx, tenantId)))
  if (errors.length > 0) throw problem('request.invalid', { errors })
}

/** What a mapping makes of a user as a provider would send it, in the spelling of any. */
const pasted = async (
  tx: Queryable,
  tenantId: string,
  { mapping, resource }: { mapping: Mapping; resource: object },
): Promise<MappedPerson> => {
  try {
    const definition = usersBy(await findSchemas(tx, tenantId))
    return shown(mapping(contentOf(readResource(resource, definition, QUIRKS.entra))))
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    throw problem('request.invalid', { errors: [{ pointer: '/resource', detail: error.detail }] })
  }
}

import { PermissionId } from '../permissions.js'
import { listOf } from './common.js'

/** What the extension asks for. An admin grants all or fewer of them; nothing else can ever be granted. */
export const Permissions = listOf(PermissionId, { max: 50, key: (id) => id, what: 'permission' })

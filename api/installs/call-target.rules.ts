import type { About } from '../gate/gate.types.js'
import type { KillTarget } from '../killswitch/kill-state.service.js'
import type { CallTarget } from './call-target.js'

/** What a kill order would have to name to stop a call of this install. */
export const killTargetOf = ({ tenantId, publisherId, extension, semver, installId }: CallTarget) =>
  ({ tenantId, publisherId, extension, semver, installId }) satisfies KillTarget

/** Where decisions about a call of this install are filed. */
export const aboutCallOf = (target: CallTarget, correlationId: string): About => ({
  ...killTargetOf(target),
  correlationId,
  workspaceId: target.workspaceId,
})

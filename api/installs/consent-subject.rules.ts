import { z } from 'zod'
import { PermissionId } from '#contract/permissions.js'
import { Digest, ExtensionId, Semver, Uuid } from '#contract/primitives.js'
import { inWords } from '../registry/views.rules.js'
import { factsOf, type InstallPlan } from './install-plan.js'

/** What whoever consents is shown: exactly what would be granted to exactly which bytes. */
export const consentSubject = (plan: InstallPlan, sealedSecrets: string | null) => {
  const { version, workspace, install, installId, granted, previousSemver } = plan
  const { manifest } = version
  return {
    extension: version.extension,
    version: version.semver,
    previous_version: previousSemver,
    digest: version.digest,
    title: manifest.name,
    description: manifest.description,
    publisher_id: version.publisher_id,
    workspace_id: workspace.id,
    install: install && { id: installId, revision: install.revision },
    permissions: inWords(granted),
    widened: factsOf(plan).grant.widened,
    egress: manifest.egress,
    secrets: manifest.secrets.map(({ name }) => name),
    config: plan.config,
    sealed_secrets: sealedSecrets,
  }
}

/** The parts of a consent's subject that carrying it out needs. */
export const ConsentSubject = z.object({
  extension: ExtensionId,
  version: Semver,
  digest: Digest,
  workspace_id: Uuid,
  install: z.object({ id: Uuid, revision: z.int().positive() }).nullable(),
  permissions: z.array(z.object({ id: PermissionId })),
  config: z.record(z.string(), z.json()).optional(),
  sealed_secrets: Digest.nullable(),
})
export type ConsentSubject = z.infer<typeof ConsentSubject>

import type { Role } from '#contract/scopes.js'
import { platformTenant, type Founder, type FoundingTenant } from './founding.rules.js'

/** Somebody of an organisation, with a label such as `acme_admin`. Addresses lie in `.example` (RFC 2606). */
const person = (tenant: string, role: Role, name: string): Founder => ({
  label: `${tenant}_${role}`,
  name,
  email: `${role}@${tenant}.example`,
  roles: [role],
  kind: 'user',
})

const staff = (label: string, role: Role, name: string): Founder => ({
  ...person('platform', role, name),
  label,
  email: `${label.replace('_', '-')}@platform.example`,
})

const service = (tenant: string): Founder => ({
  label: `${tenant}_service`,
  name: `${tenant} batch jobs`,
  email: null,
  roles: ['member'],
  kind: 'service_account',
})

/** What the embedded profile starts with: the platform's own people, two customers, and a publisher that one of them runs. */
export const DEMO_TENANTS: readonly FoundingTenant[] = [
  platformTenant([
    staff('operator', 'operator', 'Olu, operator'),
    staff('security_lead', 'security_lead', 'Sasha, security lead'),
    staff('reviewer', 'security_lead', 'Rhea, reviewer'),
  ]),
  {
    slug: 'acme',
    name: 'Acme',
    publishers: [{ slug: 'acme-labs', name: 'Acme Labs', contact: 'labs@acme.example' }],
    people: [
      person('acme', 'owner', 'Ana, owner at Acme'),
      person('acme', 'admin', 'Adil, administrator at Acme'),
      person('acme', 'member', 'Mia, member at Acme'),
      { ...person('acme', 'developer', 'Dan, developer at Acme Labs'), publisher: 'acme-labs' },
      service('acme'),
    ],
  },
  {
    slug: 'globex',
    name: 'Globex',
    people: [
      person('globex', 'owner', 'Gus, owner at Globex'),
      person('globex', 'admin', 'Gita, administrator at Globex'),
      person('globex', 'member', 'Gil, member at Globex'),
      service('globex'),
    ],
  },
]

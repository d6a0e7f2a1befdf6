import { z } from 'zod'
import { TenantScopedQuery } from '../api/identity.js'
import { pageQuery } from '../api/page.js'
import {
  ClientCredential,
  ClientCredentialPage,
  ClientKeyCreate,
  ClientSecretCreate,
  ClientSecretCreated,
  ServiceAccount,
  ServiceAccountCreate,
  ServiceAccountHandover,
  ServiceAccountPage,
} from '../api/service-accounts.js'
import { FederatedIdentity, FederatedIdentityCreate, FederatedIdentityPage } from '../api/workload-identity.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** Service accounts and what they prove themselves by. */
export const serviceAccountEndpoints = {
  'accounts.list': endpoint({
    method: 'GET',
    path: '/v1/service-accounts',
    summary: 'Service accounts, and who answers for them',
    action: 'service_account.read',
    query: TenantScopedQuery,
    response: ServiceAccountPage,
    status: 200,
  }),
  'accounts.create': endpoint({
    method: 'POST',
    path: '/v1/service-accounts',
    summary: 'Add a service account',
    action: 'service_account.create',
    body: ServiceAccountCreate,
    response: ServiceAccount,
    status: 201,
  }),
  'accounts.handover': endpoint({
    method: 'POST',
    path: '/v1/service-accounts/{id}/handover',
    summary: 'Name another person who answers for a service account',
    action: 'service_account.handover',
    params,
    body: ServiceAccountHandover,
    response: ServiceAccount,
    status: 200,
  }),
  'accounts.credentials': endpoint({
    method: 'GET',
    path: '/v1/service-accounts/{id}/credentials',
    summary: 'What a service account proves itself by, without the secrets',
    action: 'service_account.read',
    params,
    query: z.strictObject(pageQuery),
    response: ClientCredentialPage,
    status: 200,
  }),
  'accounts.secret': endpoint({
    method: 'POST',
    path: '/v1/service-accounts/{id}/secrets',
    summary: 'Make a client secret, shown once; two count at once',
    action: 'service_account.credential_add',
    params,
    body: ClientSecretCreate,
    response: ClientSecretCreated,
    status: 201,
  }),
  'accounts.key': endpoint({
    method: 'POST',
    path: '/v1/service-accounts/{id}/keys',
    summary: 'Register a public key for private_key_jwt (RFC 7523)',
    action: 'service_account.credential_add',
    params,
    body: ClientKeyCreate,
    response: ClientCredential,
    status: 201,
  }),
  'accounts.revoke': endpoint({
    method: 'DELETE',
    path: '/v1/service-accounts/{id}/credentials/{credential_id}',
    summary: 'Revoke a secret or key; its tokens end with it',
    action: 'service_account.credential_revoke',
    params: z.strictObject({ id: Uuid, credential_id: Uuid }),
    response: ClientCredential,
    status: 200,
  }),
  'accounts.identities': endpoint({
    method: 'GET',
    path: '/v1/service-accounts/{id}/identities',
    summary: 'Outside issuers whose tokens a service account trusts',
    action: 'service_account.read',
    params,
    query: z.strictObject(pageQuery),
    response: FederatedIdentityPage,
    status: 200,
  }),
  'accounts.trust': endpoint({
    method: 'POST',
    path: '/v1/service-accounts/{id}/identities',
    summary: 'Trust tokens of an outside issuer, to be exchanged (RFC 8693)',
    action: 'service_account.identity_add',
    params,
    body: FederatedIdentityCreate,
    response: FederatedIdentity,
    status: 201,
  }),
  'accounts.distrust': endpoint({
    method: 'DELETE',
    path: '/v1/service-accounts/{id}/identities/{identity_id}',
    summary: 'Trust an outside issuer no more; what was exchanged by it ends',
    action: 'service_account.identity_remove',
    params: z.strictObject({ id: Uuid, identity_id: Uuid }),
    response: FederatedIdentity,
    status: 200,
  }),
}

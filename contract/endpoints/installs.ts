import { z } from 'zod'
import { Install, InstallCreate, InstallPage, InstallQuery, InstallUpdate, Uninstalled } from '../api/installs.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })

/** Extensions of an organisation. */
export const installEndpoints = {
  'installs.list': endpoint({
    method: 'GET',
    path: '/v1/installs',
    summary: 'Installs of the organisation, newest first',
    action: 'install.read',
    workspace: 'query',
    query: InstallQuery,
    response: InstallPage,
    status: 200,
  }),
  'installs.create': endpoint({
    method: 'POST',
    path: '/v1/installs',
    summary: 'Install an extension with the permissions that an admin grants',
    action: 'install.create',
    body: InstallCreate,
    response: Install,
    status: 201,
    held: true,
  }),
  'installs.show': endpoint({
    method: 'GET',
    path: '/v1/installs/{id}',
    summary: 'One install',
    action: 'install.read',
    params,
    response: Install,
    status: 200,
  }),
  'installs.update': endpoint({
    method: 'PATCH',
    path: '/v1/installs/{id}',
    summary: 'Change the version, the grant, the settings or the secrets of an install',
    action: 'install.update',
    params,
    body: InstallUpdate,
    response: Install,
    status: 200,
    held: true,
  }),
  'installs.uninstall': endpoint({
    method: 'DELETE',
    path: '/v1/installs/{id}',
    summary: 'Uninstall: its rows, secrets, subscriptions and stored entries go with it',
    action: 'install.uninstall',
    params,
    response: Uninstalled,
    status: 200,
  }),
}

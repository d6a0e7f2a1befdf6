import { z } from 'zod'
import { pageQuery } from '../api/page.js'
import {
  Workspace,
  WorkspaceArchive,
  WorkspaceCreate,
  WorkspaceMember,
  WorkspaceMemberPage,
  WorkspaceMemberSet,
  WorkspacePage,
  WorkspaceQuery,
  WorkspaceRestore,
  WorkspaceUpdate,
} from '../api/workspaces.js'
import { endpoint } from '../endpoint.js'
import { Uuid } from '../primitives.js'

const params = z.strictObject({ id: Uuid })
const member = z.strictObject({ id: Uuid, person: Uuid })

/** Workspaces of an organisation, and who has which role in one. */
export const workspaceEndpoints = {
  'workspaces.list': endpoint({
    method: 'GET',
    path: '/v1/workspaces',
    summary: 'Workspaces of an organisation',
    action: 'tenant.read',
    query: WorkspaceQuery,
    response: WorkspacePage,
    status: 200,
  }),
  'workspaces.show': endpoint({
    method: 'GET',
    path: '/v1/workspaces/{id}',
    summary: 'One workspace',
    action: 'workspace.read',
    workspace: 'path',
    params,
    response: Workspace,
    status: 200,
  }),
  'workspaces.create': endpoint({
    method: 'POST',
    path: '/v1/workspaces',
    summary: 'Create a workspace',
    action: 'workspace.create',
    body: WorkspaceCreate,
    response: Workspace,
    status: 201,
  }),
  'workspaces.update': endpoint({
    method: 'PATCH',
    path: '/v1/workspaces/{id}',
    summary: 'Rename a workspace',
    action: 'workspace.update',
    params,
    body: WorkspaceUpdate,
    response: Workspace,
    status: 200,
  }),
  'workspaces.archive': endpoint({
    method: 'POST',
    path: '/v1/workspaces/{id}/archive',
    summary: 'Archive a workspace: nothing is called or installed in it until it is restored',
    action: 'workspace.archive',
    params,
    body: WorkspaceArchive,
    response: Workspace,
    status: 200,
  }),
  'workspaces.restore': endpoint({
    method: 'POST',
    path: '/v1/workspaces/{id}/restore',
    summary: 'Restore an archived workspace',
    action: 'workspace.restore',
    params,
    body: WorkspaceRestore,
    response: Workspace,
    status: 200,
  }),
  'workspaces.members': endpoint({
    method: 'GET',
    path: '/v1/workspaces/{id}/members',
    summary: 'Who has which role in a workspace',
    action: 'workspace.read',
    workspace: 'path',
    params,
    query: z.strictObject(pageQuery),
    response: WorkspaceMemberPage,
    status: 200,
  }),
  'workspaces.setMember': endpoint({
    method: 'PUT',
    path: '/v1/workspaces/{id}/members/{person}',
    summary: 'Give somebody roles in a workspace, in place of those they had there',
    action: 'workspace.set_member',
    params: member,
    body: WorkspaceMemberSet,
    response: WorkspaceMember,
    status: 200,
  }),
  'workspaces.removeMember': endpoint({
    method: 'DELETE',
    path: '/v1/workspaces/{id}/members/{person}',
    summary: 'Take all roles in a workspace from somebody',
    action: 'workspace.remove_member',
    params: member,
    response: WorkspaceMember,
    status: 200,
  }),
}

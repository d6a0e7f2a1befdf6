import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { WorkspaceMembers } from './members.service.js'
import { Workspaces } from './workspaces.service.js'

/** Workspaces and their members over HTTP. */
@Controller()
export class WorkspacesController {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: WorkspaceMembers,
  ) {}

  @Endpoint('workspaces.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'workspaces.list'>) {
    return this.workspaces.list(caller, query)
  }

  @Endpoint('workspaces.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'workspaces.show'>) {
    return this.workspaces.show(caller, params.id)
  }

  @Endpoint('workspaces.create')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'workspaces.create'>) {
    return this.workspaces.create(caller, body)
  }

  @Endpoint('workspaces.update')
  rename(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'workspaces.update'>) {
    return this.workspaces.rename(caller, params.id, body)
  }

  @Endpoint('workspaces.archive')
  archive(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'workspaces.archive'>) {
    return this.workspaces.archive(caller, params.id, body)
  }

  @Endpoint('workspaces.restore')
  restore(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'workspaces.restore'>) {
    return this.workspaces.restore(caller, params.id, body)
  }

  @Endpoint('workspaces.members')
  listMembers(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'workspaces.members'>) {
    return this.members.list(caller, params.id, query)
  }

  @Endpoint('workspaces.setMember')
  setMember(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'workspaces.setMember'>) {
    return this.members.set(caller, { workspaceId: params.id, personId: params.person }, body)
  }

  @Endpoint('workspaces.removeMember')
  removeMember(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'workspaces.removeMember'>) {
    return this.members.remove(caller, { workspaceId: params.id, personId: params.person })
  }
}

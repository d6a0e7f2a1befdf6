"""Generated from contract/generated/openapi.json by npm run contract:generate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Literal, TypedDict

from ._sending import Group, Send

if TYPE_CHECKING:
    from typing_extensions import NotRequired


class ProblemReasonsItem(TypedDict):
    id: str
    message: str
    remedy: str
    params: NotRequired[dict[str, str | float | bool]]


class ProblemErrorsItem(TypedDict):
    pointer: str
    detail: str
    remedy: NotRequired[str]


class Problem(TypedDict):
    type: str
    title: str
    status: int
    code: Literal["request.invalid"] | Literal["request.malformed_json"] | Literal["request.too_large"] | Literal["request.headers_too_large"] | Literal["request.unsupported_media_type"] | Literal["request.timeout"] | Literal["not_found"] | Literal["method_not_allowed"] | Literal["already_exists"] | Literal["conflict"] | Literal["too_many"] | Literal["wrong_state"] | Literal["overloaded"] | Literal["internal"] | Literal["auth.required"] | Literal["auth.invalid"] | Literal["policy.denied"] | Literal["policy.unavailable"] | Literal["tenant_policy.unavailable"] | Literal["kill.engaged"] | Literal["kill.lease_stale"] | Literal["database.unavailable"] | Literal["ledger.unavailable"] | Literal["ledger.empty"] | Literal["ledger.not_sequenced"] | Literal["decision.gone"] | Literal["decision.search_too_wide"] | Literal["decision.not_replayable"] | Literal["decision.revision_missing"] | Literal["decision.not_traceable"] | Literal["policy.draft_closed"] | Literal["policy.revision_broken"] | Literal["policy.sources_missing"] | Literal["policy.base_moved"] | Literal["policy.unreadable"] | Literal["policy.rebase_conflict"] | Literal["policy.archive_missing"] | Literal["policy.tool_missing"] | Literal["auth.step_up_required"] | Literal["auth.session_ended"] | Literal["auth.proof_invalid"] | Literal["auth.token_bound"] | Literal["auth.csrf"] | Literal["sign_in.no_realm"] | Literal["sign_in.failed"] | Literal["sign_in.too_many"] | Literal["sign_in.busy"] | Literal["sign_in.passkeys_unavailable"] | Literal["sign_in.provider_unreachable"] | Literal["sign_in.no_public_url"] | Literal["manifest.invalid"] | Literal["version.exists"] | Literal["publisher.required"] | Literal["publisher.key_invalid"] | Literal["signature.malformed"] | Literal["bundle.path_traversal"] | Literal["bundle.bad_name"] | Literal["bundle.duplicate_entry"] | Literal["bundle.too_many_entries"] | Literal["bundle.link"] | Literal["bundle.too_large"] | Literal["bundle.ratio"] | Literal["bundle.truncated"] | Literal["bundle.malformed"] | Literal["component.refused"] | Literal["storage.corrupt"] | Literal["scanner.unavailable"] | Literal["execution.fuel_exhausted"] | Literal["execution.memory_exhausted"] | Literal["execution.time_exceeded"] | Literal["execution.output_exceeded"] | Literal["execution.host_calls_exhausted"] | Literal["execution.exited"] | Literal["execution.trap"] | Literal["execution.guest_error"] | Literal["execution.not_recorded"] | Literal["execution.not_replayable"] | Literal["execution.response_invalid"] | Literal["execution.crashed"] | Literal["execution.runner_lost"] | Literal["execution.killed"] | Literal["execution.client_gone"] | Literal["execution.input_exceeded"] | Literal["execution.isolation_absent"] | Literal["execution.concurrency_exceeded"] | Literal["execution.circuit_open"] | Literal["execution.limit_reached"] | Literal["execution.throttled"] | Literal["idempotency.key_reused"] | Literal["call.in_progress"] | Literal["call.interrupted"] | Literal["call.answer_not_kept"] | Literal["host.token_outdated"] | Literal["host.precondition_failed"] | Literal["host.call_refused"] | Literal["host.unreachable"]
    detail: str
    remedy: str
    correlation_id: str
    decision_id: NotRequired[str]
    reasons: NotRequired[List[ProblemReasonsItem]]
    errors: NotRequired[List[ProblemErrorsItem]]


class HeldApproval(TypedDict):
    id: str
    kind: Literal["review"] | Literal["consent"] | Literal["kill_release"] | Literal["policy"] | Literal["waiver"] | Literal["tenant_policy"] | Literal["scim_brake"] | Literal["erasure"] | Literal["organisation"]
    title: str
    expires_at: str
    url: str


class Held(TypedDict):
    approval: HeldApproval
    reasons: List[ProblemReasonsItem]
    decision_id: str


class OAuthError(TypedDict):
    error: Literal["invalid_request"] | Literal["invalid_client"] | Literal["invalid_grant"] | Literal["unsupported_grant_type"] | Literal["unauthorized_client"] | Literal["invalid_scope"] | Literal["invalid_target"] | Literal["authorization_pending"] | Literal["slow_down"] | Literal["access_denied"] | Literal["expired_token"] | Literal["invalid_dpop_proof"] | Literal["use_dpop_nonce"]
    error_description: str


class ScimError(TypedDict):
    schemas: List[Literal["urn:ietf:params:scim:api:messages:2.0:Error"]]
    status: str
    scimType: NotRequired[Literal["invalidFilter"] | Literal["tooMany"] | Literal["uniqueness"] | Literal["mutability"] | Literal["invalidSyntax"] | Literal["invalidPath"] | Literal["noTarget"] | Literal["invalidValue"] | Literal["invalidVers"] | Literal["sensitive"] | Literal["invalidCursor"] | Literal["expiredCursor"] | Literal["invalidCount"]]
    detail: str


class AccessExplainAnswerPerson(TypedDict):
    id: str
    name: str
    pseudonym: str


class AccessExplainAnswerRequest(TypedDict):
    endpoint: str
    method: str
    path: str


class AccessExplainAnswerObligationsItem(TypedDict):
    id: str
    params: NotRequired[dict[str, str | float | bool]]


class AccessExplainAnswerProblem(TypedDict):
    status: int
    code: str
    detail: str


class AccessExplainAnswerScopeByItem(TypedDict):
    role: str
    custom: bool
    workspace: str | None


class AccessExplainAnswerScope(TypedDict):
    required: Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]
    held: bool
    by: List[AccessExplainAnswerScopeByItem]
    given_by: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]


class AccessExplainAnswer(TypedDict):
    person: AccessExplainAnswerPerson
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"]
    decided_as: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"] | None
    request: AccessExplainAnswerRequest
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"] | Literal["not_decided"]
    decided_by: Literal["policy"] | Literal["kill"] | Literal["floor"] | Literal["unavailable"] | None
    cause: Literal["policy_unavailable"] | Literal["budget_exhausted"] | Literal["memory_exhausted"] | Literal["answer_invalid"] | Literal["input_invalid"] | Literal["ledger_unavailable"] | Literal["kill_lease_stale"] | Literal["tenant_policy_unavailable"] | None
    hidden: bool
    rules: List[str]
    reasons: List[ProblemReasonsItem]
    obligations: List[AccessExplainAnswerObligationsItem]
    revision: str | None
    problem: AccessExplainAnswerProblem | None
    scope: AccessExplainAnswerScope | None


AccessExplainBody = TypedDict(
    "AccessExplainBody",
    {
        "person": "str",
        "action": "Literal[\"platform.bootstrap\"] | Literal[\"platform.status\"] | Literal[\"tenant.create\"] | Literal[\"tenant.update\"] | Literal[\"tenant.suspend\"] | Literal[\"tenant.resume\"] | Literal[\"tenant.sandbox\"] | Literal[\"tenant.delete\"] | Literal[\"tenant.restore\"] | Literal[\"tenant.remove\"] | Literal[\"tenant.transfer\"] | Literal[\"tenant.export\"] | Literal[\"tenant.read\"] | Literal[\"workspace.read\"] | Literal[\"workspace.create\"] | Literal[\"workspace.update\"] | Literal[\"workspace.archive\"] | Literal[\"workspace.restore\"] | Literal[\"workspace.set_member\"] | Literal[\"workspace.remove_member\"] | Literal[\"person.create\"] | Literal[\"person.update\"] | Literal[\"person.read\"] | Literal[\"person.erase\"] | Literal[\"person.leave\"] | Literal[\"person.export\"] | Literal[\"person.export_own\"] | Literal[\"access.review\"] | Literal[\"invitation.read\"] | Literal[\"invitation.create\"] | Literal[\"invitation.resend\"] | Literal[\"invitation.revoke\"] | Literal[\"invitation.accept\"] | Literal[\"key.create\"] | Literal[\"key.revoke\"] | Literal[\"key.read\"] | Literal[\"service_account.read\"] | Literal[\"service_account.create\"] | Literal[\"service_account.handover\"] | Literal[\"service_account.credential_add\"] | Literal[\"service_account.credential_revoke\"] | Literal[\"service_account.identity_add\"] | Literal[\"service_account.identity_remove\"] | Literal[\"service_token.create\"] | Literal[\"service_token.exchange\"] | Literal[\"role.read\"] | Literal[\"role.write\"] | Literal[\"list.read\"] | Literal[\"list.write\"] | Literal[\"limits.read\"] | Literal[\"limits.write\"] | Literal[\"group_rules.read\"] | Literal[\"group_rules.write\"] | Literal[\"scim_schema.read\"] | Literal[\"scim_schema.write\"] | Literal[\"scim_mapping.read\"] | Literal[\"scim_mapping.write\"] | Literal[\"whoami.read\"] | Literal[\"access.read\"] | Literal[\"provider.read\"] | Literal[\"provider.create\"] | Literal[\"provider.update\"] | Literal[\"domain.read\"] | Literal[\"domain.claim\"] | Literal[\"domain.verify\"] | Literal[\"domain.release\"] | Literal[\"domain.lapse\"] | Literal[\"session.create\"] | Literal[\"session.read\"] | Literal[\"session.end\"] | Literal[\"session.revoke\"] | Literal[\"account.read\"] | Literal[\"account.knock\"] | Literal[\"account.enrol\"] | Literal[\"account.recover\"] | Literal[\"account.change\"] | Literal[\"account.reset\"] | Literal[\"scim.read\"] | Literal[\"scim.configure\"] | Literal[\"scim.look_up\"] | Literal[\"scim.provision\"] | Literal[\"scim.let_go\"] | Literal[\"scim.hold_off\"] | Literal[\"scim.release\"] | Literal[\"scim.reject\"] | Literal[\"scim.undo\"] | Literal[\"publisher.register\"] | Literal[\"publisher.key_add\"] | Literal[\"publisher.key_revoke\"] | Literal[\"publisher.verify\"] | Literal[\"publisher.read\"] | Literal[\"extension.submit\"] | Literal[\"extension.approve\"] | Literal[\"extension.promote\"] | Literal[\"extension.yank\"] | Literal[\"extension.read\"] | Literal[\"install.create\"] | Literal[\"install.update\"] | Literal[\"install.uninstall\"] | Literal[\"runtime_token.create\"] | Literal[\"runtime_token.revoke\"] | Literal[\"install.read\"] | Literal[\"extension.invoke\"] | Literal[\"capability.use\"] | Literal[\"execution.read\"] | Literal[\"event.redeliver\"] | Literal[\"call.read\"] | Literal[\"call.fetch\"] | Literal[\"execution.record\"] | Literal[\"execution.replay\"] | Literal[\"execution.export\"] | Literal[\"enforcement.set_rung\"] | Literal[\"kill.engage\"] | Literal[\"kill.release\"] | Literal[\"kill.read\"] | Literal[\"approval.vote\"] | Literal[\"approval.read\"] | Literal[\"decision.read\"] | Literal[\"decision.explain\"] | Literal[\"decision.replay\"] | Literal[\"audit.read\"] | Literal[\"audit.export\"] | Literal[\"audit.retain\"] | Literal[\"policy.read\"] | Literal[\"policy.draft\"] | Literal[\"policy.what_if\"] | Literal[\"policy.seal\"] | Literal[\"policy.activate\"] | Literal[\"policy.advance\"] | Literal[\"policy.revert\"] | Literal[\"policy.rollback\"] | Literal[\"policy.expire\"] | Literal[\"waiver.grant\"] | Literal[\"waiver.revoke\"] | Literal[\"tenant_policy.draft\"] | Literal[\"tenant_policy.activate\"] | Literal[\"tenant_policy.rollback\"] | Literal[\"agent.connect\"] | Literal[\"agent.report\"]",
        "resource": "NotRequired[str]",
        "endpoint": "NotRequired[str]",
        "method": "NotRequired[Literal[\"GET\"] | Literal[\"POST\"] | Literal[\"PUT\"] | Literal[\"PATCH\"] | Literal[\"DELETE\"]]",
        "workspace": "NotRequired[str]",
        "with": "NotRequired[dict[str, Any]]",
        "by": "NotRequired[Literal[\"key\"] | Literal[\"session\"] | Literal[\"fresh_session\"]]",
    },
)


class AccessReviewAnswerPeopleItemRolesItemWorkspace(TypedDict):
    id: str
    slug: str


class AccessReviewAnswerPeopleItemRolesItemBy(TypedDict):
    rule: str | None
    actor: str | None
    decision_id: str | None


class AccessReviewAnswerPeopleItemRolesItem(TypedDict):
    role: str
    kind: Literal["role"] | Literal["custom_role"] | Literal["group"] | Literal["workspace"]
    workspace: AccessReviewAnswerPeopleItemRolesItemWorkspace | None
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    since: str | None
    by: AccessReviewAnswerPeopleItemRolesItemBy
    last_used_at: str | None
    unused: bool


class AccessReviewAnswerPeopleItemKeysItem(TypedDict):
    id: str
    kind: Literal["api_key"] | Literal["secret"] | Literal["key"] | Literal["federated"]
    name: str
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]] | None
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    unused: bool


class AccessReviewAnswerPeopleItem(TypedDict):
    id: str
    kind: Literal["user"] | Literal["service_account"]
    name: str
    email: str | None
    pseudonym: str
    disabled_at: str | None
    managed: bool
    owner_id: str | None
    last_seen_at: str | None
    unused: bool
    roles: List[AccessReviewAnswerPeopleItemRolesItem]
    keys: List[AccessReviewAnswerPeopleItemKeysItem]


class AccessReviewAnswer(TypedDict):
    tenant_id: str
    at: str
    unused_days: int
    people: List[AccessReviewAnswerPeopleItem]


class AccessWhoCanAnswerItemsItem(TypedDict):
    person: AccessExplainAnswerPerson
    outcome: Literal["allow"] | Literal["hold"]
    rules: List[str]
    by: List[AccessExplainAnswerScopeByItem]


class AccessWhoCanAnswerUndecidedItem(TypedDict):
    status: int
    code: str
    detail: str
    people: int


class AccessWhoCanAnswer(TypedDict):
    items: List[AccessWhoCanAnswerItemsItem]
    next_cursor: Any
    asked: int
    undecided: List[AccessWhoCanAnswerUndecidedItem]


AccessWhoCanBody = TypedDict(
    "AccessWhoCanBody",
    {
        "action": "Literal[\"platform.bootstrap\"] | Literal[\"platform.status\"] | Literal[\"tenant.create\"] | Literal[\"tenant.update\"] | Literal[\"tenant.suspend\"] | Literal[\"tenant.resume\"] | Literal[\"tenant.sandbox\"] | Literal[\"tenant.delete\"] | Literal[\"tenant.restore\"] | Literal[\"tenant.remove\"] | Literal[\"tenant.transfer\"] | Literal[\"tenant.export\"] | Literal[\"tenant.read\"] | Literal[\"workspace.read\"] | Literal[\"workspace.create\"] | Literal[\"workspace.update\"] | Literal[\"workspace.archive\"] | Literal[\"workspace.restore\"] | Literal[\"workspace.set_member\"] | Literal[\"workspace.remove_member\"] | Literal[\"person.create\"] | Literal[\"person.update\"] | Literal[\"person.read\"] | Literal[\"person.erase\"] | Literal[\"person.leave\"] | Literal[\"person.export\"] | Literal[\"person.export_own\"] | Literal[\"access.review\"] | Literal[\"invitation.read\"] | Literal[\"invitation.create\"] | Literal[\"invitation.resend\"] | Literal[\"invitation.revoke\"] | Literal[\"invitation.accept\"] | Literal[\"key.create\"] | Literal[\"key.revoke\"] | Literal[\"key.read\"] | Literal[\"service_account.read\"] | Literal[\"service_account.create\"] | Literal[\"service_account.handover\"] | Literal[\"service_account.credential_add\"] | Literal[\"service_account.credential_revoke\"] | Literal[\"service_account.identity_add\"] | Literal[\"service_account.identity_remove\"] | Literal[\"service_token.create\"] | Literal[\"service_token.exchange\"] | Literal[\"role.read\"] | Literal[\"role.write\"] | Literal[\"list.read\"] | Literal[\"list.write\"] | Literal[\"limits.read\"] | Literal[\"limits.write\"] | Literal[\"group_rules.read\"] | Literal[\"group_rules.write\"] | Literal[\"scim_schema.read\"] | Literal[\"scim_schema.write\"] | Literal[\"scim_mapping.read\"] | Literal[\"scim_mapping.write\"] | Literal[\"whoami.read\"] | Literal[\"access.read\"] | Literal[\"provider.read\"] | Literal[\"provider.create\"] | Literal[\"provider.update\"] | Literal[\"domain.read\"] | Literal[\"domain.claim\"] | Literal[\"domain.verify\"] | Literal[\"domain.release\"] | Literal[\"domain.lapse\"] | Literal[\"session.create\"] | Literal[\"session.read\"] | Literal[\"session.end\"] | Literal[\"session.revoke\"] | Literal[\"account.read\"] | Literal[\"account.knock\"] | Literal[\"account.enrol\"] | Literal[\"account.recover\"] | Literal[\"account.change\"] | Literal[\"account.reset\"] | Literal[\"scim.read\"] | Literal[\"scim.configure\"] | Literal[\"scim.look_up\"] | Literal[\"scim.provision\"] | Literal[\"scim.let_go\"] | Literal[\"scim.hold_off\"] | Literal[\"scim.release\"] | Literal[\"scim.reject\"] | Literal[\"scim.undo\"] | Literal[\"publisher.register\"] | Literal[\"publisher.key_add\"] | Literal[\"publisher.key_revoke\"] | Literal[\"publisher.verify\"] | Literal[\"publisher.read\"] | Literal[\"extension.submit\"] | Literal[\"extension.approve\"] | Literal[\"extension.promote\"] | Literal[\"extension.yank\"] | Literal[\"extension.read\"] | Literal[\"install.create\"] | Literal[\"install.update\"] | Literal[\"install.uninstall\"] | Literal[\"runtime_token.create\"] | Literal[\"runtime_token.revoke\"] | Literal[\"install.read\"] | Literal[\"extension.invoke\"] | Literal[\"capability.use\"] | Literal[\"execution.read\"] | Literal[\"event.redeliver\"] | Literal[\"call.read\"] | Literal[\"call.fetch\"] | Literal[\"execution.record\"] | Literal[\"execution.replay\"] | Literal[\"execution.export\"] | Literal[\"enforcement.set_rung\"] | Literal[\"kill.engage\"] | Literal[\"kill.release\"] | Literal[\"kill.read\"] | Literal[\"approval.vote\"] | Literal[\"approval.read\"] | Literal[\"decision.read\"] | Literal[\"decision.explain\"] | Literal[\"decision.replay\"] | Literal[\"audit.read\"] | Literal[\"audit.export\"] | Literal[\"audit.retain\"] | Literal[\"policy.read\"] | Literal[\"policy.draft\"] | Literal[\"policy.what_if\"] | Literal[\"policy.seal\"] | Literal[\"policy.activate\"] | Literal[\"policy.advance\"] | Literal[\"policy.revert\"] | Literal[\"policy.rollback\"] | Literal[\"policy.expire\"] | Literal[\"waiver.grant\"] | Literal[\"waiver.revoke\"] | Literal[\"tenant_policy.draft\"] | Literal[\"tenant_policy.activate\"] | Literal[\"tenant_policy.rollback\"] | Literal[\"agent.connect\"] | Literal[\"agent.report\"]",
        "resource": "NotRequired[str]",
        "endpoint": "NotRequired[str]",
        "method": "NotRequired[Literal[\"GET\"] | Literal[\"POST\"] | Literal[\"PUT\"] | Literal[\"PATCH\"] | Literal[\"DELETE\"]]",
        "workspace": "NotRequired[str]",
        "with": "NotRequired[dict[str, Any]]",
        "by": "NotRequired[Literal[\"key\"] | Literal[\"session\"] | Literal[\"fresh_session\"]]",
        "tenant_id": "NotRequired[str]",
        "limit": "NotRequired[int]",
        "cursor": "NotRequired[str]",
    },
)


class AccountsCreateAnswer(TypedDict):
    id: str
    tenant_id: str
    publisher_id: str | None
    name: str
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]
    pseudonym: str
    disabled_at: str | None
    version: int
    created_at: str
    owner_id: str | None


class AccountsCreateBody(TypedDict):
    name: str
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: NotRequired[List[str]]
    owner_id: NotRequired[str]


class AccountsCredentialsAnswerItemsItem(TypedDict):
    id: str
    tenant_id: str
    principal_id: str
    kind: Literal["secret"] | Literal["key"]
    name: str
    prefix: str | None
    kid: str | None
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None
    created_at: str


class AccountsCredentialsAnswer(TypedDict):
    items: List[AccountsCredentialsAnswerItemsItem]
    next_cursor: Any


class AccountsDistrustAnswer(TypedDict):
    id: str
    tenant_id: str
    principal_id: str
    name: str
    issuer: str
    audience: str
    subject: str | None
    claims: dict[str, str]
    single_use: bool
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None
    created_at: str


class AccountsHandoverBody(TypedDict):
    version: int
    owner_id: str


class AccountsIdentitiesAnswer(TypedDict):
    items: List[AccountsDistrustAnswer]
    next_cursor: Any


class AccountsKeyBodyJwk(TypedDict):
    kid: NotRequired[str]
    use: NotRequired[Literal["sig"]]
    kty: Literal["EC"]
    crv: Literal["P-256"]
    alg: NotRequired[Literal["ES256"]]
    x: str
    y: str


class AccountsKeyBodyJwk2(TypedDict):
    kid: NotRequired[str]
    use: NotRequired[Literal["sig"]]
    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    alg: NotRequired[Literal["EdDSA"] | Literal["Ed25519"]]
    x: str


class AccountsKeyBodyJwk3(TypedDict):
    kid: NotRequired[str]
    use: NotRequired[Literal["sig"]]
    kty: Literal["RSA"]
    alg: NotRequired[Literal["RS256"] | Literal["PS256"]]
    n: str
    e: Literal["AQAB"]


class AccountsKeyBody(TypedDict):
    name: str
    expires_at: NotRequired[str]
    jwk: AccountsKeyBodyJwk | AccountsKeyBodyJwk2 | AccountsKeyBodyJwk3


class AccountsListAnswer(TypedDict):
    items: List[AccountsCreateAnswer]
    next_cursor: Any


class AccountsSecretAnswer(TypedDict):
    id: str
    tenant_id: str
    principal_id: str
    kind: Literal["secret"] | Literal["key"]
    name: str
    prefix: str | None
    kid: str | None
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None
    created_at: str
    secret: str


class AccountsSecretBody(TypedDict):
    name: str
    expires_at: NotRequired[str]


class AccountsTrustBody(TypedDict):
    name: str
    issuer: str
    audience: NotRequired[str]
    subject: NotRequired[str]
    claims: NotRequired[dict[str, str]]
    single_use: NotRequired[bool]
    expires_at: NotRequired[str]


class AgentsDecisionsAnswerItemsItem(TypedDict):
    id: str
    source: Literal["agent"]
    at: str
    received_at: str
    tenant: str
    agent: str
    principal: str
    decision_id: str
    path: Any
    gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"] | None
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"] | None
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | None
    revision: str | None
    error: Any
    masked: bool
    masked_paths: List[str]
    replayable: bool


class AgentsDecisionsAnswer(TypedDict):
    items: List[AgentsDecisionsAnswerItemsItem]
    next_cursor: Any


class AgentsListAnswerItemsItem(TypedDict):
    id: str
    tenant: str
    principal: str
    version: Any
    labels: dict[str, str]
    active_revision: Any
    follows: bool
    errors: List[str]
    refused_events: int
    reported_at: str | None
    seen_at: str


class AgentsListAnswer(TypedDict):
    items: List[AgentsListAnswerItemsItem]
    next_cursor: Any


class AgentsLogsAnswer(TypedDict):
    kept: int
    refused: int


class AgentsStatusAnswer(TypedDict):
    agent: str


class AgentsStatusBodyBundlesValue(TypedDict):
    active_revision: NotRequired[str]
    code: NotRequired[str]
    message: NotRequired[str]
    errors: NotRequired[List[Any]]


class AgentsStatusBody(TypedDict):
    labels: dict[str, str]
    bundles: NotRequired[dict[str, AgentsStatusBodyBundlesValue]]
    discovery: NotRequired[AgentsStatusBodyBundlesValue]


class ApprovalsListAnswerItemsItemVotesItem(TypedDict):
    voter: str
    verdict: Literal["approve"] | Literal["deny"]
    comment: str
    at: str


class ApprovalsListAnswerItemsItem(TypedDict):
    id: str
    tenant_id: str
    kind: Literal["review"] | Literal["consent"] | Literal["kill_release"] | Literal["policy"] | Literal["waiver"] | Literal["tenant_policy"] | Literal["scim_brake"] | Literal["erasure"] | Literal["organisation"]
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"]
    state: Literal["open"] | Literal["approved"] | Literal["denied"] | Literal["expired"] | Literal["voided"]
    title: str
    subject: Any
    subject_digest: str
    subject_publisher_id: str | None
    scope: Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]
    quorum: int
    opened_by: str
    waits_for_me: bool
    votes: List[ApprovalsListAnswerItemsItemVotesItem]
    expires_at: str
    settled_at: str | None
    voided_because: str | None
    created_at: str
    decision_id: str


class ApprovalsListAnswer(TypedDict):
    items: List[ApprovalsListAnswerItemsItem]
    next_cursor: Any


class ApprovalsVoteBody(TypedDict):
    verdict: Literal["approve"] | Literal["deny"]
    comment: NotRequired[str]
    subject_digest: str


class AuditListAnswerItemsItemResource(TypedDict):
    kind: str
    id: str


class AuditListAnswerItemsItemFrom(TypedDict):
    kind: Literal["session"] | Literal["key"] | Literal["scim"] | Literal["platform"] | Literal["nobody"]
    name: str | None


AuditListAnswerItemsItem = TypedDict(
    "AuditListAnswerItemsItem",
    {
        "id": "str",
        "at": "str",
        "source": "Literal[\"admin\"] | Literal[\"sign_in\"] | Literal[\"scim\"]",
        "tenant": "str",
        "actor": "str",
        "name": "str | None",
        "action": "Literal[\"platform.bootstrap\"] | Literal[\"platform.status\"] | Literal[\"tenant.create\"] | Literal[\"tenant.update\"] | Literal[\"tenant.suspend\"] | Literal[\"tenant.resume\"] | Literal[\"tenant.sandbox\"] | Literal[\"tenant.delete\"] | Literal[\"tenant.restore\"] | Literal[\"tenant.remove\"] | Literal[\"tenant.transfer\"] | Literal[\"tenant.export\"] | Literal[\"tenant.read\"] | Literal[\"workspace.read\"] | Literal[\"workspace.create\"] | Literal[\"workspace.update\"] | Literal[\"workspace.archive\"] | Literal[\"workspace.restore\"] | Literal[\"workspace.set_member\"] | Literal[\"workspace.remove_member\"] | Literal[\"person.create\"] | Literal[\"person.update\"] | Literal[\"person.read\"] | Literal[\"person.erase\"] | Literal[\"person.leave\"] | Literal[\"person.export\"] | Literal[\"person.export_own\"] | Literal[\"access.review\"] | Literal[\"invitation.read\"] | Literal[\"invitation.create\"] | Literal[\"invitation.resend\"] | Literal[\"invitation.revoke\"] | Literal[\"invitation.accept\"] | Literal[\"key.create\"] | Literal[\"key.revoke\"] | Literal[\"key.read\"] | Literal[\"service_account.read\"] | Literal[\"service_account.create\"] | Literal[\"service_account.handover\"] | Literal[\"service_account.credential_add\"] | Literal[\"service_account.credential_revoke\"] | Literal[\"service_account.identity_add\"] | Literal[\"service_account.identity_remove\"] | Literal[\"service_token.create\"] | Literal[\"service_token.exchange\"] | Literal[\"role.read\"] | Literal[\"role.write\"] | Literal[\"list.read\"] | Literal[\"list.write\"] | Literal[\"limits.read\"] | Literal[\"limits.write\"] | Literal[\"group_rules.read\"] | Literal[\"group_rules.write\"] | Literal[\"scim_schema.read\"] | Literal[\"scim_schema.write\"] | Literal[\"scim_mapping.read\"] | Literal[\"scim_mapping.write\"] | Literal[\"whoami.read\"] | Literal[\"access.read\"] | Literal[\"provider.read\"] | Literal[\"provider.create\"] | Literal[\"provider.update\"] | Literal[\"domain.read\"] | Literal[\"domain.claim\"] | Literal[\"domain.verify\"] | Literal[\"domain.release\"] | Literal[\"domain.lapse\"] | Literal[\"session.create\"] | Literal[\"session.read\"] | Literal[\"session.end\"] | Literal[\"session.revoke\"] | Literal[\"account.read\"] | Literal[\"account.knock\"] | Literal[\"account.enrol\"] | Literal[\"account.recover\"] | Literal[\"account.change\"] | Literal[\"account.reset\"] | Literal[\"scim.read\"] | Literal[\"scim.configure\"] | Literal[\"scim.look_up\"] | Literal[\"scim.provision\"] | Literal[\"scim.let_go\"] | Literal[\"scim.hold_off\"] | Literal[\"scim.release\"] | Literal[\"scim.reject\"] | Literal[\"scim.undo\"] | Literal[\"publisher.register\"] | Literal[\"publisher.key_add\"] | Literal[\"publisher.key_revoke\"] | Literal[\"publisher.verify\"] | Literal[\"publisher.read\"] | Literal[\"extension.submit\"] | Literal[\"extension.approve\"] | Literal[\"extension.promote\"] | Literal[\"extension.yank\"] | Literal[\"extension.read\"] | Literal[\"install.create\"] | Literal[\"install.update\"] | Literal[\"install.uninstall\"] | Literal[\"runtime_token.create\"] | Literal[\"runtime_token.revoke\"] | Literal[\"install.read\"] | Literal[\"extension.invoke\"] | Literal[\"capability.use\"] | Literal[\"execution.read\"] | Literal[\"event.redeliver\"] | Literal[\"call.read\"] | Literal[\"call.fetch\"] | Literal[\"execution.record\"] | Literal[\"execution.replay\"] | Literal[\"execution.export\"] | Literal[\"enforcement.set_rung\"] | Literal[\"kill.engage\"] | Literal[\"kill.release\"] | Literal[\"kill.read\"] | Literal[\"approval.vote\"] | Literal[\"approval.read\"] | Literal[\"decision.read\"] | Literal[\"decision.explain\"] | Literal[\"decision.replay\"] | Literal[\"audit.read\"] | Literal[\"audit.export\"] | Literal[\"audit.retain\"] | Literal[\"policy.read\"] | Literal[\"policy.draft\"] | Literal[\"policy.what_if\"] | Literal[\"policy.seal\"] | Literal[\"policy.activate\"] | Literal[\"policy.advance\"] | Literal[\"policy.revert\"] | Literal[\"policy.rollback\"] | Literal[\"policy.expire\"] | Literal[\"waiver.grant\"] | Literal[\"waiver.revoke\"] | Literal[\"tenant_policy.draft\"] | Literal[\"tenant_policy.activate\"] | Literal[\"tenant_policy.rollback\"] | Literal[\"agent.connect\"] | Literal[\"agent.report\"]",
        "did": "str",
        "outcome": "Literal[\"allow\"] | Literal[\"hold\"] | Literal[\"deny\"] | Literal[\"unavailable\"] | Literal[\"done\"] | Literal[\"refused\"] | Literal[\"failed\"]",
        "resource": "AuditListAnswerItemsItemResource | None",
        "reasons": "List[str]",
        "from": "AuditListAnswerItemsItemFrom",
        "decision_id": "str | None",
        "correlation_id": "str",
    },
)


class AuditListAnswer(TypedDict):
    items: List[AuditListAnswerItemsItem]
    next_cursor: Any


class AuthKeysAnswer(TypedDict):
    keys: List[dict[str, Any]]


class AuthLogoutAnswer(TypedDict):
    ended: int


class AuthPasskeyAnswer(TypedDict):
    location: str


class AuthPasskeyBodyResponseResponse(TypedDict):
    clientDataJSON: str
    authenticatorData: str
    signature: str
    userHandle: NotRequired[str]


class AuthPasskeyBodyResponse(TypedDict):
    id: str
    rawId: str
    response: AuthPasskeyBodyResponseResponse
    clientExtensionResults: NotRequired[dict[str, Any]]
    authenticatorAttachment: NotRequired[Literal["platform"] | Literal["cross-platform"]]
    type: Literal["public-key"]


class AuthPasskeyBody(TypedDict):
    response: AuthPasskeyBodyResponse


class AuthPasskeyChallengeBody(TypedDict):
    return_to: NotRequired[str]
    step_up: NotRequired[Literal["1"]]


class AuthSessionAnswerSession(TypedDict):
    id: str
    tenant_id: str
    principal_id: str
    provider_id: str | None
    client: Literal["browser"] | Literal["cli"]
    label: str
    acr: str | None
    second_factor: bool
    bound: bool
    auth_time: str
    current: bool
    last_used_at: str
    idle_until: str
    expires_at: str
    created_at: str


class AuthSessionAnswer(TypedDict):
    session: AuthSessionAnswerSession
    csrf_token: str


class BootstrapCreateAnswerPerson(TypedDict):
    id: str
    tenant_id: str
    publisher_id: str | None
    kind: Literal["user"] | Literal["service_account"]
    name: str
    email: str | None
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]
    pseudonym: str
    disabled_at: str | None
    version: int
    created_at: str


class BootstrapCreateAnswerKey(TypedDict):
    id: str
    tenant_id: str
    principal_id: str
    name: str
    prefix: str
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    expires_at: str | None
    revoked_at: str | None
    created_at: str
    secret: str


class BootstrapCreateAnswer(TypedDict):
    person: BootstrapCreateAnswerPerson
    key: BootstrapCreateAnswerKey


class BootstrapCreateBody(TypedDict):
    token: str
    name: str
    email: str


class CallsShowAnswer(TypedDict):
    id: str
    state: Literal["running"] | Literal["done"] | Literal["interrupted"]
    extension: str
    version: str
    endpoint: str
    status: int | None
    problem: str | None
    started_at: str
    ended_at: str | None
    expires_at: str
    result: str


class CanariesAdvanceAnswerPairsFlipsItem(TypedDict):
    rule: str
    foretold_rate: float
    bound: float
    found: int


class CanariesAdvanceAnswerPairs(TypedDict):
    pairs: int
    skipped: int
    flips: List[CanariesAdvanceAnswerPairsFlipsItem]
    unavailable: int
    cost_ratio: float | None
    unseen: List[str]


class CanariesAdvanceAnswerBreachSamplesItemBefore(TypedDict):
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"]
    rules: List[str]
    reasons: List[str]
    cause: Literal["budget"] | Literal["memory"] | Literal["trap"] | Literal["invalid"] | Literal["deadline"] | Literal["crashed"] | Literal["abandoned"] | None
    duties: NotRequired[List[str]]


class CanariesAdvanceAnswerBreachSamplesItem(TypedDict):
    decision_id: str
    at: int
    gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"]
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"]
    revision: str | None
    kind: Literal["outcome"] | Literal["reasons"] | Literal["duties"]
    before: CanariesAdvanceAnswerBreachSamplesItemBefore
    after: CanariesAdvanceAnswerBreachSamplesItemBefore


class CanariesAdvanceAnswerBreach(TypedDict):
    kind: Literal["flips"] | Literal["unavailable"] | Literal["cost"]
    rule: Any
    bound: float
    found: float
    step: CanariesAdvanceAnswerPairs
    samples: List[CanariesAdvanceAnswerBreachSamplesItem]
    seen_by: str


class CanariesAdvanceAnswer(TypedDict):
    id: str
    state: Literal["running"] | Literal["finished"] | Literal["reverted"] | Literal["overtaken"]
    revision: str
    base_revision: str
    percent: Literal[1] | Literal[10] | Literal[100]
    unit: Literal["tenant"] | Literal["install"]
    reason: str
    by: str
    approval_id: str | None
    what_if: str | None
    changed: List[str]
    pairs: CanariesAdvanceAnswerPairs
    breach: CanariesAdvanceAnswerBreach | None
    ended_by: str | None
    ended_because: Any
    started_at: str
    step_at: str
    ended_at: str | None
    decision_id: str


CanariesAdvanceBody = TypedDict(
    "CanariesAdvanceBody",
    {
        "reason": "str",
        "from": "NotRequired[Literal[1] | Literal[10] | Literal[100]]",
    },
)


class CanariesListAnswer(TypedDict):
    items: List[CanariesAdvanceAnswer]
    next_cursor: Any


class CanariesRevertBody(TypedDict):
    reason: str


class CredentialsAddPasskeyAnswer(TypedDict):
    id: str
    name: str
    backed_up: bool
    last_used_at: str | None
    created_at: str


class CredentialsAddPasskeyBodyResponseResponse(TypedDict):
    clientDataJSON: str
    attestationObject: str
    transports: NotRequired[List[str]]


class CredentialsAddPasskeyBodyResponse(TypedDict):
    id: str
    rawId: str
    response: CredentialsAddPasskeyBodyResponseResponse
    clientExtensionResults: NotRequired[dict[str, Any]]
    authenticatorAttachment: NotRequired[Literal["platform"] | Literal["cross-platform"]]
    type: Literal["public-key"]


class CredentialsAddPasskeyBody(TypedDict):
    name: str
    response: CredentialsAddPasskeyBodyResponse


class CredentialsConfirmTotpAnswer(TypedDict):
    allowed: bool
    password: bool
    totp: bool
    passkeys: List[CredentialsAddPasskeyAnswer]
    recovery_codes_left: int


class CredentialsConfirmTotpBody(TypedDict):
    secret: str
    code: str


class CredentialsOfferTotpAnswer(TypedDict):
    secret: str
    uri: str


class CredentialsPasswordBody(TypedDict):
    password: str


class CredentialsRecoveryCodesAnswer(TypedDict):
    codes: List[str]


class CredentialsResetAnswer(TypedDict):
    principal_id: str
    expires_at: str
    delivery: Literal["mailed"] | Literal["failed"] | Literal["shown"]
    page: str | None


class CredentialsResetBody(TypedDict):
    clear_second_factors: NotRequired[bool]


class DecisionsListAnswerItemsItem(TypedDict):
    id: str
    at: str
    tenant: str
    gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"]
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"]
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"]
    decided_by: Literal["policy"] | Literal["kill"] | Literal["floor"] | Literal["unavailable"]
    cause: Literal["policy_unavailable"] | Literal["budget_exhausted"] | Literal["memory_exhausted"] | Literal["answer_invalid"] | Literal["input_invalid"] | Literal["ledger_unavailable"] | Literal["kill_lease_stale"] | Literal["tenant_policy_unavailable"] | None
    actor: str | None
    resource: AuditListAnswerItemsItemResource | None
    extension: str | None
    install_id: str | None
    execution_id: str | None
    correlation_id: str | None
    reasons: List[str]
    rules: List[str]
    revision: str | None
    count: int


class DecisionsListAnswer(TypedDict):
    items: List[DecisionsListAnswerItemsItem]
    next_cursor: Any


class DecisionsReplayAnswer(TypedDict):
    decision_id: str
    revision: str
    equal: bool
    expected_digest: str
    actual_digest: str
    engine_same: bool
    input_intact: bool


class DecisionsShowAnswerRulesItemLocation(TypedDict):
    file: str
    line: int


class DecisionsShowAnswerRulesItem(TypedDict):
    id: str
    title: str | None
    description: str | None
    location: DecisionsShowAnswerRulesItemLocation | None


class DecisionsShowAnswerWaivedItem(TypedDict):
    reason: str
    waiver: str


class DecisionsShowAnswerLedger(TypedDict):
    leaf_hash: str
    leaf_index: int | None


class DecisionsShowAnswerAfter(TypedDict):
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"]
    reasons: List[str]


class DecisionsShowAnswer(TypedDict):
    id: str
    at: str
    tenant: str
    gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"]
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"]
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"]
    decided_by: Literal["policy"] | Literal["kill"] | Literal["floor"] | Literal["unavailable"]
    cause: Literal["policy_unavailable"] | Literal["budget_exhausted"] | Literal["memory_exhausted"] | Literal["answer_invalid"] | Literal["input_invalid"] | Literal["ledger_unavailable"] | Literal["kill_lease_stale"] | Literal["tenant_policy_unavailable"] | None
    actor: str | None
    resource: AuditListAnswerItemsItemResource | None
    extension: str | None
    install_id: str | None
    execution_id: str | None
    correlation_id: str | None
    reasons: List[ProblemReasonsItem]
    rules: List[DecisionsShowAnswerRulesItem]
    revision: str | None
    count: int
    input_digest: str | None
    engine: str | None
    tenant_module: str | None
    fuel: int | None
    expires_at: str | None
    waived: List[DecisionsShowAnswerWaivedItem]
    ledger: DecisionsShowAnswerLedger | None
    after: DecisionsShowAnswerAfter | None
    facts: NotRequired[Any]


class DecisionsTraceAnswerRulesItem(TypedDict):
    file: str
    line: int
    name: str
    id: str | None
    entered: int
    held: bool
    stopped_line: int | None


class DecisionsTraceAnswerFactsItem(TypedDict):
    document: Literal["input"] | Literal["data"]
    path: str
    found: bool
    value: NotRequired[Any]


class DecisionsTraceAnswerTenantRestrictionsItem(TypedDict):
    reason: str
    message: str
    remedy: str
    effect: Literal["deny"]


class DecisionsTraceAnswerTenantRestrictionsItem2Approval(TypedDict):
    kind: Literal["review"] | Literal["consent"] | Literal["kill_release"] | Literal["policy"] | Literal["waiver"] | Literal["tenant_policy"] | Literal["scim_brake"] | Literal["erasure"] | Literal["organisation"]
    scope: Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]
    quorum: int
    expires_in_s: int


class DecisionsTraceAnswerTenantRestrictionsItem2(TypedDict):
    reason: str
    message: str
    remedy: str
    effect: Literal["hold"]
    approval: DecisionsTraceAnswerTenantRestrictionsItem2Approval


class DecisionsTraceAnswerTenant(TypedDict):
    module: str
    restrictions: List[DecisionsTraceAnswerTenantRestrictionsItem | DecisionsTraceAnswerTenantRestrictionsItem2]


class DecisionsTraceAnswer(TypedDict):
    decision_id: str
    gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"]
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"]
    revision: str
    agrees: bool
    input_intact: bool
    expected_digest: str
    actual_digest: str | None
    fault: Any
    compiles_to: str | None
    rules: List[DecisionsTraceAnswerRulesItem]
    facts: List[DecisionsTraceAnswerFactsItem]
    facts_replaced: bool
    cut: bool
    tenant: DecisionsTraceAnswerTenant | None


class DeliveriesListAnswerItemsItem(TypedDict):
    id: str
    event_id: str
    type: str
    install_id: str
    extension: str
    state: Literal["waiting"] | Literal["delivered"] | Literal["dead"]
    attempts: int
    fault: str | None
    execution_id: str | None
    created_at: str
    updated_at: str


class DeliveriesListAnswer(TypedDict):
    items: List[DeliveriesListAnswerItemsItem]
    next_cursor: Any


class DomainsClaimAnswerRecord(TypedDict):
    name: str
    type: Literal["TXT"]
    value: str


class DomainsClaimAnswer(TypedDict):
    id: str
    tenant_id: str
    domain: str
    provider_id: str | None
    record: DomainsClaimAnswerRecord
    verified_at: str | None
    checked_at: str | None
    version: int
    created_at: str


class DomainsClaimBody(TypedDict):
    domain: str
    provider_id: NotRequired[str]


class DomainsListAnswer(TypedDict):
    items: List[DomainsClaimAnswer]
    next_cursor: Any


class DraftsCheckAnswerFilesItem(TypedDict):
    path: str
    digest: str


class DraftsCheckAnswerChecksStagesItemFindingsItem(TypedDict):
    stage: str
    file: Any
    line: int | None
    rule: Any
    message: str
    remedy: str


class DraftsCheckAnswerChecksStagesItem(TypedDict):
    name: str
    state: Literal["passed"] | Literal["failed"] | Literal["not_run"]
    detail: str
    findings: List[DraftsCheckAnswerChecksStagesItemFindingsItem]
    ms: float


class DraftsCheckAnswerChecks(TypedDict):
    ok: bool
    skipped: List[str]
    coverage: Any
    stages: List[DraftsCheckAnswerChecksStagesItem]


class DraftsCheckAnswer(TypedDict):
    id: str
    name: str
    state: Literal["open"] | Literal["sealed"] | Literal["discarded"]
    base_revision: str
    base_in_force: bool
    files: List[DraftsCheckAnswerFilesItem]
    source_commit: Any
    checks: DraftsCheckAnswerChecks | None
    checked: bool
    sealed_revision: str | None
    created_by: str
    decision_id: str
    version: int
    created_at: str
    updated_at: str


class DraftsCheckBody(TypedDict):
    version: int


class DraftsCreateBody(TypedDict):
    name: str
    base: NotRequired[str]
    files: NotRequired[dict[str, str]]
    source_commit: NotRequired[str]


class DraftsDiffAnswerFilesItem(TypedDict):
    path: str
    change: Literal["added"] | Literal["removed"] | Literal["changed"]
    patch: Any


class DraftsDiffAnswerMeaningEntrypointsItem(TypedDict):
    id: str
    change: Literal["added"] | Literal["removed"] | Literal["changed"]


class DraftsDiffAnswerMeaning(TypedDict):
    entrypoints: List[DraftsDiffAnswerMeaningEntrypointsItem]
    rules: List[DraftsDiffAnswerMeaningEntrypointsItem]
    reasons: List[DraftsDiffAnswerMeaningEntrypointsItem]
    data: List[DraftsDiffAnswerMeaningEntrypointsItem]


class DraftsDiffAnswerFaultsItem(TypedDict):
    file: Any
    line: int | None
    rule: Any
    message: str
    remedy: str


class DraftsDiffAnswer(TypedDict):
    files: List[DraftsDiffAnswerFilesItem]
    meaning: DraftsDiffAnswerMeaning | None
    faults: List[DraftsDiffAnswerFaultsItem]


class DraftsListAnswerItemsItem(TypedDict):
    id: str
    name: str
    state: Literal["open"] | Literal["sealed"] | Literal["discarded"]
    base_revision: str
    base_in_force: bool
    source_commit: Any
    checked: bool
    sealed_revision: str | None
    created_by: str
    decision_id: str
    version: int
    created_at: str
    updated_at: str


class DraftsListAnswer(TypedDict):
    items: List[DraftsListAnswerItemsItem]
    next_cursor: Any


class DraftsPushBody(TypedDict):
    files: dict[str, str]
    source_commit: NotRequired[str]
    version: int


class DraftsReadAnswer(TypedDict):
    path: str
    text: str
    version: int


class DraftsRebaseBody(TypedDict):
    version: int
    keep: NotRequired[List[str]]


class DraftsSealAnswer(TypedDict):
    revision: str
    bundle_revision: str
    base_revision: str
    draft_id: str | None
    source_commit: Any
    sealed_by: str
    decision_id: str
    sealed_at: str
    in_force: bool


class DraftsWriteBody(TypedDict):
    text: str
    version: int


class EventsListAnswerItemsItem(TypedDict):
    specversion: Literal["1.0"]
    id: str
    source: str
    type: str
    time: str
    datacontenttype: Literal["application/json"]
    data: dict[str, Any]
    extensionid: str
    extensionversion: str
    executionid: str
    hops: int
    traceparent: NotRequired[str]


class EventsListAnswer(TypedDict):
    items: List[EventsListAnswerItemsItem]
    next_cursor: Any


class ExecutionsListAnswerItemsItemDeniedItem(TypedDict):
    call: str
    reason: str
    count: int


class ExecutionsListAnswerItemsItem(TypedDict):
    id: str
    tenant: str
    workspace_id: str | None
    install_id: str | None
    extension: str
    version: str
    digest: str | None
    endpoint: str
    outcome: Literal["ok"] | Literal["guest_error"] | Literal["fuel_exhausted"] | Literal["memory_exhausted"] | Literal["time_exceeded"] | Literal["output_exceeded"] | Literal["host_calls_exhausted"] | Literal["exited"] | Literal["trap"] | Literal["killed"] | Literal["crashed"] | Literal["client_gone"] | Literal["input_exceeded"]
    status: int
    fuel: int
    memory_bytes: int
    wall_ms: float
    host_calls: int
    denied_calls: int
    denied: List[ExecutionsListAnswerItemsItemDeniedItem] | None
    output_bytes: int
    input_digest: str | None
    output_digest: str | None
    slot: str | None
    correlation_id: str | None
    trace_id: str | None
    started_at: str
    ended_at: str


class ExecutionsListAnswer(TypedDict):
    items: List[ExecutionsListAnswerItemsItem]
    next_cursor: Any


class ExecutionsReceiptAnswerReceipt(TypedDict):
    kind: Literal["execution"]
    id: str
    tenant_id: str
    workspace_id: str
    publisher_id: str
    install_id: str
    extension: str
    semver: str
    digest: str
    artifact: str
    engine: str
    revision: str | None
    endpoint: str
    outcome: Literal["ok"] | Literal["guest_error"] | Literal["fuel_exhausted"] | Literal["memory_exhausted"] | Literal["time_exceeded"] | Literal["output_exceeded"] | Literal["host_calls_exhausted"] | Literal["exited"] | Literal["trap"] | Literal["killed"] | Literal["crashed"] | Literal["client_gone"] | Literal["input_exceeded"]
    status: int
    fuel: int
    memory_bytes: int
    wall_ms: float
    host_calls: int
    denied_calls: int
    decisions: List[str]
    output_bytes: int
    input_digest: str
    output_digest: str | None
    recording_digest: str | None
    slot: str
    correlation_id: str
    started_at: int
    ended_at: int


class ExecutionsReceiptAnswer(TypedDict):
    receipt: ExecutionsReceiptAnswerReceipt
    entry: str
    leaf_hash: str
    leaf_index: int
    proof: List[str]
    checkpoint: str


class ExecutionsRecordingAnswerRequestBody(TypedDict):
    text: str


class ExecutionsRecordingAnswerRequestBody2(TypedDict):
    base64: str


class ExecutionsRecordingAnswerRequest(TypedDict):
    method: str
    path: str
    params: List[List[str]]
    query: List[List[str]]
    headers: List[List[str]]
    body: ExecutionsRecordingAnswerRequestBody | ExecutionsRecordingAnswerRequestBody2


class ExecutionsRecordingAnswerLimits(TypedDict):
    fuel: int
    memory_bytes: int
    wall_ms: float
    host_calls: int
    output_bytes: int


class ExecutionsRecordingAnswerStepsItemAnswer(TypedDict):
    ok: Any


class ExecutionsRecordingAnswerStepsItemAnswer2Error(TypedDict):
    code: str
    message: str
    decision_id: NotRequired[str]


class ExecutionsRecordingAnswerStepsItemAnswer2(TypedDict):
    error: ExecutionsRecordingAnswerStepsItemAnswer2Error


class ExecutionsRecordingAnswerStepsItemDecision(TypedDict):
    id: str
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"]
    reasons: List[ProblemReasonsItem]


class ExecutionsRecordingAnswerStepsItem(TypedDict):
    at: int
    name: str
    args: Any
    posted: bool
    answer: ExecutionsRecordingAnswerStepsItemAnswer | ExecutionsRecordingAnswerStepsItemAnswer2 | None
    decision: ExecutionsRecordingAnswerStepsItemDecision | None


class ExecutionsRecordingAnswerResultResponse(TypedDict):
    status: int
    headers: List[List[str]]
    body: ExecutionsRecordingAnswerRequestBody | ExecutionsRecordingAnswerRequestBody2


class ExecutionsRecordingAnswerResult(TypedDict):
    outcome: Literal["ok"] | Literal["guest_error"] | Literal["fuel_exhausted"] | Literal["memory_exhausted"] | Literal["time_exceeded"] | Literal["output_exceeded"] | Literal["host_calls_exhausted"] | Literal["exited"] | Literal["trap"] | Literal["killed"] | Literal["crashed"] | Literal["client_gone"] | Literal["input_exceeded"]
    response: ExecutionsRecordingAnswerResultResponse | None
    error: Any
    fuel: int
    memory_bytes: int
    wall_ms: float
    host_calls: int
    output_bytes: int


class ExecutionsRecordingAnswer(TypedDict):
    form: Literal[1]
    execution_id: str
    artifact: str
    now_ms: int
    request: ExecutionsRecordingAnswerRequest
    limits: ExecutionsRecordingAnswerLimits
    steps: List[ExecutionsRecordingAnswerStepsItem]
    result: ExecutionsRecordingAnswerResult


class ExecutionsReplayAnswerDifference(TypedDict):
    what: Literal["recording"] | Literal["host_call"] | Literal["outcome"] | Literal["status"] | Literal["headers"] | Literal["output"] | Literal["error"] | Literal["fuel"] | Literal["memory"] | Literal["decision"]
    at: int | None
    recorded: Any
    replayed: Any


class ExecutionsReplayAnswerEngine(TypedDict):
    recorded: str
    replayed: str
    same: bool


class ExecutionsReplayAnswerDecisions(TypedDict):
    equal: int
    of: int


class ExecutionsReplayAnswer(TypedDict):
    execution_id: str
    verdict: Literal["identical"] | Literal["different"]
    difference: ExecutionsReplayAnswerDifference | None
    engine: ExecutionsReplayAnswerEngine
    artifact: str
    host_calls: int
    fuel: int
    decisions: ExecutionsReplayAnswerDecisions


class ExtensionsListAnswerItemsItemPublisher(TypedDict):
    id: str
    slug: str
    name: str
    verified: bool


class ExtensionsListAnswerItemsItemPermissionsItem(TypedDict):
    id: Literal["kv:read"] | Literal["kv:write"] | Literal["log:read"] | Literal["log:write"] | Literal["config:read"] | Literal["metrics:write"] | Literal["http:fetch"] | Literal["secrets:read"] | Literal["events:publish"] | Literal["events:subscribe"] | Literal["services:call"] | Literal["model:invoke"] | Literal["query:read"] | Literal["workspace:read"] | Literal["workspace:write"] | Literal["command:run"] | Literal["people:read"] | Literal["expense:read"] | Literal["expense:write"] | Literal["pii:unmask"]
    risk: Literal["low"] | Literal["medium"] | Literal["high"] | Literal["critical"]
    title: str
    words: str


class ExtensionsListAnswerItemsItemVersionsItem(TypedDict):
    version: str
    digest: str
    channel: Literal["draft"] | Literal["beta"] | Literal["ga"]
    review_state: Literal["pending"] | Literal["in_review"] | Literal["approved"] | Literal["denied"] | Literal["quarantined"]
    yanked_at: str | None
    platform_compatible: bool
    created_at: str


class ExtensionsListAnswerItemsItem(TypedDict):
    id: str
    name: str
    title: str
    description: str
    type: Literal["ui-app"] | Literal["workflow-step"] | Literal["ai-agent"] | Literal["report"]
    categories: List[Literal["ai"] | Literal["analytics"] | Literal["compliance"] | Literal["developer-tools"] | Literal["finance"] | Literal["hr"] | Literal["integration"] | Literal["legal"] | Literal["marketing"] | Literal["operations"] | Literal["productivity"] | Literal["sales"] | Literal["security"] | Literal["support"]]
    publisher: ExtensionsListAnswerItemsItemPublisher
    rung: Literal["none"] | Literal["notice"] | Literal["warn"] | Literal["throttle"] | Literal["delist"] | Literal["suspend"] | Literal["terminate"]
    permissions: List[ExtensionsListAnswerItemsItemPermissionsItem]
    pricing: str
    author: str | None
    compatibility: str
    versions: List[ExtensionsListAnswerItemsItemVersionsItem]
    created_at: str


class ExtensionsListAnswer(TypedDict):
    items: List[ExtensionsListAnswerItemsItem]
    next_cursor: Any


class ExtensionsLogsAnswerItemsItem(TypedDict):
    id: str
    execution_id: str
    tenant: str
    level: Literal["debug"] | Literal["info"] | Literal["warn"] | Literal["error"]
    message: str
    at: str


class ExtensionsLogsAnswer(TypedDict):
    items: List[ExtensionsLogsAnswerItemsItem]
    next_cursor: Any


class ExtensionsMetricsAnswerItemsItem(TypedDict):
    install_id: str
    day: str
    kind: Literal["counter"] | Literal["gauge"] | Literal["histogram"]
    name: str
    labels: dict[str, str]
    count: int
    sum: float
    min: float
    max: float
    last: float


class ExtensionsMetricsAnswer(TypedDict):
    items: List[ExtensionsMetricsAnswerItemsItem]


class ExtensionsPublishAnswerUnbuiltFeaturesItem(TypedDict):
    feature: str
    pointer: str


class ExtensionsPublishAnswerCertificationFindingsItem(TypedDict):
    check: str
    code: str
    severity: Literal["info"] | Literal["low"] | Literal["medium"] | Literal["high"] | Literal["critical"]
    malware: bool
    message: str
    remedy: str


class ExtensionsPublishAnswerCertification(TypedDict):
    state: Literal["completed"] | Literal["unavailable"]
    checks: List[str]
    findings: List[ExtensionsPublishAnswerCertificationFindingsItem]


class ExtensionsPublishAnswer(TypedDict):
    id: str
    extension: str
    version: str
    publisher_id: str
    digest: str
    artifact_digest: str | None
    size_bytes: int
    channel: Literal["draft"] | Literal["beta"] | Literal["ga"]
    review_state: Literal["pending"] | Literal["in_review"] | Literal["approved"] | Literal["denied"] | Literal["quarantined"]
    yanked_at: str | None
    deprecation: str | None
    permissions: List[ExtensionsListAnswerItemsItemPermissionsItem]
    unbuilt_features: List[ExtensionsPublishAnswerUnbuiltFeaturesItem]
    platform_compatible: bool
    certification: ExtensionsPublishAnswerCertification
    signed_by: List[str]
    manifest: Any
    revision: int
    created_at: str
    decision_id: str


class ExtensionsSetRungAnswer(TypedDict):
    extension: str
    rung: Literal["none"] | Literal["notice"] | Literal["warn"] | Literal["throttle"] | Literal["delist"] | Literal["suspend"] | Literal["terminate"]
    previous: Literal["none"] | Literal["notice"] | Literal["warn"] | Literal["throttle"] | Literal["delist"] | Literal["suspend"] | Literal["terminate"]
    reason: str
    until: str | None
    decision_id: str


class ExtensionsSetRungBody(TypedDict):
    rung: Literal["none"] | Literal["notice"] | Literal["warn"] | Literal["throttle"] | Literal["delist"] | Literal["suspend"] | Literal["terminate"]
    reason: str
    severity_reason: NotRequired[str]
    until: NotRequired[str]


class GrouprulesDiffAnswerChangesItem(TypedDict):
    id: str
    change: Literal["added"] | Literal["removed"] | Literal["changed"]
    before: Any
    after: Any


GrouprulesDiffAnswer = TypedDict(
    "GrouprulesDiffAnswer",
    {
        "name": "str",
        "from": "int",
        "to": "int",
        "changes": "List[GrouprulesDiffAnswerChangesItem]",
    },
)


class GrouprulesHistoryAnswerItemsItemChanges(TypedDict):
    added: int
    removed: int
    changed: int


class GrouprulesHistoryAnswerItemsItem(TypedDict):
    name: str
    tenant_id: str
    revision: int
    why: str
    by: str
    reverts_to: int | None
    decision_id: str
    created_at: str
    changes: GrouprulesHistoryAnswerItemsItemChanges


class GrouprulesHistoryAnswer(TypedDict):
    items: List[GrouprulesHistoryAnswerItemsItem]
    next_cursor: Any


class GrouprulesListAnswerItemsItemDocumentEntriesItemInWorkspacesItem(TypedDict):
    workspace: str
    roles: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]


GrouprulesListAnswerItemsItemDocumentEntriesItem = TypedDict(
    "GrouprulesListAnswerItemsItemDocumentEntriesItem",
    {
        "display_name": "NotRequired[str]",
        "external_id": "NotRequired[str]",
        "id": "NotRequired[str]",
        "roles": "List[Literal[\"owner\"] | Literal[\"admin\"] | Literal[\"project_manager\"] | Literal[\"developer\"] | Literal[\"member\"] | Literal[\"auditor\"] | Literal[\"security_lead\"] | Literal[\"operator\"] | Literal[\"opa_agent\"] | Literal[\"scim_client\"]]",
        "custom_roles": "List[str]",
        "in_workspaces": "NotRequired[List[GrouprulesListAnswerItemsItemDocumentEntriesItemInWorkspacesItem]]",
        "from": "str | None",
        "until": "str | None",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


class GrouprulesListAnswerItemsItemDocument(TypedDict):
    title: str
    entries: List[GrouprulesListAnswerItemsItemDocumentEntriesItem]


class GrouprulesListAnswerItemsItem(TypedDict):
    name: str
    tenant_id: str
    revision: int
    why: str
    by: str
    reverts_to: int | None
    decision_id: str
    created_at: str
    document: GrouprulesListAnswerItemsItemDocument


class GrouprulesListAnswer(TypedDict):
    items: List[GrouprulesListAnswerItemsItem]
    next_cursor: Any


class GrouprulesPreviewAnswerRulesItem(TypedDict):
    rule: str
    groups: int
    members: int


class GrouprulesPreviewAnswerPeopleItemInWorkspacesItemWorkspace(TypedDict):
    id: str
    slug: str
    name: str


class GrouprulesPreviewAnswerPeopleItemInWorkspacesItem(TypedDict):
    workspace: GrouprulesPreviewAnswerPeopleItemInWorkspacesItemWorkspace
    gains: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]
    loses: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]


class GrouprulesPreviewAnswerPeopleItem(TypedDict):
    id: str
    name: str
    gains: List[str | Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    loses: List[str | Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    in_workspaces: List[GrouprulesPreviewAnswerPeopleItemInWorkspacesItem]


class GrouprulesPreviewAnswer(TypedDict):
    rules: List[GrouprulesPreviewAnswerRulesItem]
    affected: int
    people: List[GrouprulesPreviewAnswerPeopleItem]
    beyond_own: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    tokens_beyond: List[str]


GrouprulesPreviewBodyDocumentEntriesItem = TypedDict(
    "GrouprulesPreviewBodyDocumentEntriesItem",
    {
        "display_name": "NotRequired[str]",
        "external_id": "NotRequired[str]",
        "id": "NotRequired[str]",
        "roles": "NotRequired[List[Literal[\"owner\"] | Literal[\"admin\"] | Literal[\"project_manager\"] | Literal[\"developer\"] | Literal[\"member\"] | Literal[\"auditor\"] | Literal[\"security_lead\"] | Literal[\"operator\"] | Literal[\"opa_agent\"] | Literal[\"scim_client\"]]]",
        "custom_roles": "NotRequired[List[str]]",
        "in_workspaces": "NotRequired[List[GrouprulesListAnswerItemsItemDocumentEntriesItemInWorkspacesItem]]",
        "from": "NotRequired[str | None]",
        "until": "NotRequired[str | None]",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


class GrouprulesPreviewBodyDocument(TypedDict):
    title: str
    entries: List[GrouprulesPreviewBodyDocumentEntriesItem]


class GrouprulesPreviewBody(TypedDict):
    document: GrouprulesPreviewBodyDocument


class GrouprulesRevertBody(TypedDict):
    to: int
    why: str
    revision: int


class GrouprulesSetBody(TypedDict):
    document: GrouprulesPreviewBodyDocument
    why: str
    revision: int


class HealthLiveAnswer(TypedDict):
    status: str


class HostFetchAnswer(TypedDict):
    status: int
    headers: List[List[str]]
    body: str


class HostFetchBody(TypedDict):
    method: NotRequired[Literal["GET"] | Literal["HEAD"] | Literal["POST"] | Literal["PUT"] | Literal["PATCH"] | Literal["DELETE"]]
    url: str
    headers: NotRequired[List[List[str]]]
    body: NotRequired[str]


class HostKvListAnswer(TypedDict):
    items: List[str]
    next_cursor: Any


class HostKvWriteAnswer(TypedDict):
    version: int


class HostLogAnswerRefusedItem(TypedDict):
    call: str
    reason: str
    count: int


class HostLogAnswer(TypedDict):
    accepted: int
    refused: List[HostLogAnswerRefusedItem]
    at: str


class HostLogBodyLinesItem(TypedDict):
    level: NotRequired[Literal["debug"] | Literal["info"] | Literal["warn"] | Literal["error"]]
    message: str


class HostLogBody(TypedDict):
    lines: List[HostLogBodyLinesItem]


class HostMeasureBodyMeasurementsItem(TypedDict):
    kind: Literal["counter"] | Literal["gauge"] | Literal["histogram"]
    name: str
    value: float
    labels: NotRequired[dict[str, str]]


class HostMeasureBody(TypedDict):
    measurements: List[HostMeasureBodyMeasurementsItem]


class HostPublishAnswer(TypedDict):
    id: str


class HostPublishBody(TypedDict):
    type: str
    data: dict[str, Any]


class HostSecretAnswer(TypedDict):
    name: str
    value: str


class InstallsCreateAnswerPermissionsItem(TypedDict):
    id: Literal["kv:read"] | Literal["kv:write"] | Literal["log:read"] | Literal["log:write"] | Literal["config:read"] | Literal["metrics:write"] | Literal["http:fetch"] | Literal["secrets:read"] | Literal["events:publish"] | Literal["events:subscribe"] | Literal["services:call"] | Literal["model:invoke"] | Literal["query:read"] | Literal["workspace:read"] | Literal["workspace:write"] | Literal["command:run"] | Literal["people:read"] | Literal["expense:read"] | Literal["expense:write"] | Literal["pii:unmask"]
    risk: Literal["low"] | Literal["medium"] | Literal["high"] | Literal["critical"]
    title: str
    words: str
    granted: bool


class InstallsCreateAnswerSecretsItem(TypedDict):
    name: str
    required: bool
    set: bool


class InstallsCreateAnswerEndpointsItem(TypedDict):
    id: str
    method: str
    path: str
    title: str


class InstallsCreateAnswer(TypedDict):
    id: str
    tenant_id: str
    workspace_id: str
    publisher_id: str
    extension: str
    version: str
    digest: str
    status: Literal["active"] | Literal["disabled"] | Literal["uninstalled"]
    permissions: List[InstallsCreateAnswerPermissionsItem]
    secrets: List[InstallsCreateAnswerSecretsItem]
    config: dict[str, Any]
    endpoints: List[InstallsCreateAnswerEndpointsItem]
    warnings: List[str]
    revision: int
    created_at: str
    decision_id: str


class InstallsCreateBodyConsent(TypedDict):
    digest: str
    permissions: List[Literal["kv:read"] | Literal["kv:write"] | Literal["log:read"] | Literal["log:write"] | Literal["config:read"] | Literal["metrics:write"] | Literal["http:fetch"] | Literal["secrets:read"] | Literal["events:publish"] | Literal["events:subscribe"] | Literal["services:call"] | Literal["model:invoke"] | Literal["query:read"] | Literal["workspace:read"] | Literal["workspace:write"] | Literal["command:run"] | Literal["people:read"] | Literal["expense:read"] | Literal["expense:write"] | Literal["pii:unmask"]]


class InstallsCreateBody(TypedDict):
    extension: str
    version: NotRequired[str]
    workspace_id: NotRequired[str]
    permissions: NotRequired[List[Literal["kv:read"] | Literal["kv:write"] | Literal["log:read"] | Literal["log:write"] | Literal["config:read"] | Literal["metrics:write"] | Literal["http:fetch"] | Literal["secrets:read"] | Literal["events:publish"] | Literal["events:subscribe"] | Literal["services:call"] | Literal["model:invoke"] | Literal["query:read"] | Literal["workspace:read"] | Literal["workspace:write"] | Literal["command:run"] | Literal["people:read"] | Literal["expense:read"] | Literal["expense:write"] | Literal["pii:unmask"]]]
    secrets: NotRequired[dict[str, str]]
    config: NotRequired[dict[str, Any]]
    consent: NotRequired[InstallsCreateBodyConsent]


class InstallsListAnswer(TypedDict):
    items: List[InstallsCreateAnswer]
    next_cursor: Any


class InstallsUninstallAnswerRemoved(TypedDict):
    installs: int
    consents: int
    secrets: int
    subscriptions: int
    kv_entries: int
    kept_calls: int
    runtime_tokens: int
    deliveries: int


class InstallsUninstallAnswer(TypedDict):
    install_id: str
    removed: InstallsUninstallAnswerRemoved
    left: InstallsUninstallAnswerRemoved
    decision_id: str


class InstallsUpdateBody(TypedDict):
    revision: int
    version: NotRequired[str]
    permissions: NotRequired[List[Literal["kv:read"] | Literal["kv:write"] | Literal["log:read"] | Literal["log:write"] | Literal["config:read"] | Literal["metrics:write"] | Literal["http:fetch"] | Literal["secrets:read"] | Literal["events:publish"] | Literal["events:subscribe"] | Literal["services:call"] | Literal["model:invoke"] | Literal["query:read"] | Literal["workspace:read"] | Literal["workspace:write"] | Literal["command:run"] | Literal["people:read"] | Literal["expense:read"] | Literal["expense:write"] | Literal["pii:unmask"]]]
    secrets: NotRequired[dict[str, str]]
    config: NotRequired[dict[str, Any]]
    consent: NotRequired[InstallsCreateBodyConsent]


class InvitationsAcceptBody(TypedDict):
    token: str
    name: NotRequired[str]


class InvitationsCreateAnswerInWorkspacesItem(TypedDict):
    workspace_id: str
    roles: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]


class InvitationsCreateAnswer(TypedDict):
    id: str
    tenant_id: str
    email: str
    name: str | None
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]
    in_workspaces: List[InvitationsCreateAnswerInWorkspacesItem]
    state: Literal["open"] | Literal["accepted"] | Literal["revoked"] | Literal["expired"]
    invited_by: str
    principal_id: str | None
    expires_at: str
    version: int
    created_at: str
    accept_by: Literal["sign_in"] | Literal["password"] | Literal["token"]
    delivery: Literal["mailed"] | Literal["failed"] | Literal["shown"]
    token: str | None
    password_url: str | None


class InvitationsCreateBodyInWorkspacesItem(TypedDict):
    workspace_id: str
    roles: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]


class InvitationsCreateBody(TypedDict):
    email: str
    name: NotRequired[str]
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: NotRequired[List[str]]
    in_workspaces: NotRequired[List[InvitationsCreateBodyInWorkspacesItem]]
    expires_at: NotRequired[str]
    tenant_id: NotRequired[str]


class InvitationsListAnswerItemsItem(TypedDict):
    id: str
    tenant_id: str
    email: str
    name: str | None
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]
    in_workspaces: List[InvitationsCreateAnswerInWorkspacesItem]
    state: Literal["open"] | Literal["accepted"] | Literal["revoked"] | Literal["expired"]
    invited_by: str
    principal_id: str | None
    expires_at: str
    version: int
    created_at: str


class InvitationsListAnswer(TypedDict):
    items: List[InvitationsListAnswerItemsItem]
    next_cursor: Any


class KeysCreateBody(TypedDict):
    principal_id: NotRequired[str]
    name: str
    scopes: NotRequired[List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]]
    expires_at: NotRequired[str]


class KeysListAnswerItemsItem(TypedDict):
    id: str
    tenant_id: str
    principal_id: str
    name: str
    prefix: str
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    expires_at: str | None
    revoked_at: str | None
    created_at: str


class KeysListAnswer(TypedDict):
    items: List[KeysListAnswerItemsItem]
    next_cursor: Any


class KillsEngageAnswerOrder(TypedDict):
    id: str
    tenant_id: str
    scope: Literal["global"] | Literal["tenant"] | Literal["publisher"] | Literal["extension"] | Literal["version"] | Literal["install"]
    target: str
    reason: str
    engaged_by: str
    engaged_at: str
    released_at: str | None
    local: bool
    decision_id: str | None


class KillsEngageAnswerNodes(TypedDict):
    acknowledged: List[str]
    lapsed: List[str]
    not_reached: List[str]


class KillsEngageAnswer(TypedDict):
    order: KillsEngageAnswerOrder
    nodes: KillsEngageAnswerNodes


class KillsEngageBody(TypedDict):
    scope: Literal["global"]
    target: NotRequired[Literal["*"]]
    reason: str


class KillsEngageBody2(TypedDict):
    scope: Literal["tenant"]
    target: str
    reason: str


class KillsEngageBody3(TypedDict):
    scope: Literal["publisher"]
    target: str
    reason: str


class KillsEngageBody4(TypedDict):
    scope: Literal["extension"]
    target: str
    reason: str


class KillsEngageBody5(TypedDict):
    scope: Literal["version"]
    target: str
    reason: str


class KillsEngageBody6(TypedDict):
    scope: Literal["install"]
    target: str
    reason: str


class KillsListAnswer(TypedDict):
    items: List[KillsEngageAnswerOrder]
    next_cursor: Any


class LedgerCheckpointAnswer(TypedDict):
    note: str
    origin: str
    size: int
    root: str
    signed_at: str
    expires_at: str
    unsequenced: int


LedgerConsistencyAnswer = TypedDict(
    "LedgerConsistencyAnswer",
    {
        "from": "int",
        "to": "int",
        "from_root": "str",
        "to_root": "str",
        "proof": "List[str]",
    },
)


class LedgerInclusionAnswer(TypedDict):
    entry: str
    leaf_hash: str
    leaf_index: int
    proof: List[str]
    checkpoint: str


class LedgerKeysAnswerKeysItem(TypedDict):
    name: str
    algorithm: Literal["ed25519"]
    verifier: str


class LedgerKeysAnswer(TypedDict):
    keys: List[LedgerKeysAnswerKeysItem]


LimitsListAnswerItemsItemDocumentEntriesItem = TypedDict(
    "LimitsListAnswerItemsItemDocumentEntriesItem",
    {
        "limit": "Literal[\"calls_per_day\"]",
        "value": "int",
        "extension": "str",
        "from": "str | None",
        "until": "str | None",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


LimitsListAnswerItemsItemDocumentEntriesItem2 = TypedDict(
    "LimitsListAnswerItemsItemDocumentEntriesItem2",
    {
        "limit": "Literal[\"calls_per_minute\"]",
        "value": "int",
        "extension": "str",
        "from": "str | None",
        "until": "str | None",
        "why": "str",
        "by": "NotRequired[str]",
        "per": "Literal[\"install\"] | Literal[\"organisation\"] | Literal[\"key\"] | Literal[\"endpoint\"]",
    },
)


LimitsListAnswerItemsItemDocumentEntriesItem3 = TypedDict(
    "LimitsListAnswerItemsItemDocumentEntriesItem3",
    {
        "limit": "Literal[\"installs\"]",
        "value": "int",
        "extension": "str",
        "from": "str | None",
        "until": "str | None",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


LimitsListAnswerItemsItemDocumentEntriesItem4 = TypedDict(
    "LimitsListAnswerItemsItemDocumentEntriesItem4",
    {
        "limit": "Literal[\"grant_risk\"]",
        "value": "Literal[\"low\"] | Literal[\"medium\"] | Literal[\"high\"] | Literal[\"critical\"]",
        "extension": "str",
        "from": "str | None",
        "until": "str | None",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


class LimitsListAnswerItemsItemDocument(TypedDict):
    title: str
    entries: List[LimitsListAnswerItemsItemDocumentEntriesItem | LimitsListAnswerItemsItemDocumentEntriesItem2 | LimitsListAnswerItemsItemDocumentEntriesItem3 | LimitsListAnswerItemsItemDocumentEntriesItem4]


class LimitsListAnswerItemsItem(TypedDict):
    name: str
    tenant_id: str
    revision: int
    why: str
    by: str
    reverts_to: int | None
    decision_id: str
    created_at: str
    document: LimitsListAnswerItemsItemDocument


class LimitsListAnswer(TypedDict):
    items: List[LimitsListAnswerItemsItem]
    next_cursor: Any


LimitsSetBodyDocumentEntriesItem = TypedDict(
    "LimitsSetBodyDocumentEntriesItem",
    {
        "limit": "Literal[\"calls_per_day\"]",
        "value": "int",
        "extension": "NotRequired[str]",
        "from": "NotRequired[str | None]",
        "until": "NotRequired[str | None]",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


LimitsSetBodyDocumentEntriesItem2 = TypedDict(
    "LimitsSetBodyDocumentEntriesItem2",
    {
        "limit": "Literal[\"calls_per_minute\"]",
        "value": "int",
        "extension": "NotRequired[str]",
        "from": "NotRequired[str | None]",
        "until": "NotRequired[str | None]",
        "why": "str",
        "by": "NotRequired[str]",
        "per": "NotRequired[Literal[\"install\"] | Literal[\"organisation\"] | Literal[\"key\"] | Literal[\"endpoint\"]]",
    },
)


LimitsSetBodyDocumentEntriesItem3 = TypedDict(
    "LimitsSetBodyDocumentEntriesItem3",
    {
        "limit": "Literal[\"installs\"]",
        "value": "int",
        "extension": "NotRequired[str]",
        "from": "NotRequired[str | None]",
        "until": "NotRequired[str | None]",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


LimitsSetBodyDocumentEntriesItem4 = TypedDict(
    "LimitsSetBodyDocumentEntriesItem4",
    {
        "limit": "Literal[\"grant_risk\"]",
        "value": "Literal[\"low\"] | Literal[\"medium\"] | Literal[\"high\"] | Literal[\"critical\"]",
        "extension": "NotRequired[str]",
        "from": "NotRequired[str | None]",
        "until": "NotRequired[str | None]",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


class LimitsSetBodyDocument(TypedDict):
    title: str
    entries: List[LimitsSetBodyDocumentEntriesItem | LimitsSetBodyDocumentEntriesItem2 | LimitsSetBodyDocumentEntriesItem3 | LimitsSetBodyDocumentEntriesItem4]


class LimitsSetBody(TypedDict):
    document: LimitsSetBodyDocument
    why: str
    revision: int


ListsListAnswerItemsItemDocumentEntriesItem = TypedDict(
    "ListsListAnswerItemsItemDocumentEntriesItem",
    {
        "effect": "Literal[\"allow\"] | Literal[\"deny\"] | Literal[\"pin\"]",
        "extension": "NotRequired[str]",
        "publisher": "NotRequired[str]",
        "version": "NotRequired[str]",
        "category": "NotRequired[Literal[\"ai\"] | Literal[\"analytics\"] | Literal[\"compliance\"] | Literal[\"developer-tools\"] | Literal[\"finance\"] | Literal[\"hr\"] | Literal[\"integration\"] | Literal[\"legal\"] | Literal[\"marketing\"] | Literal[\"operations\"] | Literal[\"productivity\"] | Literal[\"sales\"] | Literal[\"security\"] | Literal[\"support\"]]",
        "permission": "NotRequired[str]",
        "from": "str | None",
        "until": "str | None",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


class ListsListAnswerItemsItemDocument(TypedDict):
    title: str
    admits: Literal["all"] | Literal["listed"]
    entries: List[ListsListAnswerItemsItemDocumentEntriesItem]


class ListsListAnswerItemsItem(TypedDict):
    name: str
    tenant_id: str
    revision: int
    why: str
    by: str
    reverts_to: int | None
    decision_id: str
    created_at: str
    document: ListsListAnswerItemsItemDocument


class ListsListAnswer(TypedDict):
    items: List[ListsListAnswerItemsItem]
    next_cursor: Any


ListsSetBodyDocumentEntriesItem = TypedDict(
    "ListsSetBodyDocumentEntriesItem",
    {
        "effect": "Literal[\"allow\"] | Literal[\"deny\"] | Literal[\"pin\"]",
        "extension": "NotRequired[str]",
        "publisher": "NotRequired[str]",
        "version": "NotRequired[str]",
        "category": "NotRequired[Literal[\"ai\"] | Literal[\"analytics\"] | Literal[\"compliance\"] | Literal[\"developer-tools\"] | Literal[\"finance\"] | Literal[\"hr\"] | Literal[\"integration\"] | Literal[\"legal\"] | Literal[\"marketing\"] | Literal[\"operations\"] | Literal[\"productivity\"] | Literal[\"sales\"] | Literal[\"security\"] | Literal[\"support\"]]",
        "permission": "NotRequired[str]",
        "from": "NotRequired[str | None]",
        "until": "NotRequired[str | None]",
        "why": "str",
        "by": "NotRequired[str]",
    },
)


class ListsSetBodyDocument(TypedDict):
    title: str
    admits: NotRequired[Literal["all"] | Literal["listed"]]
    entries: List[ListsSetBodyDocumentEntriesItem]


class ListsSetBody(TypedDict):
    document: ListsSetBodyDocument
    why: str
    revision: int


class OauthMetadataAnswer(TypedDict):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    device_authorization_endpoint: str
    revocation_endpoint: str


class OpenapiDocumentAnswer(TypedDict):
    openapi: Literal["3.1.0"]


class PeopleByGroupsAnswerItemsItemByGroupsItemGroup(TypedDict):
    id: str
    display_name: str


class PeopleByGroupsAnswerItemsItemByGroupsItem(TypedDict):
    group: PeopleByGroupsAnswerItemsItemByGroupsItemGroup
    rules: str
    revision: int
    rule: GrouprulesListAnswerItemsItemDocumentEntriesItem


class PeopleByGroupsAnswerItemsItem(TypedDict):
    id: str
    by_groups: List[PeopleByGroupsAnswerItemsItemByGroupsItem]


class PeopleByGroupsAnswer(TypedDict):
    items: List[PeopleByGroupsAnswerItemsItem]
    next_cursor: Any


class PeopleCreateBody(TypedDict):
    name: str
    kind: NotRequired[Literal["user"] | Literal["service_account"]]
    email: NotRequired[str]
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: NotRequired[List[str]]
    publisher_id: NotRequired[str]
    tenant_id: NotRequired[str]


class PeopleEraseAnswerEnded(TypedDict):
    sessions: int
    keys: int
    tokens: int
    accounts: List[str]


class PeopleEraseAnswer(TypedDict):
    pseudonym: str
    erased_at: str
    ended: PeopleEraseAnswerEnded


class PeopleExportAnswerIdentitiesItem(TypedDict):
    provider: str
    issuer: str
    subject: str
    since: str


class PeopleExportAnswerScim(TypedDict):
    user_name: str
    external_id: str | None
    attributes: Any
    mapped: dict[str, str]
    groups: List[str]


class PeopleExportAnswerInvitationsItem(TypedDict):
    id: str
    email: str
    name: str | None
    invited_by: str
    created_at: str
    accepted_at: str | None


class PeopleExportAnswerSessionsItem(TypedDict):
    id: str
    client: Literal["browser"] | Literal["cli"]
    label: str
    issuer: str
    auth_time: str
    created_at: str
    last_used_at: str
    ended_at: str | None
    ended_because: str | None


class PeopleExportAnswerRolesItem(TypedDict):
    role: str
    kind: Literal["role"] | Literal["custom_role"] | Literal["group"] | Literal["workspace"]
    workspace: AccessReviewAnswerPeopleItemRolesItemWorkspace | None
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    since: str | None
    by: AccessReviewAnswerPeopleItemRolesItemBy


class PeopleExportAnswerKeysItem(TypedDict):
    id: str
    tenant_id: str
    principal_id: str
    name: str
    prefix: str
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    expires_at: str | None
    revoked_at: str | None
    created_at: str
    last_used_at: str | None


class PeopleExportAnswerServiceAccountsItem(TypedDict):
    id: str
    name: str


class PeopleExportAnswerVotesItem(TypedDict):
    approval_id: str
    verdict: str
    comment: str
    at: str


class PeopleExportAnswerProvisioningItemEffectsItemResource(TypedDict):
    type: Literal["User"] | Literal["Group"]
    id: str
    display: str


class PeopleExportAnswerProvisioningItemEffectsItemByGroup(TypedDict):
    id: str
    display: str


class PeopleExportAnswerProvisioningItemEffectsItem(TypedDict):
    kind: Literal["user.created"] | Literal["user.adopted"] | Literal["user.changed"] | Literal["user.deactivated"] | Literal["user.reactivated"] | Literal["user.deleted"] | Literal["sessions.ended"] | Literal["keys.revoked"] | Literal["service_account.disabled"] | Literal["roles.lost"] | Literal["group.created"] | Literal["group.changed"] | Literal["group.deleted"] | Literal["member.added"] | Literal["member.removed"]
    resource: PeopleExportAnswerProvisioningItemEffectsItemResource
    changed: NotRequired[List[str]]
    member: NotRequired[str]
    by_group: NotRequired[PeopleExportAnswerProvisioningItemEffectsItemByGroup]
    detail: NotRequired[str]


class PeopleExportAnswerProvisioningItem(TypedDict):
    id: str
    tenant_id: str
    connection_id: str
    token_id: str
    method: str
    path: str
    resource_type: str | None
    resource_id: str | None
    status: int
    outcome: Literal["done"] | Literal["refused"] | Literal["failed"]
    scim_type: str | None
    detail: str | None
    effects: List[PeopleExportAnswerProvisioningItemEffectsItem]
    effect_count: int
    would: bool
    duration_ms: int
    decision_id: str | None
    correlation_id: str
    at: str


class PeopleExportAnswer(TypedDict):
    at: str
    profile: BootstrapCreateAnswerPerson
    identities: List[PeopleExportAnswerIdentitiesItem]
    scim: PeopleExportAnswerScim | None
    invitations: List[PeopleExportAnswerInvitationsItem]
    sessions: List[PeopleExportAnswerSessionsItem]
    roles: List[PeopleExportAnswerRolesItem]
    keys: List[PeopleExportAnswerKeysItem]
    service_accounts: List[PeopleExportAnswerServiceAccountsItem]
    votes: List[PeopleExportAnswerVotesItem]
    decisions: List[DecisionsListAnswerItemsItem]
    audit: List[AuditListAnswerItemsItem]
    provisioning: List[PeopleExportAnswerProvisioningItem]
    more: bool


class PeopleListAnswer(TypedDict):
    items: List[BootstrapCreateAnswerPerson]
    next_cursor: Any


class PeopleRolesAnswerOwn(TypedDict):
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]


class PeopleRolesAnswerInWorkspacesItem(TypedDict):
    workspace: GrouprulesPreviewAnswerPeopleItemInWorkspacesItemWorkspace
    roles: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]


class PeopleRolesAnswer(TypedDict):
    id: str
    own: PeopleRolesAnswerOwn
    by_groups: List[PeopleByGroupsAnswerItemsItemByGroupsItem]
    in_workspaces: List[PeopleRolesAnswerInWorkspacesItem]


class PeopleUpdateBody(TypedDict):
    version: int
    name: NotRequired[str]
    email: NotRequired[str | None]
    roles: NotRequired[List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]]
    custom_roles: NotRequired[List[str]]
    disabled: NotRequired[bool]


class PolicyActivateAnswer(TypedDict):
    seq: int
    revision: str
    replaces: str | None
    kind: Literal["activate"] | Literal["rollback"] | Literal["break_glass"] | Literal["expiry"]
    reason: str
    by: str
    approval_id: str | None
    expires_at: str | None
    decision_id: str
    at: str


class PolicyActivateBodyBreakGlass(TypedDict):
    expires_in_s: int


class PolicyActivateBody(TypedDict):
    reason: str
    break_glass: NotRequired[PolicyActivateBodyBreakGlass]


class PolicyHistoryAnswer(TypedDict):
    activations: List[PolicyActivateAnswer]


class PolicyRevisionsAnswer(TypedDict):
    revisions: List[DraftsSealAnswer]


class PolicyRollbackBody(TypedDict):
    revision: NotRequired[str]
    reason: str


class PolicyShowAnswerRulesItem(TypedDict):
    id: str
    title: str
    description: str
    remedy: Any
    waivable: bool
    file: str
    line: int


class PolicyShowAnswer(TypedDict):
    revision: str
    bundle_revision: str
    engine: str
    rules: List[PolicyShowAnswerRulesItem]


class PolicyStatusAnswerBreakGlass(TypedDict):
    reason: str
    by: str
    expires_at: str


class PolicyStatusAnswerInstancesItem(TypedDict):
    node: str
    revision: str | None
    follows: bool
    fault: Any
    since: str
    seen_at: str


class PolicyStatusAnswer(TypedDict):
    in_force: str | None
    activation: PolicyActivateAnswer | None
    break_glass: PolicyStatusAnswerBreakGlass | None
    canary: CanariesAdvanceAnswer | None
    instances: List[PolicyStatusAnswerInstancesItem]


class PolicyTryAnswerRecorded(TypedDict):
    decision_id: str
    revision: str | None
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"]
    cause: Literal["policy_unavailable"] | Literal["budget_exhausted"] | Literal["memory_exhausted"] | Literal["answer_invalid"] | Literal["input_invalid"] | Literal["ledger_unavailable"] | Literal["kill_lease_stale"] | Literal["tenant_policy_unavailable"] | None
    reasons: List[str]
    rules: List[str]


class PolicyTryAnswerChangedReasons(TypedDict):
    appeared: List[str]
    vanished: List[str]


class PolicyTryAnswerChanged(TypedDict):
    outcome: bool
    reasons: PolicyTryAnswerChangedReasons
    rules: PolicyTryAnswerChangedReasons


class PolicyTryAnswer(TypedDict):
    gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"]
    action: str
    draft_id: str | None
    revision: str
    input_digest: str
    outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"]
    cause: Literal["policy_unavailable"] | Literal["budget_exhausted"] | Literal["memory_exhausted"] | Literal["answer_invalid"] | Literal["input_invalid"] | Literal["ledger_unavailable"] | Literal["kill_lease_stale"] | Literal["tenant_policy_unavailable"] | None
    reasons: List[ProblemReasonsItem]
    rules: List[DecisionsShowAnswerRulesItem]
    obligations: List[AccessExplainAnswerObligationsItem]
    approval: str | None
    fuel: int
    tenant_module: str | None
    after: DecisionsShowAnswerAfter | None
    recorded: PolicyTryAnswerRecorded | None
    changed: PolicyTryAnswerChanged | None


class PolicyTryBodyPatchItem(TypedDict):
    op: Literal["add"] | Literal["replace"]
    path: str
    value: Any


class PolicyTryBodyPatchItem2(TypedDict):
    op: Literal["remove"]
    path: str


class PolicyTryBody(TypedDict):
    decision: NotRequired[str]
    gate: NotRequired[Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"]]
    input: NotRequired[dict[str, Any]]
    patch: NotRequired[List[PolicyTryBodyPatchItem | PolicyTryBodyPatchItem2]]
    draft: NotRequired[str]
    revision: NotRequired[str]


class ProvidersCreateAnswerSaml(TypedDict):
    sso_url: str
    certificates: List[str]


class ProvidersCreateAnswer(TypedDict):
    id: str
    tenant_id: str
    slug: str
    kind: Literal["oidc"] | Literal["saml"]
    issuer: str
    name: str
    client_id: str
    client_auth: Literal["private_key_jwt"] | Literal["client_secret_basic"] | Literal["client_secret_post"] | Literal["none"]
    scopes: List[str]
    step_up_acr: List[str]
    jit: Literal["off"] | Literal["link"] | Literal["create"]
    jit_roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    dpop: bool
    saml: ProvidersCreateAnswerSaml | None
    has_secret: bool
    enabled: bool
    version: int
    created_at: str


class ProvidersCreateBody(TypedDict):
    slug: str
    issuer: str
    name: str
    client_id: str
    client_auth: NotRequired[Literal["private_key_jwt"] | Literal["client_secret_basic"] | Literal["client_secret_post"] | Literal["none"]]
    scopes: NotRequired[List[str]]
    step_up_acr: NotRequired[List[str]]
    jit: NotRequired[Literal["off"] | Literal["link"] | Literal["create"]]
    jit_roles: NotRequired[List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]]
    dpop: NotRequired[bool]
    client_secret: NotRequired[str]


class ProvidersListAnswer(TypedDict):
    items: List[ProvidersCreateAnswer]
    next_cursor: Any


class ProvidersRenewSamlBody(TypedDict):
    version: int
    metadata: NotRequired[str]
    metadata_url: NotRequired[str]


class ProvidersTrustSamlBody(TypedDict):
    slug: str
    name: str
    metadata: NotRequired[str]
    metadata_url: NotRequired[str]
    step_up_acr: NotRequired[List[str]]
    jit: NotRequired[Literal["off"] | Literal["link"] | Literal["create"]]
    jit_roles: NotRequired[List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]]


class ProvidersUpdateBody(TypedDict):
    version: int
    enabled: NotRequired[bool]
    client_secret: NotRequired[str]
    name: NotRequired[str]
    client_id: NotRequired[str]
    client_auth: NotRequired[Literal["private_key_jwt"] | Literal["client_secret_basic"] | Literal["client_secret_post"] | Literal["none"]]
    scopes: NotRequired[List[str]]
    step_up_acr: NotRequired[List[str]]
    jit: NotRequired[Literal["off"] | Literal["link"] | Literal["create"]]
    jit_roles: NotRequired[List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]]
    dpop: NotRequired[bool]


class PublishersAddKeyAnswer(TypedDict):
    keyid: str
    algorithm: Literal["ed25519"]
    public_key: str
    not_after: str | None
    revoked_at: str | None
    created_at: str


class PublishersAddKeyBody(TypedDict):
    public_key: str
    not_after: NotRequired[str]


class PublishersCreateAnswer(TypedDict):
    id: str
    tenant_id: str
    slug: str
    name: str
    contact: str
    verified_at: str | None
    keys: List[PublishersAddKeyAnswer]
    revision: int
    created_at: str


class PublishersCreateBody(TypedDict):
    slug: str
    name: str
    contact: str
    public_key: str


class PublishersListAnswer(TypedDict):
    items: List[PublishersCreateAnswer]
    next_cursor: Any


class RestrictionsActivateAnswer(TypedDict):
    seq: int
    module: str | None
    replaces: str | None
    kind: Literal["activate"] | Literal["rollback"]
    reason: str
    by: str
    approval_id: str | None
    decision_id: str
    at: str


class RestrictionsActivateBody(TypedDict):
    version: int
    reason: str


class RestrictionsActivationAnswer(TypedDict):
    seq: int
    module: str | None
    replaces: str | None
    kind: Literal["activate"] | Literal["rollback"]
    reason: str
    by: str
    approval_id: str | None
    decision_id: str
    at: str
    source: Any
    tests: Any


class RestrictionsCheckAnswerWhatIfEffectsItem(TypedDict):
    reason: str
    effect: Literal["deny"] | Literal["hold"]
    decisions: int
    example: str


class RestrictionsCheckAnswerWhatIf(TypedDict):
    decisions: int
    denied: int
    held: int
    effects: List[RestrictionsCheckAnswerWhatIfEffectsItem]


class RestrictionsCheckAnswer(TypedDict):
    source: str
    tests: str
    checks: DraftsCheckAnswerChecks | None
    checked: bool
    module: str | None
    what_if: RestrictionsCheckAnswerWhatIf | None
    updated_by: str
    decision_id: str
    version: int
    updated_at: str


class RestrictionsCheckBody(TypedDict):
    version: int


class RestrictionsHistoryAnswer(TypedDict):
    activations: List[RestrictionsActivateAnswer]


class RestrictionsRollbackBody(TypedDict):
    to: NotRequired[int]
    reason: str


class RestrictionsShowAnswerDraft(TypedDict):
    version: int
    checked: bool
    passed: bool
    updated_at: str


class RestrictionsShowAnswerLimits(TypedDict):
    fuel: int
    memory_bytes: int
    restrictions: Literal[20]


class RestrictionsShowAnswer(TypedDict):
    in_force: RestrictionsActivationAnswer | None
    follows: bool
    draft: RestrictionsShowAnswerDraft | None
    limits: RestrictionsShowAnswerLimits


class RestrictionsWriteBody(TypedDict):
    source: str
    tests: str
    version: int | None


class RolesListAnswerItemsItemDocument(TypedDict):
    title: str
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    until: str | None


class RolesListAnswerItemsItem(TypedDict):
    name: str
    tenant_id: str
    revision: int
    why: str
    by: str
    reverts_to: int | None
    decision_id: str
    created_at: str
    document: RolesListAnswerItemsItemDocument


class RolesListAnswer(TypedDict):
    items: List[RolesListAnswerItemsItem]
    next_cursor: Any


class RolesSetBodyDocument(TypedDict):
    title: str
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    until: NotRequired[str | None]


class RolesSetBody(TypedDict):
    document: RolesSetBodyDocument
    why: str
    revision: int


class ScimCreateConnectionAnswerSettingsBrake(TypedDict):
    percent: int
    people: int
    window_minutes: int


class ScimCreateConnectionAnswerSettings(TypedDict):
    existing: Literal["refuse"] | Literal["adopt"]
    brake: ScimCreateConnectionAnswerSettingsBrake


class ScimCreateConnectionAnswer(TypedDict):
    id: str
    tenant_id: str
    name: str
    quirks: Literal["generic"] | Literal["okta"] | Literal["entra"]
    settings: ScimCreateConnectionAnswerSettings
    enabled: bool
    pseudonym: str
    version: int
    created_at: str


class ScimCreateConnectionBodySettingsBrake(TypedDict):
    percent: NotRequired[int]
    people: NotRequired[int]
    window_minutes: NotRequired[int]


class ScimCreateConnectionBodySettings(TypedDict):
    existing: NotRequired[Literal["refuse"] | Literal["adopt"]]
    brake: NotRequired[ScimCreateConnectionBodySettingsBrake]


class ScimCreateConnectionBody(TypedDict):
    name: str
    quirks: NotRequired[Literal["generic"] | Literal["okta"] | Literal["entra"]]
    settings: NotRequired[ScimCreateConnectionBodySettings]


class ScimCreateTokenAnswer(TypedDict):
    id: str
    connection_id: str
    name: str
    prefix: str
    preview: bool
    expires_at: str
    revoked_at: str | None
    last_used_at: str | None
    created_at: str
    secret: str


class ScimCreateTokenBody(TypedDict):
    name: str
    preview: NotRequired[bool]
    expires_in_days: NotRequired[int]


class ScimDeleteConnectionAnswer(TypedDict):
    id: str
    name: str
    tokens: int


class ScimListBrakesAnswerItemsItem(TypedDict):
    id: str
    tenant_id: str
    connection_id: str
    connection: str
    state: Literal["held"] | Literal["released"] | Literal["rejected"] | Literal["over"]
    because: List[str]
    people: int
    let_go: int
    percent: int
    window_minutes: int
    count: int
    digest: str
    passed: int
    approval_id: str
    approval_state: Literal["open"] | Literal["approved"] | Literal["denied"] | Literal["expired"] | Literal["voided"]
    decided_by: str | None
    until: str | None
    tripped_at: str


class ScimListBrakesAnswer(TypedDict):
    items: List[ScimListBrakesAnswerItemsItem]
    next_cursor: Any


class ScimListConnectionsAnswer(TypedDict):
    items: List[ScimCreateConnectionAnswer]
    next_cursor: Any


class ScimListGroupsAnswerItemsItem(TypedDict):
    id: str
    tenant_id: str
    display_name: str
    external_id: str | None
    members: int
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]
    in_workspaces: List[PeopleRolesAnswerInWorkspacesItem]
    last_modified_at: str


class ScimListGroupsAnswer(TypedDict):
    items: List[ScimListGroupsAnswerItemsItem]
    next_cursor: Any


class ScimListLogAnswer(TypedDict):
    items: List[PeopleExportAnswerProvisioningItem]
    next_cursor: Any


class ScimListTokensAnswerItemsItem(TypedDict):
    id: str
    connection_id: str
    name: str
    prefix: str
    preview: bool
    expires_at: str
    revoked_at: str | None
    last_used_at: str | None
    created_at: str


class ScimListTokensAnswer(TypedDict):
    items: List[ScimListTokensAnswerItemsItem]
    next_cursor: Any


class ScimReleaseBrakeBody(TypedDict):
    digest: str


class ScimShowBrakeAnswerChangesItem(TypedDict):
    person: str
    name: str
    what: Literal["deactivated"] | Literal["deleted"] | Literal["left_group"] | Literal["lost_roles"]
    group: str | None
    method: str
    path: str
    decision_id: str
    at: str


class ScimShowBrakeAnswerBeforeItem(TypedDict):
    person: str
    name: str
    what: Literal["deactivated"] | Literal["deleted"] | Literal["left_group"] | Literal["lost_roles"]
    group: str | None
    undone_at: str | None
    decision_id: str
    at: str


class ScimShowBrakeAnswer(TypedDict):
    id: str
    tenant_id: str
    connection_id: str
    connection: str
    state: Literal["held"] | Literal["released"] | Literal["rejected"] | Literal["over"]
    because: List[str]
    people: int
    let_go: int
    percent: int
    window_minutes: int
    count: int
    digest: str
    passed: int
    approval_id: str
    approval_state: Literal["open"] | Literal["approved"] | Literal["denied"] | Literal["expired"] | Literal["voided"]
    decided_by: str | None
    until: str | None
    tripped_at: str
    changes: List[ScimShowBrakeAnswerChangesItem]
    before: List[ScimShowBrakeAnswerBeforeItem]


class ScimShowGroupAnswerRulesItem(TypedDict):
    rules: str
    revision: int
    rule: GrouprulesListAnswerItemsItemDocumentEntriesItem


class ScimShowGroupAnswerPeopleItem(TypedDict):
    id: str
    name: str
    active: bool


class ScimShowGroupAnswer(TypedDict):
    id: str
    tenant_id: str
    display_name: str
    external_id: str | None
    members: int
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]
    in_workspaces: List[PeopleRolesAnswerInWorkspacesItem]
    last_modified_at: str
    rules: List[ScimShowGroupAnswerRulesItem]
    people: List[ScimShowGroupAnswerPeopleItem]


class ScimShowPersonAnswer(TypedDict):
    id: str
    user_name: str
    name: str
    email: Any
    fields: dict[str, str]


class ScimUndoBrakeAnswerRestoredItem(TypedDict):
    person: str
    name: str
    what: Literal["deactivated"] | Literal["deleted"] | Literal["left_group"] | Literal["lost_roles"]
    group: str | None
    decision_id: str


class ScimUndoBrakeAnswerFailedItem(TypedDict):
    person: str
    name: str
    what: Literal["deactivated"] | Literal["deleted"] | Literal["left_group"] | Literal["lost_roles"]
    group: str | None
    detail: str


class ScimUndoBrakeAnswer(TypedDict):
    restored: List[ScimUndoBrakeAnswerRestoredItem]
    failed: List[ScimUndoBrakeAnswerFailedItem]
    left: int


class ScimUpdateConnectionBody(TypedDict):
    version: int
    name: NotRequired[str]
    quirks: NotRequired[Literal["generic"] | Literal["okta"] | Literal["entra"]]
    settings: NotRequired[ScimCreateConnectionBodySettings]
    enabled: NotRequired[bool]


class ScimmappingsListAnswerItemsItemDocumentFieldsItemFromItem(TypedDict):
    attribute: str


class ScimmappingsListAnswerItemsItemDocumentFieldsItemFromItem2(TypedDict):
    constant: str


ScimmappingsListAnswerItemsItemDocumentFieldsItem = TypedDict(
    "ScimmappingsListAnswerItemsItemDocumentFieldsItem",
    {
        "field": "str",
        "from": "List[ScimmappingsListAnswerItemsItemDocumentFieldsItemFromItem | ScimmappingsListAnswerItemsItemDocumentFieldsItemFromItem2]",
        "take": "Literal[\"first\"] | Literal[\"join\"]",
        "separator": "str",
        "steps": "List[Literal[\"trim\"] | Literal[\"lower_case\"] | Literal[\"upper_case\"] | Literal[\"local_part\"] | Literal[\"domain\"]]",
    },
)


class ScimmappingsListAnswerItemsItemDocument(TypedDict):
    title: str
    fields: List[ScimmappingsListAnswerItemsItemDocumentFieldsItem]


class ScimmappingsListAnswerItemsItem(TypedDict):
    name: str
    tenant_id: str
    revision: int
    why: str
    by: str
    reverts_to: int | None
    decision_id: str
    created_at: str
    document: ScimmappingsListAnswerItemsItemDocument


class ScimmappingsListAnswer(TypedDict):
    items: List[ScimmappingsListAnswerItemsItem]
    next_cursor: Any


class ScimmappingsPreviewAnswerChangesItemBefore(TypedDict):
    name: str
    email: Any
    fields: dict[str, str]


class ScimmappingsPreviewAnswerChangesItem(TypedDict):
    id: str
    user_name: str
    before: ScimmappingsPreviewAnswerChangesItemBefore
    after: ScimmappingsPreviewAnswerChangesItemBefore


class ScimmappingsPreviewAnswer(TypedDict):
    people: int
    affected: int
    changes: List[ScimmappingsPreviewAnswerChangesItem]
    resource: ScimmappingsPreviewAnswerChangesItemBefore | None


ScimmappingsPreviewBodyDocumentFieldsItem = TypedDict(
    "ScimmappingsPreviewBodyDocumentFieldsItem",
    {
        "field": "str",
        "from": "List[ScimmappingsListAnswerItemsItemDocumentFieldsItemFromItem | ScimmappingsListAnswerItemsItemDocumentFieldsItemFromItem2]",
        "take": "NotRequired[Literal[\"first\"] | Literal[\"join\"]]",
        "separator": "NotRequired[str]",
        "steps": "NotRequired[List[Literal[\"trim\"] | Literal[\"lower_case\"] | Literal[\"upper_case\"] | Literal[\"local_part\"] | Literal[\"domain\"]]]",
    },
)


class ScimmappingsPreviewBodyDocument(TypedDict):
    title: str
    fields: List[ScimmappingsPreviewBodyDocumentFieldsItem]


class ScimmappingsPreviewBody(TypedDict):
    document: ScimmappingsPreviewBodyDocument
    resource: NotRequired[dict[str, Any]]


class ScimmappingsSetBody(TypedDict):
    document: ScimmappingsPreviewBodyDocument
    why: str
    revision: int


class ScimschemasListAnswerItemsItemDocumentAttributesItemSubAttributesItem(TypedDict):
    name: str
    description: str
    required: bool
    caseExact: bool
    mutability: Literal["readWrite"] | Literal["immutable"] | Literal["writeOnly"]
    returned: Literal["always"] | Literal["default"] | Literal["request"] | Literal["never"]
    canonicalValues: NotRequired[List[str]]
    referenceTypes: NotRequired[List[str]]
    type: Literal["string"] | Literal["boolean"] | Literal["decimal"] | Literal["integer"] | Literal["dateTime"] | Literal["reference"] | Literal["binary"]
    multiValued: Literal[False]
    uniqueness: Literal["none"]


class ScimschemasListAnswerItemsItemDocumentAttributesItem(TypedDict):
    name: str
    description: str
    required: bool
    caseExact: bool
    mutability: Literal["readWrite"] | Literal["immutable"] | Literal["writeOnly"]
    returned: Literal["always"] | Literal["default"] | Literal["request"] | Literal["never"]
    canonicalValues: NotRequired[List[str]]
    referenceTypes: NotRequired[List[str]]
    type: Literal["string"] | Literal["boolean"] | Literal["decimal"] | Literal["integer"] | Literal["dateTime"] | Literal["reference"] | Literal["binary"] | Literal["complex"]
    multiValued: bool
    uniqueness: Literal["none"] | Literal["server"]
    subAttributes: NotRequired[List[ScimschemasListAnswerItemsItemDocumentAttributesItemSubAttributesItem]]


class ScimschemasListAnswerItemsItemDocument(TypedDict):
    title: str
    urn: str
    description: str
    enabled: bool
    attributes: List[ScimschemasListAnswerItemsItemDocumentAttributesItem]


class ScimschemasListAnswerItemsItem(TypedDict):
    name: str
    tenant_id: str
    revision: int
    why: str
    by: str
    reverts_to: int | None
    decision_id: str
    created_at: str
    document: ScimschemasListAnswerItemsItemDocument


class ScimschemasListAnswer(TypedDict):
    items: List[ScimschemasListAnswerItemsItem]
    next_cursor: Any


class ScimschemasSetBodyDocumentAttributesItemSubAttributesItem(TypedDict):
    name: str
    description: NotRequired[str]
    required: NotRequired[bool]
    caseExact: NotRequired[bool]
    mutability: NotRequired[Literal["readWrite"] | Literal["immutable"] | Literal["writeOnly"]]
    returned: NotRequired[Literal["always"] | Literal["default"] | Literal["request"] | Literal["never"]]
    canonicalValues: NotRequired[List[str]]
    referenceTypes: NotRequired[List[str]]
    type: Literal["string"] | Literal["boolean"] | Literal["decimal"] | Literal["integer"] | Literal["dateTime"] | Literal["reference"] | Literal["binary"]
    multiValued: NotRequired[Literal[False]]
    uniqueness: NotRequired[Literal["none"]]


class ScimschemasSetBodyDocumentAttributesItem(TypedDict):
    name: str
    description: NotRequired[str]
    required: NotRequired[bool]
    caseExact: NotRequired[bool]
    mutability: NotRequired[Literal["readWrite"] | Literal["immutable"] | Literal["writeOnly"]]
    returned: NotRequired[Literal["always"] | Literal["default"] | Literal["request"] | Literal["never"]]
    canonicalValues: NotRequired[List[str]]
    referenceTypes: NotRequired[List[str]]
    type: Literal["string"] | Literal["boolean"] | Literal["decimal"] | Literal["integer"] | Literal["dateTime"] | Literal["reference"] | Literal["binary"] | Literal["complex"]
    multiValued: NotRequired[bool]
    uniqueness: NotRequired[Literal["none"] | Literal["server"]]
    subAttributes: NotRequired[List[ScimschemasSetBodyDocumentAttributesItemSubAttributesItem]]


class ScimschemasSetBodyDocument(TypedDict):
    title: str
    urn: str
    description: NotRequired[str]
    enabled: NotRequired[bool]
    attributes: List[ScimschemasSetBodyDocumentAttributesItem]


class ScimschemasSetBody(TypedDict):
    document: ScimschemasSetBodyDocument
    why: str
    revision: int


class SessionsListAnswer(TypedDict):
    items: List[AuthSessionAnswerSession]
    next_cursor: Any


class TenantsCreateAnswerTenantClosing(TypedDict):
    until: str
    because: str
    by: str
    by_platform: bool


class TenantsCreateAnswerTenantSettings(TypedDict):
    certification_mode: Literal["warn"] | Literal["block"]
    sign_in: Literal["sso_only"] | Literal["local_allowed"]


class TenantsCreateAnswerTenant(TypedDict):
    id: str
    slug: str
    name: str
    status: Literal["active"] | Literal["suspended"] | Literal["closing"] | Literal["closed"]
    suspended_because: str | None
    closing: TenantsCreateAnswerTenantClosing | None
    closed_at: str | None
    sandbox_until: str | None
    settings: TenantsCreateAnswerTenantSettings
    version: int
    created_at: str


class TenantsCreateAnswerWorkspace(TypedDict):
    id: str
    tenant_id: str
    slug: str
    name: str
    status: Literal["active"] | Literal["archived"]
    archived_at: str | None
    archived_because: str | None
    version: int
    created_at: str


class TenantsCreateAnswer(TypedDict):
    tenant: TenantsCreateAnswerTenant
    workspace: TenantsCreateAnswerWorkspace
    owner: BootstrapCreateAnswerPerson


class TenantsCreateBodyOwner(TypedDict):
    name: str
    email: str


class TenantsCreateBody(TypedDict):
    slug: str
    name: str
    owner: TenantsCreateBodyOwner


class TenantsDeleteBody(TypedDict):
    version: int
    slug: str
    reason: str


class TenantsExportAnswer(TypedDict):
    section: Literal["organisation"] | Literal["workspaces"] | Literal["workspace_members"] | Literal["people"] | Literal["keys"] | Literal["credentials"] | Literal["invitations"] | Literal["documents"] | Literal["policy_drafts"] | Literal["policies"] | Literal["identity_providers"] | Literal["accounts"] | Literal["domains"] | Literal["sessions"] | Literal["scim_connections"] | Literal["scim_users"] | Literal["scim_groups"] | Literal["scim_members"] | Literal["scim_log"] | Literal["publishers"] | Literal["publisher_keys"] | Literal["extensions"] | Literal["versions"] | Literal["installs"] | Literal["consents"] | Literal["secrets"] | Literal["subscriptions"] | Literal["runtime_tokens"] | Literal["standing"] | Literal["kv"] | Literal["events"] | Literal["deliveries"] | Literal["logs"] | Literal["metrics"] | Literal["usage"] | Literal["approvals"] | Literal["votes"] | Literal["kills"] | Literal["executions"] | Literal["agent_decisions"] | Literal["decisions"]
    rows: List[dict[str, Any]]
    next_cursor: Any


class TenantsListAnswer(TypedDict):
    items: List[TenantsCreateAnswerTenant]
    next_cursor: Any


class TenantsSandboxAnswerDocumentsItem(TypedDict):
    kind: Literal["list"] | Literal["limits"] | Literal["role"] | Literal["group_rules"] | Literal["scim_schema"] | Literal["scim_mapping"]
    name: str


class TenantsSandboxAnswer(TypedDict):
    tenant: TenantsCreateAnswerTenant
    workspace: TenantsCreateAnswerWorkspace
    people: List[BootstrapCreateAnswer]
    documents: List[TenantsSandboxAnswerDocumentsItem]


class TenantsSandboxBody(TypedDict):
    slug: NotRequired[str]
    name: NotRequired[str]
    days: NotRequired[int]


class TenantsSuspendBody(TypedDict):
    version: int
    reason: str


class TenantsTransferAnswer(TypedDict):
    owner: BootstrapCreateAnswerPerson
    former: BootstrapCreateAnswerPerson
    warnings: List[str]


class TenantsTransferBody(TypedDict):
    to: str


class TenantsUpdateBodySettings(TypedDict):
    certification_mode: NotRequired[Literal["warn"] | Literal["block"]]
    sign_in: NotRequired[Literal["sso_only"] | Literal["local_allowed"]]


class TenantsUpdateBody(TypedDict):
    version: int
    name: NotRequired[str]
    settings: NotRequired[TenantsUpdateBodySettings]


class TokensCreateAnswer(TypedDict):
    id: str
    install_id: str
    name: str
    prefix: str
    permissions: List[str]
    digest: str
    expires_at: str
    revoked_at: str | None
    last_used_at: str | None
    created_at: str
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


class TokensCreateBody(TypedDict):
    name: str
    permissions: NotRequired[List[Literal["kv:read"] | Literal["kv:write"] | Literal["log:read"] | Literal["log:write"] | Literal["config:read"] | Literal["metrics:write"] | Literal["http:fetch"] | Literal["secrets:read"] | Literal["events:publish"] | Literal["events:subscribe"] | Literal["services:call"] | Literal["model:invoke"] | Literal["query:read"] | Literal["workspace:read"] | Literal["workspace:write"] | Literal["command:run"] | Literal["people:read"] | Literal["expense:read"] | Literal["expense:write"] | Literal["pii:unmask"]]]
    expires_in: NotRequired[int]


class TokensListAnswerItemsItem(TypedDict):
    id: str
    install_id: str
    name: str
    prefix: str
    permissions: List[str]
    digest: str
    expires_at: str
    revoked_at: str | None
    last_used_at: str | None
    created_at: str


class TokensListAnswer(TypedDict):
    items: List[TokensListAnswerItemsItem]
    next_cursor: Any


class VersionsPromoteBody(TypedDict):
    to: Literal["beta"] | Literal["ga"]


class WaiversListAnswerItemsItemSubject(TypedDict):
    kind: Literal["tenant"]
    id: str


class WaiversListAnswerItemsItemSubject2(TypedDict):
    kind: Literal["extension"]
    id: str


class WaiversListAnswerItemsItem(TypedDict):
    id: str
    reason: str
    subject: WaiversListAnswerItemsItemSubject | WaiversListAnswerItemsItemSubject2
    until: str
    why: str
    state: Literal["in_force"] | Literal["expired"] | Literal["revoked"]
    asked_by: str
    approval_id: str | None
    revoked_at: str | None
    revoked_by: str | None
    revoked_because: Any
    decision_id: str
    granted_at: str


class WaiversListAnswer(TypedDict):
    items: List[WaiversListAnswerItemsItem]
    next_cursor: Any


class WaiversRequestBody(TypedDict):
    reason: str
    subject: WaiversListAnswerItemsItemSubject | WaiversListAnswerItemsItemSubject2
    until: str
    why: str


class WaiversRevokeBody(TypedDict):
    why: str


class WaiversShowAnswerActedItem(TypedDict):
    decision_id: str
    at: str
    action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"]
    outcome: str
    tenant_id: str
    extension: str | None


class WaiversShowAnswer(TypedDict):
    id: str
    reason: str
    subject: WaiversListAnswerItemsItemSubject | WaiversListAnswerItemsItemSubject2
    until: str
    why: str
    state: Literal["in_force"] | Literal["expired"] | Literal["revoked"]
    asked_by: str
    approval_id: str | None
    revoked_at: str | None
    revoked_by: str | None
    revoked_because: Any
    decision_id: str
    granted_at: str
    acted: List[WaiversShowAnswerActedItem]


class WhatifsCancelAnswerBudget(TypedDict):
    max_flips: NotRequired[int]
    max_flips_percent: NotRequired[float]
    per_rule: NotRequired[dict[str, int]]


class WhatifsCancelAnswerReportFlipsByRuleItem(TypedDict):
    key: str
    flips: int
    outcome: int
    reasons: int
    duties: int
    samples: List[CanariesAdvanceAnswerBreachSamplesItem]
    appeared: int
    vanished: int
    rate: float


class WhatifsCancelAnswerReportFlipsByExtensionItem(TypedDict):
    key: str
    flips: int
    outcome: int
    reasons: int
    duties: int
    samples: List[CanariesAdvanceAnswerBreachSamplesItem]
    rate: float


class WhatifsCancelAnswerReport(TypedDict):
    candidate: str
    decisions: int
    replayed: int
    flips: int
    outcome_flips: int
    reason_flips: int
    duty_flips: int
    differs_otherwise: int
    not_replayable: dict[str, int]
    no_answer: dict[str, int]
    flip_rate: float
    flips_by_rule: List[WhatifsCancelAnswerReportFlipsByRuleItem]
    flips_by_reason: List[WhatifsCancelAnswerReportFlipsByRuleItem]
    flips_by_extension: List[WhatifsCancelAnswerReportFlipsByExtensionItem]
    flips_by_publisher: List[WhatifsCancelAnswerReportFlipsByExtensionItem]
    flips_by_tenant: List[WhatifsCancelAnswerReportFlipsByExtensionItem]


class WhatifsCancelAnswerVerdictExceededItem(TypedDict):
    bound: Literal["max_flips"] | Literal["max_flips_percent"] | Literal["per_rule"] | Literal["nothing_replayed"]
    rule: str | None
    allowed: float
    found: float


class WhatifsCancelAnswerVerdict(TypedDict):
    within: bool
    exceeded: List[WhatifsCancelAnswerVerdictExceededItem]


class WhatifsCancelAnswer(TypedDict):
    id: str
    draft_id: str | None
    revision: str | None
    state: Literal["waiting"] | Literal["running"] | Literal["done"] | Literal["failed"] | Literal["cancelled"]
    since: int | None
    until: int
    limit: int | None
    tenant: str | None
    budget: WhatifsCancelAnswerBudget | None
    follow: bool
    decisions: int
    flips: int
    report: WhatifsCancelAnswerReport | None
    report_digest: str | None
    verdict: WhatifsCancelAnswerVerdict | None
    fault: Any
    attempts: int
    started_by: str
    decision_id: str
    started_at: str
    ended_at: str | None


class WhatifsListAnswerItemsItem(TypedDict):
    id: str
    draft_id: str | None
    revision: str | None
    state: Literal["waiting"] | Literal["running"] | Literal["done"] | Literal["failed"] | Literal["cancelled"]
    since: int | None
    until: int
    limit: int | None
    tenant: str | None
    budget: WhatifsCancelAnswerBudget | None
    follow: bool
    decisions: int
    flips: int
    report_digest: str | None
    verdict: WhatifsCancelAnswerVerdict | None
    fault: Any
    attempts: int
    started_by: str
    decision_id: str
    started_at: str
    ended_at: str | None


class WhatifsListAnswer(TypedDict):
    items: List[WhatifsListAnswerItemsItem]
    next_cursor: Any


class WhatifsStartDraftBody(TypedDict):
    since: NotRequired[str]
    until: NotRequired[str]
    limit: NotRequired[int]
    tenant: NotRequired[str]
    budget: NotRequired[WhatifsCancelAnswerBudget]
    follow: NotRequired[bool]


class WhoamiLeaveAnswer(TypedDict):
    id: str
    pseudonym: str
    disabled_at: str
    ended: PeopleEraseAnswerEnded


class WhoamiLeaveBody(TypedDict):
    slug: str


class WhoamiShowAnswerKey(TypedDict):
    id: str
    name: str
    prefix: str
    expires_at: str | None


class WhoamiShowAnswerSession(TypedDict):
    id: str
    client: Literal["browser"] | Literal["cli"]
    expires_at: str


class WhoamiShowAnswer(TypedDict):
    id: str
    name: str
    kind: Literal["user"] | Literal["service_account"]
    pseudonym: str
    tenant: GrouprulesPreviewAnswerPeopleItemInWorkspacesItemWorkspace
    publisher_id: str | None
    roles: List[Literal["owner"] | Literal["admin"] | Literal["project_manager"] | Literal["developer"] | Literal["member"] | Literal["auditor"] | Literal["security_lead"] | Literal["operator"] | Literal["opa_agent"] | Literal["scim_client"]]
    custom_roles: List[str]
    scopes: List[Literal["tenants:read"] | Literal["tenants:write"] | Literal["workspaces:read"] | Literal["workspaces:write"] | Literal["workspace_members:write"] | Literal["people:read"] | Literal["people:write"] | Literal["access:read"] | Literal["sign_in:read"] | Literal["sign_in:write"] | Literal["scim:read"] | Literal["scim:write"] | Literal["scim:provision"] | Literal["keys:read"] | Literal["keys:write"] | Literal["publishers:read"] | Literal["publishers:write"] | Literal["extensions:read"] | Literal["extensions:publish"] | Literal["extensions:review"] | Literal["lists:read"] | Literal["lists:write"] | Literal["limits:read"] | Literal["limits:write"] | Literal["installs:read"] | Literal["installs:write"] | Literal["extensions:invoke"] | Literal["executions:read"] | Literal["executions:record"] | Literal["approvals:read"] | Literal["approvals:vote"] | Literal["decisions:read"] | Literal["decision:explain"] | Literal["decisions:replay"] | Literal["audit:read"] | Literal["audit:export"] | Literal["kill:read"] | Literal["kill:engage"] | Literal["kill:release"] | Literal["enforcement:write"] | Literal["policy:read"] | Literal["policy:write"] | Literal["policy:activate"] | Literal["tenant_policy:write"] | Literal["tenant_policy:activate"] | Literal["opa:connect"] | Literal["platform:operate"]]
    in_workspaces: List[PeopleRolesAnswerInWorkspacesItem]
    key: WhoamiShowAnswerKey | None
    session: WhoamiShowAnswerSession | None


class WorkspacesArchiveBody(TypedDict):
    version: int
    reason: str


class WorkspacesCreateBody(TypedDict):
    slug: str
    name: str
    tenant_id: NotRequired[str]


class WorkspacesListAnswer(TypedDict):
    items: List[TenantsCreateAnswerWorkspace]
    next_cursor: Any


class WorkspacesMembersAnswerItemsItemPerson(TypedDict):
    id: str
    name: str
    pseudonym: str
    disabled_at: str | None


class WorkspacesMembersAnswerItemsItem(TypedDict):
    workspace_id: str
    person: WorkspacesMembersAnswerItemsItemPerson
    roles: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]
    given_at: str
    version: int
    decision_id: str


class WorkspacesMembersAnswer(TypedDict):
    items: List[WorkspacesMembersAnswerItemsItem]
    next_cursor: Any


class WorkspacesSetMemberBody(TypedDict):
    roles: List[Literal["workspace_admin"] | Literal["installer"] | Literal["caller"] | Literal["viewer"]]
    version: NotRequired[int]


class WorkspacesUpdateBody(TypedDict):
    version: int
    name: str


class AccessGroup(Group):
    def explain(self, *, body: AccessExplainBody) -> AccessExplainAnswer:
        "What would come of somebody's request, and why."
        return self._send("POST", "/v1/access/explain", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def review(self, *, tenant_id: str | None = None, unused_days: int | None = None) -> AccessReviewAnswer:
        "Who has what in an organisation: since when, by what, and when it was used."
        return self._send("GET", "/v1/access/review", {}, {"tenant_id": tenant_id, "unused_days": unused_days})  # type: ignore[no-any-return]

    def table(self, *, tenant_id: str | None = None, unused_days: int | None = None) -> str:
        "The same as CSV, a line for each role and each key."
        return self._send("GET", "/v1/access/review.csv", {}, {"tenant_id": tenant_id, "unused_days": unused_days})  # type: ignore[no-any-return]

    def who_can(self, *, body: AccessWhoCanBody) -> AccessWhoCanAnswer:
        "Who may do something."
        return self._send("POST", "/v1/access/who-can", {}, {}, body, "application/json")  # type: ignore[no-any-return]


class AccountsGroup(Group):
    def create(self, *, body: AccountsCreateBody) -> AccountsCreateAnswer:
        "Add a service account."
        return self._send("POST", "/v1/service-accounts", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def credentials(self, *, id: str, limit: int | None = None, cursor: str | None = None) -> AccountsCredentialsAnswer:
        "What a service account proves itself by, without the secrets."
        return self._send("GET", "/v1/service-accounts/{id}/credentials", {"id": id}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def distrust(self, *, id: str, identity_id: str) -> AccountsDistrustAnswer:
        "Trust an outside issuer no more; what was exchanged by it ends."
        return self._send("DELETE", "/v1/service-accounts/{id}/identities/{identity_id}", {"id": id, "identity_id": identity_id}, {})  # type: ignore[no-any-return]

    def handover(self, *, id: str, body: AccountsHandoverBody) -> AccountsCreateAnswer:
        "Name another person who answers for a service account."
        return self._send("POST", "/v1/service-accounts/{id}/handover", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def identities(self, *, id: str, limit: int | None = None, cursor: str | None = None) -> AccountsIdentitiesAnswer:
        "Outside issuers whose tokens a service account trusts."
        return self._send("GET", "/v1/service-accounts/{id}/identities", {"id": id}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def key(self, *, id: str, body: AccountsKeyBody) -> AccountsCredentialsAnswerItemsItem:
        "Register a public key for private_key_jwt (RFC 7523)."
        return self._send("POST", "/v1/service-accounts/{id}/keys", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> AccountsListAnswer:
        "Service accounts, and who answers for them."
        return self._send("GET", "/v1/service-accounts", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def revoke(self, *, id: str, credential_id: str) -> AccountsCredentialsAnswerItemsItem:
        "Revoke a secret or key; its tokens end with it."
        return self._send("DELETE", "/v1/service-accounts/{id}/credentials/{credential_id}", {"id": id, "credential_id": credential_id}, {})  # type: ignore[no-any-return]

    def secret(self, *, id: str, body: AccountsSecretBody) -> AccountsSecretAnswer:
        "Make a client secret, shown once; two count at once."
        return self._send("POST", "/v1/service-accounts/{id}/secrets", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def trust(self, *, id: str, body: AccountsTrustBody) -> AccountsDistrustAnswer:
        "Trust tokens of an outside issuer, to be exchanged (RFC 8693)."
        return self._send("POST", "/v1/service-accounts/{id}/identities", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class AgentsGroup(Group):
    def bundle(self) -> str:
        "The policy in force as a signed OPA bundle; 304 where the agent has it."
        return self._send("GET", "/v1/opa/bundles/gatehouse", {}, {})  # type: ignore[no-any-return]

    def decisions(self, *, limit: int | None = None, cursor: str | None = None, agent: str | None = None, gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"] | None = None) -> AgentsDecisionsAnswer:
        "What OPA agents decided, newest first."
        return self._send("GET", "/v1/opa/decisions", {}, {"limit": limit, "cursor": cursor, "agent": agent, "gate": gate})  # type: ignore[no-any-return]

    def discovery(self) -> str:
        "The rest of an OPA agent's configuration as a discovery bundle; 304 where the agent has it."
        return self._send("GET", "/v1/opa/discovery", {}, {})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> AgentsListAnswer:
        "OPA agents: when each was heard of, which policy it decides by, and what went wrong."
        return self._send("GET", "/v1/opa/agents", {}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def logs(self, *, body: bytes) -> AgentsLogsAnswer:
        "Take a decision log of an OPA agent: a JSON array, gzipped or not, at most 8 MiB in either form."
        return self._send("POST", "/v1/opa/logs", {}, {}, body, "*/*")  # type: ignore[no-any-return]

    def status(self, *, body: AgentsStatusBody) -> AgentsStatusAnswer:
        "Take the status report of an OPA agent."
        return self._send("POST", "/v1/opa/status", {}, {}, body, "application/json")  # type: ignore[no-any-return]


class ApprovalsGroup(Group):
    def list(self, *, limit: int | None = None, cursor: str | None = None, state: Literal["open"] | Literal["approved"] | Literal["denied"] | Literal["expired"] | Literal["voided"] | None = None, kind: Literal["review"] | Literal["consent"] | Literal["kill_release"] | Literal["policy"] | Literal["waiver"] | Literal["tenant_policy"] | Literal["scim_brake"] | Literal["erasure"] | Literal["organisation"] | None = None, waiting: Literal["true"] | Literal["false"] | None = None) -> ApprovalsListAnswer:
        "What waits for people, newest first."
        return self._send("GET", "/v1/approvals", {}, {"limit": limit, "cursor": cursor, "state": state, "kind": kind, "waiting": waiting})  # type: ignore[no-any-return]

    def show(self, *, id: str) -> ApprovalsListAnswerItemsItem:
        "One approval with its subject and votes."
        return self._send("GET", "/v1/approvals/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def vote(self, *, id: str, body: ApprovalsVoteBody) -> ApprovalsListAnswerItemsItem:
        "Approve or deny, for exactly what was shown."
        return self._send("POST", "/v1/approvals/{id}/votes", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class AuditGroup(Group):
    def export(self, *, format: Literal["jsonl"] | Literal["csv"] | None = None, tenant_id: str | None = None, person: str | None = None, source: Literal["admin"] | Literal["sign_in"] | Literal["scim"] | None = None, action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"] | None = None, outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"] | Literal["done"] | Literal["refused"] | Literal["failed"] | None = None, since: str | None = None, until: str | None = None) -> str:
        "The same as JSON lines or as CSV."
        return self._send("GET", "/v1/audit/export", {}, {"format": format, "tenant_id": tenant_id, "person": person, "source": source, "action": action, "outcome": outcome, "since": since, "until": until})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None, person: str | None = None, source: Literal["admin"] | Literal["sign_in"] | Literal["scim"] | None = None, action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"] | None = None, outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"] | Literal["done"] | Literal["refused"] | Literal["failed"] | None = None, since: str | None = None, until: str | None = None) -> AuditListAnswer:
        "Who did what, from where, under which decision: administration, sign-in and SCIM, newest first."
        return self._send("GET", "/v1/audit", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id, "person": person, "source": source, "action": action, "outcome": outcome, "since": since, "until": until})  # type: ignore[no-any-return]


class AuthGroup(Group):
    def account_page(self) -> str:
        "The page on which somebody sees what they sign in by, and adds passkeys."
        return self._send("GET", "/auth/account", {}, {})  # type: ignore[no-any-return]

    def admit(self, *, body: bytes) -> str:
        "Let a command sign in, or refuse it."
        return self._send("POST", "/auth/device", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def backchannel(self, *, id: str, body: bytes) -> dict[str, Any]:
        "An identity provider tells that somebody signed out (OpenID Connect Back-Channel Logout 1.0)."
        return self._send("POST", "/auth/backchannel-logout/{id}", {"id": id}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def callback(self, *, id: str, state: str | None = None, code: str | None = None, iss: str | None = None, error: str | None = None, error_description: str | None = None) -> str:
        "Where an identity provider sends the browser back to."
        return self._send("GET", "/auth/callback/{id}", {"id": id}, {"state": state, "code": code, "iss": iss, "error": error, "error_description": error_description})  # type: ignore[no-any-return]

    def device(self, *, user_code: str | None = None) -> str:
        "The page on which somebody lets a command sign in as them."
        return self._send("GET", "/auth/device", {}, {"user_code": user_code})  # type: ignore[no-any-return]

    def forgot(self, *, body: bytes) -> str:
        "Have whoever stands under an address choose another password, by mail; the answer is the same for nobody."
        return self._send("POST", "/auth/forgot-password", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def forgot_page(self, *, tenant: str | None = None) -> str:
        "The page on which whoever forgot their password asks for mail."
        return self._send("GET", "/auth/forgot-password", {}, {"tenant": tenant})  # type: ignore[no-any-return]

    def keys(self) -> AuthKeysAnswer:
        "Public keys with which Gatehouse proves itself to identity providers (RFC 7517)."
        return self._send("GET", "/auth/jwks.json", {}, {})  # type: ignore[no-any-return]

    def login(self, *, login_hint: str | None = None, tenant: str | None = None, provider: str | None = None, return_to: str | None = None, step_up: Literal["1"] | None = None) -> str:
        "Sign in: leads to the identity provider of an address or organisation."
        return self._send("GET", "/auth/login", {}, {"login_hint": login_hint, "tenant": tenant, "provider": provider, "return_to": return_to, "step_up": step_up})  # type: ignore[no-any-return]

    def logout(self) -> AuthLogoutAnswer:
        "End the session that the request comes with."
        return self._send("POST", "/auth/logout", {}, {})  # type: ignore[no-any-return]

    def passkey(self, *, body: AuthPasskeyBody) -> AuthPasskeyAnswer:
        "Sign in by a passkey."
        return self._send("POST", "/auth/passkey", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def passkey_challenge(self, *, body: AuthPasskeyChallengeBody) -> dict[str, Any]:
        "What a passkey is to sign."
        return self._send("POST", "/auth/passkey/challenge", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def passkey_script(self) -> str:
        "What the pages talk to the browser about passkeys by."
        return self._send("GET", "/auth/passkeys.js", {}, {})  # type: ignore[no-any-return]

    def password(self, *, body: bytes) -> str:
        "Sign in by a password; a second factor is asked for next."
        return self._send("POST", "/auth/password", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def password_page(self, *, tenant: str | None = None, return_to: str | None = None, step_up: Literal["1"] | None = None) -> str:
        "The page on which somebody signs in by a password or passkey."
        return self._send("GET", "/auth/password", {}, {"tenant": tenant, "return_to": return_to, "step_up": step_up})  # type: ignore[no-any-return]

    def saml_arrival(self, *, id: str, body: bytes) -> str:
        "Where a SAML 2.0 provider sends the browser back to (HTTP-POST binding)."
        return self._send("POST", "/auth/saml/{id}/acs", {"id": id}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def saml_metadata(self, *, id: str) -> str:
        "What a SAML 2.0 provider needs to know of Gatehouse."
        return self._send("GET", "/auth/saml/{id}/metadata", {"id": id}, {})  # type: ignore[no-any-return]

    def second_factor(self, *, body: bytes) -> str:
        "The second factor of a sign-in under way, or the confirmation of the first one."
        return self._send("POST", "/auth/second-factor", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def session(self) -> AuthSessionAnswer:
        "The session of this browser, and its token against forged requests."
        return self._send("GET", "/auth/session", {}, {})  # type: ignore[no-any-return]

    def set_password(self, *, body: bytes) -> str:
        "Choose a password by a token, once."
        return self._send("POST", "/auth/set-password", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def token_page(self, *, token: str | None = None) -> str:
        "The page on which somebody chooses a password, by the token of an invitation or of a reset."
        return self._send("GET", "/auth/set-password", {}, {"token": token})  # type: ignore[no-any-return]


class BootstrapGroup(Group):
    def create(self, *, body: BootstrapCreateBody) -> BootstrapCreateAnswer:
        "Make the first owner of an empty platform with its one-time token."
        return self._send("POST", "/v1/bootstrap", {}, {}, body, "application/json")  # type: ignore[no-any-return]


class CallsGroup(Group):
    def result(self, *, id: str) -> str:
        "The answer of a call that was not waited for, as the extension gave it."
        return self._send("GET", "/v1/calls/{id}/result", {"id": id}, {})  # type: ignore[no-any-return]

    def show(self, *, id: str) -> CallsShowAnswer:
        "How a call stands that was not waited for."
        return self._send("GET", "/v1/calls/{id}", {"id": id}, {})  # type: ignore[no-any-return]


class CanariesGroup(Group):
    def advance(self, *, id: str, body: CanariesAdvanceBody) -> CanariesAdvanceAnswer:
        "End the present step without waiting for its pairs; after the last one the candidate is in force."
        return self._send("POST", "/v1/policy/canaries/{id}/advance", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> CanariesListAnswer:
        "Canaries, newest first."
        return self._send("GET", "/v1/policy/canaries", {}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def revert(self, *, id: str, body: CanariesRevertBody) -> CanariesAdvanceAnswer:
        "Take a canary back; one person suffices."
        return self._send("POST", "/v1/policy/canaries/{id}/revert", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, id: str) -> CanariesAdvanceAnswer:
        "How far a canary is, what its pairs show, and why it was taken back."
        return self._send("GET", "/v1/policy/canaries/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def start(self, *, revision: str, body: CanariesRevertBody) -> CanariesAdvanceAnswer | Held:
        "Let a sealed policy take over by degrees, once a second person agrees."
        return self._send("POST", "/v1/policy/revisions/{revision}/canary", {"revision": revision}, {}, body, "application/json")  # type: ignore[no-any-return]


class CredentialsGroup(Group):
    def add_passkey(self, *, body: CredentialsAddPasskeyBody) -> CredentialsAddPasskeyAnswer:
        "Keep a passkey that a browser made."
        return self._send("POST", "/v1/account/passkeys", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def confirm_totp(self, *, body: CredentialsConfirmTotpBody) -> CredentialsConfirmTotpAnswer:
        "Confirm an authenticator app by a code that it shows; it takes the place of the one before."
        return self._send("PUT", "/v1/account/totp", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def offer_passkey(self) -> dict[str, Any]:
        "What a browser makes a passkey by."
        return self._send("POST", "/v1/account/passkeys/options", {}, {})  # type: ignore[no-any-return]

    def offer_totp(self) -> CredentialsOfferTotpAnswer:
        "A secret for an authenticator app, which counts once it was confirmed."
        return self._send("POST", "/v1/account/totp", {}, {})  # type: ignore[no-any-return]

    def password(self, *, body: CredentialsPasswordBody) -> CredentialsConfirmTotpAnswer:
        "Choose another password; every session of yours ends."
        return self._send("PUT", "/v1/account/password", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def recovery_codes(self) -> CredentialsRecoveryCodesAnswer:
        "Ten other recovery codes, shown once."
        return self._send("POST", "/v1/account/recovery-codes", {}, {})  # type: ignore[no-any-return]

    def remove_passkey(self, *, id: str) -> CredentialsConfirmTotpAnswer:
        "Let a passkey go."
        return self._send("DELETE", "/v1/account/passkeys/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def reset(self, *, id: str, body: CredentialsResetBody) -> CredentialsResetAnswer:
        "Let a person choose a password, by a token that counts once for an hour."
        return self._send("POST", "/v1/people/{id}/password-reset", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self) -> CredentialsConfirmTotpAnswer:
        "What you sign in by here: password, authenticator app, passkeys, recovery codes."
        return self._send("GET", "/v1/account/credentials", {}, {})  # type: ignore[no-any-return]


class DecisionsGroup(Group):
    def export(self, *, format: Literal["jsonl"] | Literal["opa"] | None = None, after: str | None = None, wait: int | None = None, gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"] | None = None, action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"] | None = None, outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"] | None = None, decided_by: Literal["policy"] | Literal["kill"] | Literal["floor"] | Literal["unavailable"] | None = None, cause: Literal["policy_unavailable"] | Literal["budget_exhausted"] | Literal["memory_exhausted"] | Literal["answer_invalid"] | Literal["input_invalid"] | Literal["ledger_unavailable"] | Literal["kill_lease_stale"] | Literal["tenant_policy_unavailable"] | None = None, tenant: str | None = None, workspace: str | None = None, publisher: str | None = None, extension: str | None = None, install: str | None = None, execution: str | None = None, actor: str | None = None, resource_kind: str | None = None, resource: str | None = None, reason: str | None = None, rule: str | None = None, revision: str | None = None, correlation_id: str | None = None, since: str | None = None, until: str | None = None) -> str:
        "Decisions in the order of the log, as JSON lines or as events of OPA decision logs."
        return self._send("GET", "/v1/decisions/export", {}, {"format": format, "after": after, "wait": wait, "gate": gate, "action": action, "outcome": outcome, "decided_by": decided_by, "cause": cause, "tenant": tenant, "workspace": workspace, "publisher": publisher, "extension": extension, "install": install, "execution": execution, "actor": actor, "resource_kind": resource_kind, "resource": resource, "reason": reason, "rule": rule, "revision": revision, "correlation_id": correlation_id, "since": since, "until": until})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, gate: Literal["publish"] | Literal["install"] | Literal["call"] | Literal["capability"] | Literal["enforcement"] | Literal["killswitch"] | Literal["admin"] | None = None, action: Literal["platform.bootstrap"] | Literal["platform.status"] | Literal["tenant.create"] | Literal["tenant.update"] | Literal["tenant.suspend"] | Literal["tenant.resume"] | Literal["tenant.sandbox"] | Literal["tenant.delete"] | Literal["tenant.restore"] | Literal["tenant.remove"] | Literal["tenant.transfer"] | Literal["tenant.export"] | Literal["tenant.read"] | Literal["workspace.read"] | Literal["workspace.create"] | Literal["workspace.update"] | Literal["workspace.archive"] | Literal["workspace.restore"] | Literal["workspace.set_member"] | Literal["workspace.remove_member"] | Literal["person.create"] | Literal["person.update"] | Literal["person.read"] | Literal["person.erase"] | Literal["person.leave"] | Literal["person.export"] | Literal["person.export_own"] | Literal["access.review"] | Literal["invitation.read"] | Literal["invitation.create"] | Literal["invitation.resend"] | Literal["invitation.revoke"] | Literal["invitation.accept"] | Literal["key.create"] | Literal["key.revoke"] | Literal["key.read"] | Literal["service_account.read"] | Literal["service_account.create"] | Literal["service_account.handover"] | Literal["service_account.credential_add"] | Literal["service_account.credential_revoke"] | Literal["service_account.identity_add"] | Literal["service_account.identity_remove"] | Literal["service_token.create"] | Literal["service_token.exchange"] | Literal["role.read"] | Literal["role.write"] | Literal["list.read"] | Literal["list.write"] | Literal["limits.read"] | Literal["limits.write"] | Literal["group_rules.read"] | Literal["group_rules.write"] | Literal["scim_schema.read"] | Literal["scim_schema.write"] | Literal["scim_mapping.read"] | Literal["scim_mapping.write"] | Literal["whoami.read"] | Literal["access.read"] | Literal["provider.read"] | Literal["provider.create"] | Literal["provider.update"] | Literal["domain.read"] | Literal["domain.claim"] | Literal["domain.verify"] | Literal["domain.release"] | Literal["domain.lapse"] | Literal["session.create"] | Literal["session.read"] | Literal["session.end"] | Literal["session.revoke"] | Literal["account.read"] | Literal["account.knock"] | Literal["account.enrol"] | Literal["account.recover"] | Literal["account.change"] | Literal["account.reset"] | Literal["scim.read"] | Literal["scim.configure"] | Literal["scim.look_up"] | Literal["scim.provision"] | Literal["scim.let_go"] | Literal["scim.hold_off"] | Literal["scim.release"] | Literal["scim.reject"] | Literal["scim.undo"] | Literal["publisher.register"] | Literal["publisher.key_add"] | Literal["publisher.key_revoke"] | Literal["publisher.verify"] | Literal["publisher.read"] | Literal["extension.submit"] | Literal["extension.approve"] | Literal["extension.promote"] | Literal["extension.yank"] | Literal["extension.read"] | Literal["install.create"] | Literal["install.update"] | Literal["install.uninstall"] | Literal["runtime_token.create"] | Literal["runtime_token.revoke"] | Literal["install.read"] | Literal["extension.invoke"] | Literal["capability.use"] | Literal["execution.read"] | Literal["event.redeliver"] | Literal["call.read"] | Literal["call.fetch"] | Literal["execution.record"] | Literal["execution.replay"] | Literal["execution.export"] | Literal["enforcement.set_rung"] | Literal["kill.engage"] | Literal["kill.release"] | Literal["kill.read"] | Literal["approval.vote"] | Literal["approval.read"] | Literal["decision.read"] | Literal["decision.explain"] | Literal["decision.replay"] | Literal["audit.read"] | Literal["audit.export"] | Literal["audit.retain"] | Literal["policy.read"] | Literal["policy.draft"] | Literal["policy.what_if"] | Literal["policy.seal"] | Literal["policy.activate"] | Literal["policy.advance"] | Literal["policy.revert"] | Literal["policy.rollback"] | Literal["policy.expire"] | Literal["waiver.grant"] | Literal["waiver.revoke"] | Literal["tenant_policy.draft"] | Literal["tenant_policy.activate"] | Literal["tenant_policy.rollback"] | Literal["agent.connect"] | Literal["agent.report"] | None = None, outcome: Literal["allow"] | Literal["hold"] | Literal["deny"] | Literal["unavailable"] | None = None, decided_by: Literal["policy"] | Literal["kill"] | Literal["floor"] | Literal["unavailable"] | None = None, cause: Literal["policy_unavailable"] | Literal["budget_exhausted"] | Literal["memory_exhausted"] | Literal["answer_invalid"] | Literal["input_invalid"] | Literal["ledger_unavailable"] | Literal["kill_lease_stale"] | Literal["tenant_policy_unavailable"] | None = None, tenant: str | None = None, workspace: str | None = None, publisher: str | None = None, extension: str | None = None, install: str | None = None, execution: str | None = None, actor: str | None = None, resource_kind: str | None = None, resource: str | None = None, reason: str | None = None, rule: str | None = None, revision: str | None = None, correlation_id: str | None = None, since: str | None = None, until: str | None = None, after: str | None = None, wait: int | None = None) -> DecisionsListAnswer:
        "Search decisions, newest first; with after, what the log took since."
        return self._send("GET", "/v1/decisions", {}, {"limit": limit, "cursor": cursor, "gate": gate, "action": action, "outcome": outcome, "decided_by": decided_by, "cause": cause, "tenant": tenant, "workspace": workspace, "publisher": publisher, "extension": extension, "install": install, "execution": execution, "actor": actor, "resource_kind": resource_kind, "resource": resource, "reason": reason, "rule": rule, "revision": revision, "correlation_id": correlation_id, "since": since, "until": until, "after": after, "wait": wait})  # type: ignore[no-any-return]

    def replay(self, *, id: str) -> DecisionsReplayAnswer:
        "Evaluate the stored input again and compare the answer byte for byte."
        return self._send("POST", "/v1/decisions/{id}/replay", {"id": id}, {})  # type: ignore[no-any-return]

    def show(self, *, id: str, facts: Literal["true"] | Literal["false"] | None = None) -> DecisionsShowAnswer:
        "Why a decision was made as it was."
        return self._send("GET", "/v1/decisions/{id}", {"id": id}, {"facts": facts})  # type: ignore[no-any-return]

    def trace(self, *, id: str) -> DecisionsTraceAnswer:
        "Which rules a decision entered and which facts they read, by OPA from the sources of its revision."
        return self._send("POST", "/v1/decisions/{id}/trace", {"id": id}, {})  # type: ignore[no-any-return]


class DeliveriesGroup(Group):
    def list(self, *, limit: int | None = None, cursor: str | None = None, state: Literal["waiting"] | Literal["delivered"] | Literal["dead"] | None = None, extension: str | None = None) -> DeliveriesListAnswer:
        "Events on their way to the installs that consume them, newest first."
        return self._send("GET", "/v1/event-deliveries", {}, {"limit": limit, "cursor": cursor, "state": state, "extension": extension})  # type: ignore[no-any-return]

    def redeliver(self, *, id: str) -> DeliveriesListAnswerItemsItem:
        "Try a dead delivery again, from its first attempt on."
        return self._send("POST", "/v1/event-deliveries/{id}/redeliver", {"id": id}, {})  # type: ignore[no-any-return]


class DomainsGroup(Group):
    def claim(self, *, body: DomainsClaimBody) -> DomainsClaimAnswer:
        "Claim a domain; the answer says which DNS record proves it."
        return self._send("POST", "/v1/domains", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> DomainsListAnswer:
        "Domains of the organisation, proven or not."
        return self._send("GET", "/v1/domains", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def release(self, *, id: str) -> DomainsClaimAnswer:
        "Let a domain go."
        return self._send("DELETE", "/v1/domains/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def verify(self, *, id: str) -> DomainsClaimAnswer:
        "Look the record up, and hold the domain for proven."
        return self._send("POST", "/v1/domains/{id}/verify", {"id": id}, {})  # type: ignore[no-any-return]


class DraftsGroup(Group):
    def check(self, *, id: str, body: DraftsCheckBody) -> DraftsCheckAnswer:
        "Run every check on a draft, in their order."
        return self._send("POST", "/v1/policy/drafts/{id}/check", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def create(self, *, body: DraftsCreateBody) -> DraftsCheckAnswer:
        "Begin a draft from a revision, or from files."
        return self._send("POST", "/v1/policy/drafts", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def diff(self, *, id: str) -> DraftsDiffAnswer:
        "What a draft changes, by file and by meaning."
        return self._send("GET", "/v1/policy/drafts/{id}/diff", {"id": id}, {})  # type: ignore[no-any-return]

    def discard(self, *, id: str, version: float) -> DraftsCheckAnswer:
        "Give a draft up; it stays on record."
        return self._send("DELETE", "/v1/policy/drafts/{id}", {"id": id}, {"version": version})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> DraftsListAnswer:
        "Drafts of policy, newest first."
        return self._send("GET", "/v1/policy/drafts", {}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def push(self, *, id: str, body: DraftsPushBody) -> DraftsCheckAnswer:
        "Replace every file, as a push from a working tree does."
        return self._send("PUT", "/v1/policy/drafts/{id}/files", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def read(self, *, id: str, path: str) -> DraftsReadAnswer:
        "One file of a draft."
        return self._send("GET", "/v1/policy/drafts/{id}/files/{path}", {"id": id, "path": path}, {})  # type: ignore[no-any-return]

    def rebase(self, *, id: str, body: DraftsRebaseBody) -> DraftsCheckAnswer:
        "Take over what changed in force since the draft began; files changed on both sides are a conflict."
        return self._send("POST", "/v1/policy/drafts/{id}/rebase", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def remove(self, *, id: str, path: str, version: float) -> DraftsCheckAnswer:
        "Take one file out of a draft."
        return self._send("DELETE", "/v1/policy/drafts/{id}/files/{path}", {"id": id, "path": path}, {"version": version})  # type: ignore[no-any-return]

    def seal(self, *, id: str, body: DraftsCheckBody) -> DraftsSealAnswer:
        "Seal a draft that passed its checks as a revision."
        return self._send("POST", "/v1/policy/drafts/{id}/seal", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, id: str) -> DraftsCheckAnswer:
        "A draft with its files and the last run of its checks."
        return self._send("GET", "/v1/policy/drafts/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def write(self, *, id: str, path: str, body: DraftsWriteBody) -> DraftsCheckAnswer:
        "Write one file of a draft."
        return self._send("PUT", "/v1/policy/drafts/{id}/files/{path}", {"id": id, "path": path}, {}, body, "application/json")  # type: ignore[no-any-return]


class EventsGroup(Group):
    def list(self, *, limit: int | None = None, cursor: str | None = None, extension: str | None = None, type: str | None = None) -> EventsListAnswer:
        "Events that extensions published, newest first, as CloudEvents."
        return self._send("GET", "/v1/events", {}, {"limit": limit, "cursor": cursor, "extension": extension, "type": type})  # type: ignore[no-any-return]


class ExecutionsGroup(Group):
    def list(self, *, limit: int | None = None, cursor: str | None = None, extension: str | None = None, outcome: Literal["ok"] | Literal["guest_error"] | Literal["fuel_exhausted"] | Literal["memory_exhausted"] | Literal["time_exceeded"] | Literal["output_exceeded"] | Literal["host_calls_exhausted"] | Literal["exited"] | Literal["trap"] | Literal["killed"] | Literal["crashed"] | Literal["client_gone"] | Literal["input_exceeded"] | None = None, trace_id: str | None = None, workspace_id: str | None = None) -> ExecutionsListAnswer:
        "Executions, newest first."
        return self._send("GET", "/v1/executions", {}, {"limit": limit, "cursor": cursor, "extension": extension, "outcome": outcome, "trace_id": trace_id, "workspace_id": workspace_id})  # type: ignore[no-any-return]

    def receipt(self, *, id: str) -> ExecutionsReceiptAnswer:
        "The receipt of an execution, with the proof that it is in the log."
        return self._send("GET", "/v1/executions/{id}/receipt", {"id": id}, {})  # type: ignore[no-any-return]

    def recording(self, *, id: str) -> ExecutionsRecordingAnswer:
        "A recorded execution, host call by host call, with payloads and without the values of secrets."
        return self._send("GET", "/v1/executions/{id}/recording", {"id": id}, {})  # type: ignore[no-any-return]

    def replay(self, *, id: str) -> ExecutionsReplayAnswer:
        "Run a recorded execution again, without effects, and name the first difference."
        return self._send("POST", "/v1/executions/{id}/replay", {"id": id}, {})  # type: ignore[no-any-return]

    def show(self, *, id: str) -> ExecutionsListAnswerItemsItem:
        "One execution."
        return self._send("GET", "/v1/executions/{id}", {"id": id}, {})  # type: ignore[no-any-return]


class ExtensionsGroup(Group):
    def list(self, *, limit: int | None = None, cursor: str | None = None, q: str | None = None, category: Literal["ai"] | Literal["analytics"] | Literal["compliance"] | Literal["developer-tools"] | Literal["finance"] | Literal["hr"] | Literal["integration"] | Literal["legal"] | Literal["marketing"] | Literal["operations"] | Literal["productivity"] | Literal["sales"] | Literal["security"] | Literal["support"] | None = None, type: Literal["ui-app"] | Literal["workflow-step"] | Literal["ai-agent"] | Literal["report"] | None = None, without_permission: Literal["kv:read"] | Literal["kv:write"] | Literal["log:read"] | Literal["log:write"] | Literal["config:read"] | Literal["metrics:write"] | Literal["http:fetch"] | Literal["secrets:read"] | Literal["events:publish"] | Literal["events:subscribe"] | Literal["services:call"] | Literal["model:invoke"] | Literal["query:read"] | Literal["workspace:read"] | Literal["workspace:write"] | Literal["command:run"] | Literal["people:read"] | Literal["expense:read"] | Literal["expense:write"] | Literal["pii:unmask"] | None = None, compatible: Literal["true"] | Literal["false"] | None = None, publisher: str | None = None) -> ExtensionsListAnswer:
        "Extensions that the caller can see, newest first."
        return self._send("GET", "/v1/extensions", {}, {"limit": limit, "cursor": cursor, "q": q, "category": category, "type": type, "without_permission": without_permission, "compatible": compatible, "publisher": publisher})  # type: ignore[no-any-return]

    def logs(self, *, name: str, after: str | None = None, limit: int | None = None) -> ExtensionsLogsAnswer:
        "Log lines of an extension, oldest first."
        return self._send("GET", "/v1/extensions/{name}/logs", {"name": name}, {"after": after, "limit": limit})  # type: ignore[no-any-return]

    def metrics(self, *, name: str, day: str | None = None) -> ExtensionsMetricsAnswer:
        "What an extension measured of its own work on one day."
        return self._send("GET", "/v1/extensions/{name}/metrics", {"name": name}, {"day": day})  # type: ignore[no-any-return]

    def publish(self, *, body: bytes) -> ExtensionsPublishAnswer | Held:
        "Publish a signed bundle."
        return self._send("POST", "/v1/extensions", {}, {}, body, "application/vnd.gatehouse.bundle.v1+gzip")  # type: ignore[no-any-return]

    def set_rung(self, *, name: str, body: ExtensionsSetRungBody) -> ExtensionsSetRungAnswer:
        "Set an extension on a rung of the enforcement ladder."
        return self._send("PUT", "/v1/extensions/{name}/rung", {"name": name}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: str) -> ExtensionsListAnswerItemsItem:
        "One extension with its versions."
        return self._send("GET", "/v1/extensions/{name}", {"name": name}, {})  # type: ignore[no-any-return]


class GrouprulesGroup(Group):
    def diff(self, *, name: str, tenant_id: str | None = None, from_: float | None = None, to: float | None = None) -> GrouprulesDiffAnswer:
        "Rules that give roles to SCIM groups: what differs between two revisions."
        return self._send("GET", "/v1/group-rules/{name}/diff", {"name": name}, {"tenant_id": tenant_id, "from": from_, "to": to})  # type: ignore[no-any-return]

    def history(self, *, name: str, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> GrouprulesHistoryAnswer:
        "Rules that give roles to SCIM groups: who changed it when and why, newest first."
        return self._send("GET", "/v1/group-rules/{name}/revisions", {"name": name}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> GrouprulesListAnswer:
        "Sets of rules that give roles to SCIM groups, each at its newest revision."
        return self._send("GET", "/v1/group-rules", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def preview(self, *, name: str, body: GrouprulesPreviewBody, tenant_id: str | None = None) -> GrouprulesPreviewAnswer:
        "Rules that give roles to SCIM groups: who would gain or lose what if they became these."
        return self._send("POST", "/v1/group-rules/{name}/preview", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def revert(self, *, name: str, body: GrouprulesRevertBody, tenant_id: str | None = None) -> GrouprulesListAnswerItemsItem:
        "Rules that give roles to SCIM groups: write an earlier revision's document as the next."
        return self._send("POST", "/v1/group-rules/{name}/revert", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def set(self, *, name: str, body: GrouprulesSetBody, tenant_id: str | None = None) -> GrouprulesListAnswerItemsItem:
        "Rules that give roles to SCIM groups: write the next revision."
        return self._send("PUT", "/v1/group-rules/{name}", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: str, tenant_id: str | None = None, revision: float | None = None) -> GrouprulesListAnswerItemsItem:
        "Rules that give roles to SCIM groups at its newest revision, or as it was at an earlier one."
        return self._send("GET", "/v1/group-rules/{name}", {"name": name}, {"tenant_id": tenant_id, "revision": revision})  # type: ignore[no-any-return]


class HealthGroup(Group):
    def live(self) -> HealthLiveAnswer:
        "The process answers."
        return self._send("GET", "/livez", {}, {})  # type: ignore[no-any-return]

    def metrics(self) -> str:
        "Prometheus metrics."
        return self._send("GET", "/metrics", {}, {})  # type: ignore[no-any-return]

    def ready(self) -> HealthLiveAnswer:
        "The service can decide and run."
        return self._send("GET", "/readyz", {}, {})  # type: ignore[no-any-return]

    def report(self) -> HealthLiveAnswer:
        "Every indicator with its detail."
        return self._send("GET", "/healthz", {}, {})  # type: ignore[no-any-return]


class HostGroup(Group):
    def config(self) -> dict[str, Any]:
        "Settings of the install, with the defaults of the manifest."
        return self._send("GET", "/ext-api/v1/config", {}, {})  # type: ignore[no-any-return]

    def fetch(self, *, body: HostFetchBody) -> HostFetchAnswer:
        "Send a request to a host that the manifest declares."
        return self._send("POST", "/ext-api/v1/http", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def kv_delete(self, *, key: str) -> str:
        "Delete what lies under a key, if anything does."
        return self._send("DELETE", "/ext-api/v1/kv/{key}", {"key": key}, {})  # type: ignore[no-any-return]

    def kv_list(self, *, prefix: str | None = None, limit: int | None = None, cursor: str | None = None) -> HostKvListAnswer:
        "Keys of the own storage, in the order of their bytes."
        return self._send("GET", "/ext-api/v1/kv", {}, {"prefix": prefix, "limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def kv_read(self, *, key: str) -> str:
        "The bytes under a key, with their version as ETag."
        return self._send("GET", "/ext-api/v1/kv/{key}", {"key": key}, {})  # type: ignore[no-any-return]

    def kv_write(self, *, key: str, body: bytes, ttl_s: int | None = None) -> HostKvWriteAnswer:
        "Store bytes under a key."
        return self._send("PUT", "/ext-api/v1/kv/{key}", {"key": key}, {"ttl_s": ttl_s}, body, "*/*")  # type: ignore[no-any-return]

    def log(self, *, body: HostLogBody) -> HostLogAnswer:
        "Write log lines."
        return self._send("POST", "/ext-api/v1/logs", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def measure(self, *, body: HostMeasureBody) -> HostLogAnswer:
        "Report measurements of the own work."
        return self._send("POST", "/ext-api/v1/metrics", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def publish(self, *, body: HostPublishBody) -> HostPublishAnswer:
        "Publish an event in the own namespace, as the manifest declares it."
        return self._send("POST", "/ext-api/v1/events", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def secret(self, *, name: str) -> HostSecretAnswer:
        "A secret that was entered at install."
        return self._send("GET", "/ext-api/v1/secrets/{name}", {"name": name}, {})  # type: ignore[no-any-return]


class InstallsGroup(Group):
    def create(self, *, body: InstallsCreateBody) -> InstallsCreateAnswer | Held:
        "Install an extension with the permissions that an admin grants."
        return self._send("POST", "/v1/installs", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, extension: str | None = None, workspace_id: str | None = None, tenant_id: str | None = None) -> InstallsListAnswer:
        "Installs of the organisation, newest first."
        return self._send("GET", "/v1/installs", {}, {"limit": limit, "cursor": cursor, "extension": extension, "workspace_id": workspace_id, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def show(self, *, id: str) -> InstallsCreateAnswer:
        "One install."
        return self._send("GET", "/v1/installs/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def uninstall(self, *, id: str) -> InstallsUninstallAnswer:
        "Uninstall: its rows, secrets, subscriptions and stored entries go with it."
        return self._send("DELETE", "/v1/installs/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def update(self, *, id: str, body: InstallsUpdateBody) -> InstallsCreateAnswer | Held:
        "Change the version, the grant, the settings or the secrets of an install."
        return self._send("PATCH", "/v1/installs/{id}", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class InvitationsGroup(Group):
    def accept(self, *, body: InvitationsAcceptBody) -> BootstrapCreateAnswer:
        "Join by the token of an invitation; the answer holds a first API key, shown once."
        return self._send("POST", "/v1/invitations/accept", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def create(self, *, body: InvitationsCreateBody) -> InvitationsCreateAnswer:
        "Invite somebody by e-mail."
        return self._send("POST", "/v1/invitations", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> InvitationsListAnswer:
        "Invitations, open and past."
        return self._send("GET", "/v1/invitations", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def resend(self, *, id: str) -> InvitationsCreateAnswer:
        "Send an invitation again, with a new token and seven days more; the token before it ends."
        return self._send("POST", "/v1/invitations/{id}/resend", {"id": id}, {})  # type: ignore[no-any-return]

    def revoke(self, *, id: str) -> InvitationsListAnswerItemsItem:
        "Take an invitation back."
        return self._send("DELETE", "/v1/invitations/{id}", {"id": id}, {})  # type: ignore[no-any-return]


class KeysGroup(Group):
    def create(self, *, body: KeysCreateBody) -> BootstrapCreateAnswerKey:
        "Create an API key; its secret is shown once."
        return self._send("POST", "/v1/keys", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> KeysListAnswer:
        "API keys, without their secrets."
        return self._send("GET", "/v1/keys", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def revoke(self, *, id: str) -> KeysListAnswerItemsItem:
        "Revoke an API key."
        return self._send("DELETE", "/v1/keys/{id}", {"id": id}, {})  # type: ignore[no-any-return]


class KillsGroup(Group):
    def engage(self, *, body: KillsEngageBody | KillsEngageBody2 | KillsEngageBody3 | KillsEngageBody4 | KillsEngageBody5 | KillsEngageBody6) -> KillsEngageAnswer:
        "Stop something at once; answers once every node has heard it or its lease has run out."
        return self._send("POST", "/v1/kills", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, state: Literal["engaged"] | Literal["released"] | None = None) -> KillsListAnswer:
        "Kill switches, newest first."
        return self._send("GET", "/v1/kills", {}, {"limit": limit, "cursor": cursor, "state": state})  # type: ignore[no-any-return]

    def release(self, *, id: str, body: CanariesRevertBody) -> KillsEngageAnswer | Held:
        "Let go what was stopped, once a second person agrees."
        return self._send("POST", "/v1/kills/{id}/release", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class LedgerGroup(Group):
    def checkpoint(self) -> LedgerCheckpointAnswer:
        "The newest signed checkpoint."
        return self._send("GET", "/v1/ledger/checkpoint", {}, {})  # type: ignore[no-any-return]

    def consistency(self, *, from_: int, to: int | None = None) -> LedgerConsistencyAnswer:
        "Proof that an older log is a prefix of a newer one."
        return self._send("GET", "/v1/ledger/proofs/consistency", {}, {"from": from_, "to": to})  # type: ignore[no-any-return]

    def export(self) -> str:
        "The log as JSON lines, with all that an offline verifier needs."
        return self._send("GET", "/v1/ledger/export", {}, {})  # type: ignore[no-any-return]

    def inclusion(self, *, entry: str) -> LedgerInclusionAnswer:
        "Proof that an entry is in the log."
        return self._send("GET", "/v1/ledger/proofs/inclusion", {}, {"entry": entry})  # type: ignore[no-any-return]

    def keys(self) -> LedgerKeysAnswer:
        "The keys that sign checkpoints."
        return self._send("GET", "/v1/ledger/keys", {}, {})  # type: ignore[no-any-return]


class LimitsGroup(Group):
    def diff(self, *, name: str, tenant_id: str | None = None, from_: float | None = None, to: float | None = None) -> GrouprulesDiffAnswer:
        "A set of limits: what differs between two revisions."
        return self._send("GET", "/v1/limits/{name}/diff", {"name": name}, {"tenant_id": tenant_id, "from": from_, "to": to})  # type: ignore[no-any-return]

    def history(self, *, name: str, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> GrouprulesHistoryAnswer:
        "A set of limits: who changed it when and why, newest first."
        return self._send("GET", "/v1/limits/{name}/revisions", {"name": name}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> LimitsListAnswer:
        "Sets of limits, each at its newest revision."
        return self._send("GET", "/v1/limits", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def revert(self, *, name: str, body: GrouprulesRevertBody, tenant_id: str | None = None) -> LimitsListAnswerItemsItem:
        "A set of limits: write an earlier revision's document as the next."
        return self._send("POST", "/v1/limits/{name}/revert", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def set(self, *, name: str, body: LimitsSetBody, tenant_id: str | None = None) -> LimitsListAnswerItemsItem:
        "A set of limits: write the next revision."
        return self._send("PUT", "/v1/limits/{name}", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: str, tenant_id: str | None = None, revision: float | None = None) -> LimitsListAnswerItemsItem:
        "A set of limits at its newest revision, or as it was at an earlier one."
        return self._send("GET", "/v1/limits/{name}", {"name": name}, {"tenant_id": tenant_id, "revision": revision})  # type: ignore[no-any-return]


class ListsGroup(Group):
    def diff(self, *, name: str, tenant_id: str | None = None, from_: float | None = None, to: float | None = None) -> GrouprulesDiffAnswer:
        "A list of extensions: what differs between two revisions."
        return self._send("GET", "/v1/lists/{name}/diff", {"name": name}, {"tenant_id": tenant_id, "from": from_, "to": to})  # type: ignore[no-any-return]

    def history(self, *, name: str, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> GrouprulesHistoryAnswer:
        "A list of extensions: who changed it when and why, newest first."
        return self._send("GET", "/v1/lists/{name}/revisions", {"name": name}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> ListsListAnswer:
        "Lists of extensions, each at its newest revision."
        return self._send("GET", "/v1/lists", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def revert(self, *, name: str, body: GrouprulesRevertBody, tenant_id: str | None = None) -> ListsListAnswerItemsItem:
        "A list of extensions: write an earlier revision's document as the next."
        return self._send("POST", "/v1/lists/{name}/revert", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def set(self, *, name: str, body: ListsSetBody, tenant_id: str | None = None) -> ListsListAnswerItemsItem:
        "A list of extensions: write the next revision."
        return self._send("PUT", "/v1/lists/{name}", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: str, tenant_id: str | None = None, revision: float | None = None) -> ListsListAnswerItemsItem:
        "A list of extensions at its newest revision, or as it was at an earlier one."
        return self._send("GET", "/v1/lists/{name}", {"name": name}, {"tenant_id": tenant_id, "revision": revision})  # type: ignore[no-any-return]


class OauthGroup(Group):
    def admit(self, *, body: bytes) -> str:
        "Let a command on this machine sign in, or refuse it."
        return self._send("POST", "/oauth/authorize", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def authorize(self, *, response_type: Literal["code"], client_id: Literal["gatehouse-cli"], redirect_uri: str, code_challenge: str, code_challenge_method: Literal["S256"], state: str, dpop_jkt: str | None = None, scope: str | None = None, tenant: str | None = None, login_hint: str | None = None, max_age: int | None = None) -> str:
        "A command asks for a code by loopback redirect (RFC 8252)."
        return self._send("GET", "/oauth/authorize", {}, {"response_type": response_type, "client_id": client_id, "redirect_uri": redirect_uri, "code_challenge": code_challenge, "code_challenge_method": code_challenge_method, "state": state, "dpop_jkt": dpop_jkt, "scope": scope, "tenant": tenant, "login_hint": login_hint, "max_age": max_age})  # type: ignore[no-any-return]

    def device(self, *, body: bytes) -> dict[str, Any]:
        "A command asks for a code that a person types in elsewhere (RFC 8628)."
        return self._send("POST", "/oauth/device_authorization", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def metadata(self) -> OauthMetadataAnswer:
        "Where a command signs in (RFC 8414)."
        return self._send("GET", "/.well-known/oauth-authorization-server", {}, {})  # type: ignore[no-any-return]

    def revoke(self, *, body: bytes) -> dict[str, Any]:
        "End the session of a token (RFC 7009)."
        return self._send("POST", "/oauth/revoke", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]

    def token(self, *, body: bytes) -> dict[str, Any]:
        "Codes and refresh tokens for tokens (RFC 6749, 8628)."
        return self._send("POST", "/oauth/token", {}, {}, body, "application/x-www-form-urlencoded")  # type: ignore[no-any-return]


class OpenapiGroup(Group):
    def asset(self, *, file: Literal["swagger-ui.css"] | Literal["swagger-ui-bundle.js"] | Literal["page.js"]) -> str:
        "Scripts and styles of the page."
        return self._send("GET", "/docs/{file}", {"file": file}, {})  # type: ignore[no-any-return]

    def document(self) -> OpenapiDocumentAnswer:
        "This API as OpenAPI 3.1."
        return self._send("GET", "/openapi.json", {}, {})  # type: ignore[no-any-return]

    def page(self) -> str:
        "A page to read this API and try it."
        return self._send("GET", "/docs", {}, {})  # type: ignore[no-any-return]


class PeopleGroup(Group):
    def by_groups(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> PeopleByGroupsAnswer:
        "People who have roles by groups, with the group and rule of each."
        return self._send("GET", "/v1/roles-by-groups", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def create(self, *, body: PeopleCreateBody) -> BootstrapCreateAnswerPerson:
        "Add a person or a service account."
        return self._send("POST", "/v1/people", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def erase(self, *, id: str) -> PeopleEraseAnswer | Held:
        "Erase a person, once a second person agrees: only their pseudonym stays, and leads to nobody."
        return self._send("POST", "/v1/people/{id}/erase", {"id": id}, {})  # type: ignore[no-any-return]

    def export(self, *, id: str) -> PeopleExportAnswer:
        "All that is kept of a person."
        return self._send("GET", "/v1/people/{id}/export", {"id": id}, {})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None, search: str | None = None) -> PeopleListAnswer:
        "People and service accounts."
        return self._send("GET", "/v1/people", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id, "search": search})  # type: ignore[no-any-return]

    def roles(self, *, id: str) -> PeopleRolesAnswer:
        "Which roles a person has, and by which group and rule."
        return self._send("GET", "/v1/people/{id}/roles", {"id": id}, {})  # type: ignore[no-any-return]

    def update(self, *, id: str, body: PeopleUpdateBody) -> BootstrapCreateAnswerPerson:
        "Change a person's name, roles or access."
        return self._send("PATCH", "/v1/people/{id}", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class PolicyGroup(Group):
    def activate(self, *, revision: str, body: PolicyActivateBody) -> PolicyActivateAnswer | Held:
        "Put a sealed policy in force, once a second person agrees."
        return self._send("POST", "/v1/policy/revisions/{revision}/activate", {"revision": revision}, {}, body, "application/json")  # type: ignore[no-any-return]

    def diff(self, *, revision: str, from_: str | None = None) -> DraftsDiffAnswer:
        "What a sealed policy changes against another one, by file and by meaning."
        return self._send("GET", "/v1/policy/revisions/{revision}/diff", {"revision": revision}, {"from": from_})  # type: ignore[no-any-return]

    def history(self) -> PolicyHistoryAnswer:
        "When which policy was put in force, by whom and why, newest first."
        return self._send("GET", "/v1/policy/activations", {}, {})  # type: ignore[no-any-return]

    def revisions(self) -> PolicyRevisionsAnswer:
        "Sealed policies, newest first."
        return self._send("GET", "/v1/policy/revisions", {}, {})  # type: ignore[no-any-return]

    def rollback(self, *, body: PolicyRollbackBody) -> PolicyActivateAnswer:
        "Go back to a policy that has decided before; one person suffices."
        return self._send("POST", "/v1/policy/rollback", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self) -> PolicyShowAnswer:
        "The policy that decides now, with its rules in words."
        return self._send("GET", "/v1/policy", {}, {})  # type: ignore[no-any-return]

    def status(self) -> PolicyStatusAnswer:
        "Which policy is in force, and which one each instance decides by."
        return self._send("GET", "/v1/policy/status", {}, {})  # type: ignore[no-any-return]

    def try_(self, *, body: PolicyTryBody) -> PolicyTryAnswer:
        "What policy would answer to facts, or to a past decision as edited."
        return self._send("POST", "/v1/policy/try", {}, {}, body, "application/json")  # type: ignore[no-any-return]


class ProvidersGroup(Group):
    def create(self, *, body: ProvidersCreateBody) -> ProvidersCreateAnswer:
        "Trust an OpenID provider to say who people are."
        return self._send("POST", "/v1/identity-providers", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> ProvidersListAnswer:
        "Identity providers that people sign in by."
        return self._send("GET", "/v1/identity-providers", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def renew_saml(self, *, id: str, body: ProvidersRenewSamlBody) -> ProvidersCreateAnswer:
        "Take newer metadata of a SAML 2.0 provider."
        return self._send("PUT", "/v1/identity-providers/{id}/saml", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def trust_saml(self, *, body: ProvidersTrustSamlBody) -> ProvidersCreateAnswer:
        "Trust a SAML 2.0 provider to say who people are, by its metadata."
        return self._send("POST", "/v1/identity-providers/saml", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def update(self, *, id: str, body: ProvidersUpdateBody) -> ProvidersCreateAnswer:
        "Change an identity provider, or turn it off."
        return self._send("PATCH", "/v1/identity-providers/{id}", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class PublishersGroup(Group):
    def add_key(self, *, id: str, body: PublishersAddKeyBody) -> PublishersAddKeyAnswer:
        "Add a signing key to the trust bundle."
        return self._send("POST", "/v1/publishers/{id}/keys", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def create(self, *, body: PublishersCreateBody) -> PublishersCreateAnswer:
        "Sign up as a publisher with a first signing key."
        return self._send("POST", "/v1/publishers", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> PublishersListAnswer:
        "Publishers and their signing keys."
        return self._send("GET", "/v1/publishers", {}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def revoke_key(self, *, id: str, keyid: str) -> PublishersAddKeyAnswer:
        "Revoke a signing key: what it signed is no longer installed or called."
        return self._send("DELETE", "/v1/publishers/{id}/keys/{keyid}", {"id": id, "keyid": keyid}, {})  # type: ignore[no-any-return]

    def verify(self, *, id: str) -> PublishersCreateAnswer:
        "State that the publisher is who it says."
        return self._send("POST", "/v1/publishers/{id}/verify", {"id": id}, {})  # type: ignore[no-any-return]


class RestrictionsGroup(Group):
    def activate(self, *, body: RestrictionsActivateBody) -> RestrictionsActivateAnswer | Held:
        "Put the draft in force, once a second person of the organisation agrees."
        return self._send("POST", "/v1/tenant-policy/draft/activate", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def activation(self, *, seq: float) -> RestrictionsActivationAnswer:
        "One change, with the Rego that came in force by it."
        return self._send("GET", "/v1/tenant-policy/activations/{seq}", {"seq": seq}, {})  # type: ignore[no-any-return]

    def check(self, *, body: RestrictionsCheckBody) -> RestrictionsCheckAnswer:
        "Run every check on the draft, and ask it about past decisions of the organisation."
        return self._send("POST", "/v1/tenant-policy/draft/check", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def draft(self) -> RestrictionsCheckAnswer:
        "The draft, with the last run of its checks."
        return self._send("GET", "/v1/tenant-policy/draft", {}, {})  # type: ignore[no-any-return]

    def history(self) -> RestrictionsHistoryAnswer:
        "When which of the organisation's own restrictions came in force, by whom and why, newest first."
        return self._send("GET", "/v1/tenant-policy/activations", {}, {})  # type: ignore[no-any-return]

    def rollback(self, *, body: RestrictionsRollbackBody) -> RestrictionsActivateAnswer:
        "Go back to restrictions that were in force before, or to none; one person suffices."
        return self._send("POST", "/v1/tenant-policy/rollback", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self) -> RestrictionsShowAnswer:
        "The organisation's own restrictions in force, and how its draft stands."
        return self._send("GET", "/v1/tenant-policy", {}, {})  # type: ignore[no-any-return]

    def write(self, *, body: RestrictionsWriteBody) -> RestrictionsCheckAnswer:
        "Write the draft: rules and tests."
        return self._send("PUT", "/v1/tenant-policy/draft", {}, {}, body, "application/json")  # type: ignore[no-any-return]


class RolesGroup(Group):
    def diff(self, *, name: str, tenant_id: str | None = None, from_: float | None = None, to: float | None = None) -> GrouprulesDiffAnswer:
        "A role of the organisation's own: what differs between two revisions."
        return self._send("GET", "/v1/roles/{name}/diff", {"name": name}, {"tenant_id": tenant_id, "from": from_, "to": to})  # type: ignore[no-any-return]

    def history(self, *, name: str, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> GrouprulesHistoryAnswer:
        "A role of the organisation's own: who changed it when and why, newest first."
        return self._send("GET", "/v1/roles/{name}/revisions", {"name": name}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> RolesListAnswer:
        "Roles of the organisation's own, each at its newest revision."
        return self._send("GET", "/v1/roles", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def revert(self, *, name: str, body: GrouprulesRevertBody, tenant_id: str | None = None) -> RolesListAnswerItemsItem:
        "A role of the organisation's own: write an earlier revision's document as the next."
        return self._send("POST", "/v1/roles/{name}/revert", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def set(self, *, name: str, body: RolesSetBody, tenant_id: str | None = None) -> RolesListAnswerItemsItem:
        "A role of the organisation's own: write the next revision."
        return self._send("PUT", "/v1/roles/{name}", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: str, tenant_id: str | None = None, revision: float | None = None) -> RolesListAnswerItemsItem:
        "A role of the organisation's own at its newest revision, or as it was at an earlier one."
        return self._send("GET", "/v1/roles/{name}", {"name": name}, {"tenant_id": tenant_id, "revision": revision})  # type: ignore[no-any-return]


class ScimGroup(Group):
    def bulk(self, *, body: dict[str, Any]) -> str:
        "Many changes in one request (RFC 7644, section 3.7)."
        return self._send("POST", "/scim/v2/Bulk", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def create_connection(self, *, body: ScimCreateConnectionBody) -> ScimCreateConnectionAnswer:
        "Let an identity provider keep people and groups in step; it needs a token next."
        return self._send("POST", "/v1/scim/connections", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def create_group(self, *, body: dict[str, Any], attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "Add a group (RFC 7644, section 3.3)."
        return self._send("POST", "/scim/v2/Groups", {}, {"attributes": attributes, "excludedAttributes": excluded_attributes}, body, "application/json")  # type: ignore[no-any-return]

    def create_token(self, *, id: str, body: ScimCreateTokenBody) -> ScimCreateTokenAnswer:
        "Make a token of a SCIM connection, beside one that is still in use; its secret is shown once."
        return self._send("POST", "/v1/scim/connections/{id}/tokens", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def create_user(self, *, body: dict[str, Any], attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "Add somebody (RFC 7644, section 3.3)."
        return self._send("POST", "/scim/v2/Users", {}, {"attributes": attributes, "excludedAttributes": excluded_attributes}, body, "application/json")  # type: ignore[no-any-return]

    def delete_connection(self, *, id: str) -> ScimDeleteConnectionAnswer:
        "Remove a SCIM connection that is turned off, with its tokens; people and groups stay as they are."
        return self._send("DELETE", "/v1/scim/connections/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def delete_group(self, *, id: str) -> str:
        "Take a group away; its people stay (RFC 7644, section 3.6)."
        return self._send("DELETE", "/scim/v2/Groups/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def delete_user(self, *, id: str) -> str:
        "Take somebody away for good (RFC 7644, section 3.6)."
        return self._send("DELETE", "/scim/v2/Users/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def list_brakes(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None, connection_id: str | None = None, state: Literal["held"] | Literal["released"] | Literal["rejected"] | Literal["over"] | None = None) -> ScimListBrakesAnswer:
        "Brakes that SCIM connections tripped, newest first."
        return self._send("GET", "/v1/scim/brakes", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id, "connection_id": connection_id, "state": state})  # type: ignore[no-any-return]

    def list_connections(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> ScimListConnectionsAnswer:
        "SCIM connections of the organisation."
        return self._send("GET", "/v1/scim/connections", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list_groups(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> ScimListGroupsAnswer:
        "Groups that identity providers keep in step, and the roles that rules give them."
        return self._send("GET", "/v1/scim/groups", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list_log(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None, connection_id: str | None = None, resource_id: str | None = None, outcome: Literal["done"] | Literal["refused"] | Literal["failed"] | None = None, would: Literal["true"] | Literal["false"] | None = None, effect: Literal["user.created"] | Literal["user.adopted"] | Literal["user.changed"] | Literal["user.deactivated"] | Literal["user.reactivated"] | Literal["user.deleted"] | Literal["sessions.ended"] | Literal["keys.revoked"] | Literal["service_account.disabled"] | Literal["roles.lost"] | Literal["group.created"] | Literal["group.changed"] | Literal["group.deleted"] | Literal["member.added"] | Literal["member.removed"] | None = None, since: str | None = None, until: str | None = None, q: str | None = None) -> ScimListLogAnswer:
        "What identity providers asked for, what it came to and what changed, newest first."
        return self._send("GET", "/v1/scim/log", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id, "connection_id": connection_id, "resource_id": resource_id, "outcome": outcome, "would": would, "effect": effect, "since": since, "until": until, "q": q})  # type: ignore[no-any-return]

    def list_tokens(self, *, id: str, limit: int | None = None, cursor: str | None = None) -> ScimListTokensAnswer:
        "Tokens of a SCIM connection, newest first, without their secrets."
        return self._send("GET", "/v1/scim/connections/{id}/tokens", {"id": id}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def me(self, *, attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "Whoever asks, by their own key or session (RFC 7644, section 3.11)."
        return self._send("GET", "/scim/v2/Me", {}, {"attributes": attributes, "excludedAttributes": excluded_attributes})  # type: ignore[no-any-return]

    def patch_group(self, *, id: str, body: dict[str, Any], attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "Change a group or who belongs to it (RFC 7644, section 3.5.2)."
        return self._send("PATCH", "/scim/v2/Groups/{id}", {"id": id}, {"attributes": attributes, "excludedAttributes": excluded_attributes}, body, "application/json")  # type: ignore[no-any-return]

    def patch_user(self, *, id: str, body: dict[str, Any], attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "Change what is known of somebody (RFC 7644, section 3.5.2)."
        return self._send("PATCH", "/scim/v2/Users/{id}", {"id": id}, {"attributes": attributes, "excludedAttributes": excluded_attributes}, body, "application/json")  # type: ignore[no-any-return]

    def provider_config(self) -> str:
        "What this service provider can do (RFC 7643, section 5)."
        return self._send("GET", "/scim/v2/ServiceProviderConfig", {}, {})  # type: ignore[no-any-return]

    def query_groups(self, *, attributes: str | None = None, excluded_attributes: str | None = None, filter: str | None = None, sort_by: str | None = None, sort_order: str | None = None, start_index: str | None = None, count: str | None = None, cursor: str | None = None) -> str:
        "Find groups (RFC 7644, section 3.4.2)."
        return self._send("GET", "/scim/v2/Groups", {}, {"attributes": attributes, "excludedAttributes": excluded_attributes, "filter": filter, "sortBy": sort_by, "sortOrder": sort_order, "startIndex": start_index, "count": count, "cursor": cursor})  # type: ignore[no-any-return]

    def query_users(self, *, attributes: str | None = None, excluded_attributes: str | None = None, filter: str | None = None, sort_by: str | None = None, sort_order: str | None = None, start_index: str | None = None, count: str | None = None, cursor: str | None = None) -> str:
        "Find people (RFC 7644, section 3.4.2)."
        return self._send("GET", "/scim/v2/Users", {}, {"attributes": attributes, "excludedAttributes": excluded_attributes, "filter": filter, "sortBy": sort_by, "sortOrder": sort_order, "startIndex": start_index, "count": count, "cursor": cursor})  # type: ignore[no-any-return]

    def read_group(self, *, id: str, attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "One group."
        return self._send("GET", "/scim/v2/Groups/{id}", {"id": id}, {"attributes": attributes, "excludedAttributes": excluded_attributes})  # type: ignore[no-any-return]

    def read_user(self, *, id: str, attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "One person."
        return self._send("GET", "/scim/v2/Users/{id}", {"id": id}, {"attributes": attributes, "excludedAttributes": excluded_attributes})  # type: ignore[no-any-return]

    def release_brake(self, *, id: str, body: ScimReleaseBrakeBody) -> ScimListBrakesAnswerItemsItem | Held:
        "Open a brake that was rejected, or that nobody decided on, for what it lists."
        return self._send("POST", "/v1/scim/brakes/{id}/release", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def replace_group(self, *, id: str, body: dict[str, Any], attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "Replace a group with its members (RFC 7644, section 3.5.1)."
        return self._send("PUT", "/scim/v2/Groups/{id}", {"id": id}, {"attributes": attributes, "excludedAttributes": excluded_attributes}, body, "application/json")  # type: ignore[no-any-return]

    def replace_user(self, *, id: str, body: dict[str, Any], attributes: str | None = None, excluded_attributes: str | None = None) -> str:
        "Replace what is known of somebody (RFC 7644, section 3.5.1)."
        return self._send("PUT", "/scim/v2/Users/{id}", {"id": id}, {"attributes": attributes, "excludedAttributes": excluded_attributes}, body, "application/json")  # type: ignore[no-any-return]

    def resource_type(self, *, id: str) -> str:
        "One kind of resource."
        return self._send("GET", "/scim/v2/ResourceTypes/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def resource_types(self) -> str:
        "Kinds of resources (RFC 7643, section 6)."
        return self._send("GET", "/scim/v2/ResourceTypes", {}, {})  # type: ignore[no-any-return]

    def revoke_token(self, *, id: str) -> ScimListTokensAnswerItemsItem:
        "Revoke a token of a SCIM connection."
        return self._send("DELETE", "/v1/scim/tokens/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def schema(self, *, id: str) -> str:
        "One schema."
        return self._send("GET", "/scim/v2/Schemas/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def schemas(self) -> str:
        "Schemas of resources (RFC 7643, section 7)."
        return self._send("GET", "/scim/v2/Schemas", {}, {})  # type: ignore[no-any-return]

    def search(self, *, body: dict[str, Any]) -> str:
        "Find people and groups by a body (RFC 7644, section 3.4.3)."
        return self._send("POST", "/scim/v2/.search", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def search_groups(self, *, body: dict[str, Any]) -> str:
        "Find groups by a body (RFC 7644, section 3.4.3)."
        return self._send("POST", "/scim/v2/Groups/.search", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def search_users(self, *, body: dict[str, Any]) -> str:
        "Find people by a body (RFC 7644, section 3.4.3)."
        return self._send("POST", "/scim/v2/Users/.search", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show_brake(self, *, id: str) -> ScimShowBrakeAnswer:
        "One brake: what it holds off, and what passed before it tripped."
        return self._send("GET", "/v1/scim/brakes/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def show_connection(self, *, id: str) -> ScimCreateConnectionAnswer:
        "One SCIM connection."
        return self._send("GET", "/v1/scim/connections/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def show_group(self, *, id: str) -> ScimShowGroupAnswer:
        "One group, with its people and the rules that are about it."
        return self._send("GET", "/v1/scim/groups/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def show_log(self, *, id: str) -> PeopleExportAnswerProvisioningItem:
        "One request of an identity provider."
        return self._send("GET", "/v1/scim/log/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def show_person(self, *, id: str) -> ScimShowPersonAnswer:
        "Somebody whom an identity provider keeps in step, with the fields that the mapping made."
        return self._send("GET", "/v1/scim/people/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def undo_brake(self, *, id: str) -> ScimUndoBrakeAnswer:
        "Bring back a hundred of those who were let go before a brake tripped, each by a decision of its own."
        return self._send("POST", "/v1/scim/brakes/{id}/undo", {"id": id}, {})  # type: ignore[no-any-return]

    def update_connection(self, *, id: str, body: ScimUpdateConnectionBody) -> ScimCreateConnectionAnswer:
        "Rename, turn on or off, or change what a SCIM connection may do."
        return self._send("PATCH", "/v1/scim/connections/{id}", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class ScimmappingsGroup(Group):
    def diff(self, *, name: Literal["default"], tenant_id: str | None = None, from_: float | None = None, to: float | None = None) -> GrouprulesDiffAnswer:
        "Which SCIM attribute becomes which field of a person: what differs between two revisions."
        return self._send("GET", "/v1/scim/mappings/{name}/diff", {"name": name}, {"tenant_id": tenant_id, "from": from_, "to": to})  # type: ignore[no-any-return]

    def history(self, *, name: Literal["default"], limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> GrouprulesHistoryAnswer:
        "Which SCIM attribute becomes which field of a person: who changed it when and why, newest first."
        return self._send("GET", "/v1/scim/mappings/{name}/revisions", {"name": name}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> ScimmappingsListAnswer:
        "The mapping of SCIM attributes to people, each at its newest revision."
        return self._send("GET", "/v1/scim/mappings", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def preview(self, *, name: Literal["default"], body: ScimmappingsPreviewBody, tenant_id: str | None = None) -> ScimmappingsPreviewAnswer:
        "Which SCIM attribute becomes which field of a person: what would become of people if it were this."
        return self._send("POST", "/v1/scim/mappings/{name}/preview", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def revert(self, *, name: Literal["default"], body: GrouprulesRevertBody, tenant_id: str | None = None) -> ScimmappingsListAnswerItemsItem:
        "Which SCIM attribute becomes which field of a person: write an earlier revision's document as the next."
        return self._send("POST", "/v1/scim/mappings/{name}/revert", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def set(self, *, name: Literal["default"], body: ScimmappingsSetBody, tenant_id: str | None = None) -> ScimmappingsListAnswerItemsItem:
        "Which SCIM attribute becomes which field of a person: write the next revision."
        return self._send("PUT", "/v1/scim/mappings/{name}", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: Literal["default"], tenant_id: str | None = None, revision: float | None = None) -> ScimmappingsListAnswerItemsItem:
        "Which SCIM attribute becomes which field of a person at its newest revision, or as it was at an earlier one."
        return self._send("GET", "/v1/scim/mappings/{name}", {"name": name}, {"tenant_id": tenant_id, "revision": revision})  # type: ignore[no-any-return]


class ScimschemasGroup(Group):
    def diff(self, *, name: str, tenant_id: str | None = None, from_: float | None = None, to: float | None = None) -> GrouprulesDiffAnswer:
        "A SCIM schema that extends people: what differs between two revisions."
        return self._send("GET", "/v1/scim/schemas/{name}/diff", {"name": name}, {"tenant_id": tenant_id, "from": from_, "to": to})  # type: ignore[no-any-return]

    def history(self, *, name: str, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> GrouprulesHistoryAnswer:
        "A SCIM schema that extends people: who changed it when and why, newest first."
        return self._send("GET", "/v1/scim/schemas/{name}/revisions", {"name": name}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None) -> ScimschemasListAnswer:
        "SCIM schemas that extend people, each at its newest revision."
        return self._send("GET", "/v1/scim/schemas", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id})  # type: ignore[no-any-return]

    def revert(self, *, name: str, body: GrouprulesRevertBody, tenant_id: str | None = None) -> ScimschemasListAnswerItemsItem:
        "A SCIM schema that extends people: write an earlier revision's document as the next."
        return self._send("POST", "/v1/scim/schemas/{name}/revert", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def set(self, *, name: str, body: ScimschemasSetBody, tenant_id: str | None = None) -> ScimschemasListAnswerItemsItem:
        "A SCIM schema that extends people: write the next revision."
        return self._send("PUT", "/v1/scim/schemas/{name}", {"name": name}, {"tenant_id": tenant_id}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: str, tenant_id: str | None = None, revision: float | None = None) -> ScimschemasListAnswerItemsItem:
        "A SCIM schema that extends people at its newest revision, or as it was at an earlier one."
        return self._send("GET", "/v1/scim/schemas/{name}", {"name": name}, {"tenant_id": tenant_id, "revision": revision})  # type: ignore[no-any-return]


class SessionsGroup(Group):
    def end(self, *, id: str) -> AuthSessionAnswerSession:
        "End one of your own sessions."
        return self._send("DELETE", "/v1/sessions/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> SessionsListAnswer:
        "The caller's own sessions, newest first."
        return self._send("GET", "/v1/sessions", {}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def of(self, *, id: str, limit: int | None = None, cursor: str | None = None) -> SessionsListAnswer:
        "A person's sessions, newest first."
        return self._send("GET", "/v1/people/{id}/sessions", {"id": id}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def revoke(self, *, id: str) -> AuthLogoutAnswer:
        "End every session of a person, at once."
        return self._send("DELETE", "/v1/people/{id}/sessions", {"id": id}, {})  # type: ignore[no-any-return]


class TenantsGroup(Group):
    def create(self, *, body: TenantsCreateBody) -> TenantsCreateAnswer:
        "Create an organisation with its default workspace and first owner."
        return self._send("POST", "/v1/tenants", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def delete(self, *, id: str, body: TenantsDeleteBody) -> TenantsCreateAnswerTenant | Held:
        "Close an organisation: its people and extensions stop now, and all that it has goes after a grace period."
        return self._send("POST", "/v1/tenants/{id}/delete", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def export(self, *, id: str, limit: int | None = None, cursor: str | None = None) -> TenantsExportAnswer:
        "All that an organisation has, without secrets, page by page."
        return self._send("GET", "/v1/tenants/{id}/export", {"id": id}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None) -> TenantsListAnswer:
        "Organisations that the caller can see."
        return self._send("GET", "/v1/tenants", {}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def restore(self, *, id: str, body: RestrictionsCheckBody) -> TenantsCreateAnswerTenant:
        "Call off the closing of an organisation, within its grace period."
        return self._send("POST", "/v1/tenants/{id}/restore", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def resume(self, *, id: str, body: RestrictionsCheckBody) -> TenantsCreateAnswerTenant:
        "End the suspension of an organisation."
        return self._send("POST", "/v1/tenants/{id}/resume", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def sandbox(self, *, body: TenantsSandboxBody) -> TenantsSandboxAnswer:
        "Make a sandbox: an organisation with people, keys and samples that ends by itself."
        return self._send("POST", "/v1/sandboxes", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def suspend(self, *, id: str, body: TenantsSuspendBody) -> TenantsCreateAnswerTenant:
        "Suspend an organisation: its people sign in no more, and its extensions are not called."
        return self._send("POST", "/v1/tenants/{id}/suspend", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def transfer(self, *, id: str, body: TenantsTransferBody) -> TenantsTransferAnswer:
        "Give ownership of an organisation to another of its people."
        return self._send("POST", "/v1/tenants/{id}/transfer", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def update(self, *, id: str, body: TenantsUpdateBody) -> TenantsCreateAnswerTenant:
        "Rename an organisation or change what it chooses for itself."
        return self._send("PATCH", "/v1/tenants/{id}", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class TokensGroup(Group):
    def create(self, *, id: str, body: TokensCreateBody) -> TokensCreateAnswer:
        "Mint a token of at most an hour for an extension that runs elsewhere; it is shown once."
        return self._send("POST", "/v1/installs/{id}/runtime-tokens", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, id: str, limit: int | None = None, cursor: str | None = None) -> TokensListAnswer:
        "Runtime tokens of an install, newest first, without their secrets."
        return self._send("GET", "/v1/installs/{id}/runtime-tokens", {"id": id}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def revoke(self, *, id: str) -> TokensListAnswerItemsItem:
        "Revoke a runtime token."
        return self._send("DELETE", "/v1/runtime-tokens/{id}", {"id": id}, {})  # type: ignore[no-any-return]


class VersionsGroup(Group):
    def promote(self, *, name: str, semver: str, body: VersionsPromoteBody) -> ExtensionsPublishAnswer:
        "Move a version to the next channel: draft, beta, ga."
        return self._send("POST", "/v1/extensions/{name}/versions/{semver}/promote", {"name": name, "semver": semver}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, name: str, semver: str) -> ExtensionsPublishAnswer:
        "One version with its manifest and certification."
        return self._send("GET", "/v1/extensions/{name}/versions/{semver}", {"name": name, "semver": semver}, {})  # type: ignore[no-any-return]

    def yank(self, *, name: str, semver: str) -> ExtensionsPublishAnswer:
        "Take a version out of circulation: it is not installed anew."
        return self._send("POST", "/v1/extensions/{name}/versions/{semver}/yank", {"name": name, "semver": semver}, {})  # type: ignore[no-any-return]


class WaiversGroup(Group):
    def list(self, *, limit: int | None = None, cursor: str | None = None, state: Literal["in_force"] | Literal["expired"] | Literal["revoked"] | None = None) -> WaiversListAnswer:
        "Waivers, newest first."
        return self._send("GET", "/v1/policy/waivers", {}, {"limit": limit, "cursor": cursor, "state": state})  # type: ignore[no-any-return]

    def request(self, *, body: WaiversRequestBody) -> WaiversListAnswerItemsItem | Held:
        "Ask that a reason shall not count for one organisation or extension for some time, once a second person agrees."
        return self._send("POST", "/v1/policy/waivers", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def revoke(self, *, id: str, body: WaiversRevokeBody) -> WaiversListAnswerItemsItem:
        "End a waiver now; one person suffices."
        return self._send("POST", "/v1/policy/waivers/{id}/revoke", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, id: str) -> WaiversShowAnswer:
        "A waiver, and the last decisions in which it acted."
        return self._send("GET", "/v1/policy/waivers/{id}", {"id": id}, {})  # type: ignore[no-any-return]


class WhatifsGroup(Group):
    def cancel(self, *, id: str) -> WhatifsCancelAnswer:
        "End a replay; what it found by now is not kept as a report."
        return self._send("POST", "/v1/policy/what-ifs/{id}/cancel", {"id": id}, {})  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, draft: str | None = None, revision: str | None = None) -> WhatifsListAnswer:
        "Replays of past decisions through candidates, newest first."
        return self._send("GET", "/v1/policy/what-ifs", {}, {"limit": limit, "cursor": cursor, "draft": draft, "revision": revision})  # type: ignore[no-any-return]

    def show(self, *, id: str) -> WhatifsCancelAnswer:
        "How far a replay is and, when it is done, what the candidate would have changed."
        return self._send("GET", "/v1/policy/what-ifs/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def start_draft(self, *, id: str, body: WhatifsStartDraftBody) -> WhatifsCancelAnswer:
        "Begin to replay past decisions through a draft, as it stands now."
        return self._send("POST", "/v1/policy/drafts/{id}/what-if", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def start_revision(self, *, revision: str, body: WhatifsStartDraftBody) -> WhatifsCancelAnswer:
        "Begin to replay past decisions through a revision."
        return self._send("POST", "/v1/policy/revisions/{revision}/what-if", {"revision": revision}, {}, body, "application/json")  # type: ignore[no-any-return]


class WhoamiGroup(Group):
    def export(self) -> PeopleExportAnswer:
        "All that is kept of you."
        return self._send("GET", "/v1/whoami/export", {}, {})  # type: ignore[no-any-return]

    def leave(self, *, body: WhoamiLeaveBody) -> WhoamiLeaveAnswer:
        "Leave your organisation: your roles go, your sessions and keys end."
        return self._send("POST", "/v1/whoami/leave", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self) -> WhoamiShowAnswer:
        "Who this key belongs to, and what it may do."
        return self._send("GET", "/v1/whoami", {}, {})  # type: ignore[no-any-return]


class WorkspacesGroup(Group):
    def archive(self, *, id: str, body: WorkspacesArchiveBody) -> TenantsCreateAnswerWorkspace:
        "Archive a workspace: nothing is called or installed in it until it is restored."
        return self._send("POST", "/v1/workspaces/{id}/archive", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def create(self, *, body: WorkspacesCreateBody) -> TenantsCreateAnswerWorkspace:
        "Create a workspace."
        return self._send("POST", "/v1/workspaces", {}, {}, body, "application/json")  # type: ignore[no-any-return]

    def list(self, *, limit: int | None = None, cursor: str | None = None, tenant_id: str | None = None, status: Literal["active"] | Literal["archived"] | None = None, search: str | None = None) -> WorkspacesListAnswer:
        "Workspaces of an organisation."
        return self._send("GET", "/v1/workspaces", {}, {"limit": limit, "cursor": cursor, "tenant_id": tenant_id, "status": status, "search": search})  # type: ignore[no-any-return]

    def members(self, *, id: str, limit: int | None = None, cursor: str | None = None) -> WorkspacesMembersAnswer:
        "Who has which role in a workspace."
        return self._send("GET", "/v1/workspaces/{id}/members", {"id": id}, {"limit": limit, "cursor": cursor})  # type: ignore[no-any-return]

    def remove_member(self, *, id: str, person: str) -> WorkspacesMembersAnswerItemsItem:
        "Take all roles in a workspace from somebody."
        return self._send("DELETE", "/v1/workspaces/{id}/members/{person}", {"id": id, "person": person}, {})  # type: ignore[no-any-return]

    def restore(self, *, id: str, body: RestrictionsCheckBody) -> TenantsCreateAnswerWorkspace:
        "Restore an archived workspace."
        return self._send("POST", "/v1/workspaces/{id}/restore", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]

    def set_member(self, *, id: str, person: str, body: WorkspacesSetMemberBody) -> WorkspacesMembersAnswerItemsItem:
        "Give somebody roles in a workspace, in place of those they had there."
        return self._send("PUT", "/v1/workspaces/{id}/members/{person}", {"id": id, "person": person}, {}, body, "application/json")  # type: ignore[no-any-return]

    def show(self, *, id: str) -> TenantsCreateAnswerWorkspace:
        "One workspace."
        return self._send("GET", "/v1/workspaces/{id}", {"id": id}, {})  # type: ignore[no-any-return]

    def update(self, *, id: str, body: WorkspacesUpdateBody) -> TenantsCreateAnswerWorkspace:
        "Rename a workspace."
        return self._send("PATCH", "/v1/workspaces/{id}", {"id": id}, {}, body, "application/json")  # type: ignore[no-any-return]


class Operations:
    def __init__(self, send: Send) -> None:
        self.access = AccessGroup(send)
        self.accounts = AccountsGroup(send)
        self.agents = AgentsGroup(send)
        self.approvals = ApprovalsGroup(send)
        self.audit = AuditGroup(send)
        self.auth = AuthGroup(send)
        self.bootstrap = BootstrapGroup(send)
        self.calls = CallsGroup(send)
        self.canaries = CanariesGroup(send)
        self.credentials = CredentialsGroup(send)
        self.decisions = DecisionsGroup(send)
        self.deliveries = DeliveriesGroup(send)
        self.domains = DomainsGroup(send)
        self.drafts = DraftsGroup(send)
        self.events = EventsGroup(send)
        self.executions = ExecutionsGroup(send)
        self.extensions = ExtensionsGroup(send)
        self.grouprules = GrouprulesGroup(send)
        self.health = HealthGroup(send)
        self.host = HostGroup(send)
        self.installs = InstallsGroup(send)
        self.invitations = InvitationsGroup(send)
        self.keys = KeysGroup(send)
        self.kills = KillsGroup(send)
        self.ledger = LedgerGroup(send)
        self.limits = LimitsGroup(send)
        self.lists = ListsGroup(send)
        self.oauth = OauthGroup(send)
        self.openapi = OpenapiGroup(send)
        self.people = PeopleGroup(send)
        self.policy = PolicyGroup(send)
        self.providers = ProvidersGroup(send)
        self.publishers = PublishersGroup(send)
        self.restrictions = RestrictionsGroup(send)
        self.roles = RolesGroup(send)
        self.scim = ScimGroup(send)
        self.scimmappings = ScimmappingsGroup(send)
        self.scimschemas = ScimschemasGroup(send)
        self.sessions = SessionsGroup(send)
        self.tenants = TenantsGroup(send)
        self.tokens = TokensGroup(send)
        self.versions = VersionsGroup(send)
        self.waivers = WaiversGroup(send)
        self.whatifs = WhatifsGroup(send)
        self.whoami = WhoamiGroup(send)
        self.workspaces = WorkspacesGroup(send)

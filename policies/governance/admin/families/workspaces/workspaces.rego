# METADATA
# title: Workspaces
# description: What speaks against a change of a workspace, or of who has which role in one.
# schemas:
#   - input: schema.admin
package governance.admin.families.workspaces

import data.governance.verdict

# METADATA
# title: Words of reasons
# description: What a reason says besides its id.
params["admin.workspace_role_beyond_own"] := {"scopes": verdict.words(input.workspace_grant.scopes_beyond_actor)}

# METADATA
# title: The default workspace stays
# description: What names no workspace is in the default one, so that it is never archived.
# custom:
#   id: admin.workspace_default
#   remedy: Uninstall what shall not be called any more, or archive another workspace.
#   patch:
#     - {op: replace, path: /workspace/default, value: false}
deny contains "admin.workspace_default" if {
	input.action == "workspace.archive"
	not _beside_default
}

_beside_default if input.workspace.default == false

# METADATA
# title: Nothing to change
# description: A workspace is archived while it is active, and restored while it is archived.
# custom:
#   id: admin.workspace_state
#   remedy: Read the workspace again.
deny contains "admin.workspace_state" if {
	input.action in {"workspace.archive", "workspace.restore"}
	not _state_changes
}

_state_changes if {
	input.action == "workspace.archive"
	input.workspace.status == "active"
}

_state_changes if {
	input.action == "workspace.restore"
	input.workspace.status == "archived"
}

# METADATA
# title: More than one's own there
# description: >-
#   Nobody gives roles in a workspace that carry what they do not have there themselves, nor changes those of somebody who has
#   more.
# custom:
#   id: admin.workspace_role_beyond_own
#   remedy: Stay within the roles that you have in this workspace, or ask somebody who has them.
#   patch:
#     - {op: replace, path: /workspace_grant/scopes_beyond_actor, value: []}
deny contains "admin.workspace_role_beyond_own" if {
	input.action in {"workspace.set_member", "workspace.remove_member"}
	not _gives_within_own
}

_gives_within_own if count(input.workspace_grant.scopes_beyond_actor) == 0

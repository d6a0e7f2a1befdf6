# METADATA
# title: Who asks
# description: >-
#   What every gate wants to know of the actor. Each rule is positive, and gates negate it, so that a missing fact refuses.
# schemas:
#   - input: schema.common
package governance.actor

# METADATA
# title: Somebody
# description: The actor signed in, or is the platform itself carrying out what people settled.
known if {
	input.actor.kind == "user"
} else if {
	input.actor.kind == "service_account"
} else if {
	system
}

# METADATA
# title: The platform itself
# description: Carries out what people settled; the votes or the state in the facts authorize it, not a scope.
system if input.actor.kind == "system"

# METADATA
# title: Holds the scope of the action
# description: The action asks for no scope, or the actor's effective scopes contain it.
holds_scope if input.required_scope == null

else if input.required_scope in input.actor.scopes

holds_scope if {
	in_workspace
	input.required_scope in input.actor.workspace.scopes
}

# METADATA
# title: Holds roles where it acts
# description: >-
#   The resource lies in a workspace of the actor's own organisation in which the actor has roles. They count there and nowhere else.
in_workspace if {
	input.actor.workspace.id == input.resource.workspace_id
	input.resource.tenant_id == input.actor.tenant_id
}

# METADATA
# title: Acts across organisations
# description: Belongs to the platform's own tenant and may operate it.
operates_platform if {
	input.actor.platform
	"platform:operate" in input.actor.scopes
}

operates_platform if {
	input.actor.platform
	system
}

# METADATA
# title: Within reach
# description: Nobody owns the resource, or the actor's own tenant does, or the actor acts across organisations.
reaches_resource if {
	input.resource.tenant_id == null
} else if {
	input.resource.tenant_id == input.actor.tenant_id
} else if {
	operates_platform
}

# METADATA
# title: Owns the resource
# description: A person who is an owner of the organisation to which the resource belongs.
owns_resource if {
	input.actor.kind == "user"
	"owner" in input.actor.roles
	input.resource.tenant_id == input.actor.tenant_id
}

# METADATA
# title: Active organisation
# description: The decision concerns no tenant, or one that is active.
tenant_active if input.tenant.status == "active"

else if is_null(input.tenant)

# METADATA
# title: Closing organisation
# description: The decision concerns an organisation that is being deleted, or is.
tenant_closing if {
	not tenant_active
	input.tenant.status in {"closing", "closed"}
}

# METADATA
# title: Lasting organisation
# description: The decision concerns no tenant, or one that is known not to be on its way out.
tenant_stays if tenant_active

else if input.tenant.status == "suspended"

# METADATA
# title: Freshly proven
# description: >-
#   The actor came with a key, or is a person who proved who they are a short while ago, with a second factor where the
#   platform asks for one (RFC 9470).
proven_lately if not _signed_in

else if {
	input.actor.session.auth_time + (data.platform.step_up.max_age_s * 1000) >= input.now
	_second_factor
}

_second_factor if input.actor.session.second_factor

_second_factor if data.platform.step_up.second_factor == false

_signed_in if is_object(input.actor.session)

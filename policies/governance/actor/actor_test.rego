package governance.actor_test

import data.governance.actor

test_nobody_is_not_known if {
	not actor.known with input as {}
	not actor.known with input as {"actor": {"kind": "anonymous"}}
	not actor.known with input as {"actor": {"kind": "robot"}}
	actor.known with input as {"actor": {"kind": "service_account"}}
}

test_a_scope_is_held_or_not_asked_for if {
	actor.holds_scope with input as {"required_scope": null, "actor": {"scopes": []}}
	actor.holds_scope with input as {"required_scope": "a:b", "actor": {"scopes": ["a:b"]}}
	not actor.holds_scope with input as {"required_scope": "a:b", "actor": {"scopes": ["a:c"]}}
	not actor.holds_scope with input as {"actor": {"scopes": ["a:c"]}}
}

test_only_the_platforms_people_operate_it if {
	actor.operates_platform with input as {"actor": {"platform": true, "scopes": ["platform:operate"]}}
	not actor.operates_platform with input as {"actor": {"platform": false, "scopes": ["platform:operate"]}}
	not actor.operates_platform with input as {"actor": {"platform": true, "scopes": []}}
}

test_a_resource_without_owner_is_not_the_same_as_an_actor_without_tenant if {
	not actor.reaches_resource with input as {"resource": {"tenant_id": "t1"}, "actor": {"tenant_id": null}}
	not actor.reaches_resource with input as {"resource": {}, "actor": {}}
	actor.reaches_resource with input as {"resource": {"tenant_id": null}, "actor": {"tenant_id": "t1"}}
}

test_a_suspended_tenant_is_not_active if {
	not actor.tenant_active with input as {"tenant": {"status": "suspended"}}
	not actor.tenant_active with input as {}
	actor.tenant_active with input as {"tenant": {"status": "active"}}
}

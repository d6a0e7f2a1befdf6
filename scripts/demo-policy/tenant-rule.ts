/** The restriction that docs/policy/tenant.md writes; a test proves that both say the same. */
export const TENANT_RULE = `package tenant

restrictions contains {
	"effect": "deny",
	"reason": "tenant.key_needs_owner",
	"message": "Keys are made by owners here",
	"remedy": "Ask an owner to make the key",
} if {
	input.action == "key.create"
	not "owner" in input.actor.roles
}
`

/** What its tests say. */
export const TENANT_TEST = `package tenant_test

import data.tenant

test_an_admin_makes_no_key if {
	some said in tenant.restrictions with input as {"action": "key.create", "actor": {"roles": ["admin"]}}
	said.reason == "tenant.key_needs_owner"
}

test_an_owner_does if {
	count(tenant.restrictions) == 0 with input as {"action": "key.create", "actor": {"roles": ["owner"]}}
}
`

/** The reason that it gives. */
export const TENANT_REASON = 'tenant.key_needs_owner'

/** The same with an effect that there is none of. */
export const WIDENING_RULE = TENANT_RULE.replace('"effect": "deny"', '"effect": "allow"').replace(
  '\tnot "owner" in input.actor.roles\n',
  '',
)
/** A test that is content with whatever it says. */
export const CONTENT_TEST = `package tenant_test

import data.tenant

test_it_says_something if is_set(tenant.restrictions) with input as {"action": "whoami.read"}
`

/** Does not end, but only where somebody of this organisation lists keys: no check has that before it. */
export const runawayRule = (tenantId: string): string => `package tenant

restrictions contains {
	"effect": "deny",
	"reason": "tenant.never",
	"message": "It never gets here",
	"remedy": "None",
} if {
	input.action == "key.read"
	input.actor.tenant_id == "${tenantId}"
	count([1 |
		some x in numbers.range(1, 4000)
		some y in numbers.range(1, 4000)
		x * y == 0
	]) > 0
}
`

# METADATA
# title: Domains
# description: What an organisation proved to be its own, and what it no longer proves.
# schemas:
#   - input: schema.admin
package governance.admin.families.domains

import data.governance.actor

# METADATA
# title: Not proven
# description: A domain counts once its DNS holds the record that was asked for, and until it no longer does.
# custom:
#   id: admin.domain_unproven
#   remedy: Put the TXT record of the domain into its DNS, wait until it is served, and ask again.
#   patch:
#     - {op: replace, path: /domain/proven, value: true}
deny contains "admin.domain_unproven" if {
	input.action == "domain.verify"
	not input.domain.proven
}

# METADATA
# title: Still proven
# description: Only the platform lets a domain lapse, and only one whose record is gone.
# custom:
#   id: admin.domain_lapse_not_due
#   remedy: Release the domain instead.
deny contains "admin.domain_lapse_not_due" if {
	_lapses
	not _lapse_due
}

_lapses if input.action == "domain.lapse"

_lapse_due if {
	actor.system
	input.domain.proven == false
}

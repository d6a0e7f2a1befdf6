# METADATA
# title: The record
# description: How long decisions are kept.
# schemas:
#   - input: schema.admin
package governance.admin.families.audit

# METADATA
# title: Too young to go
# description: Decisions go once the newest of them is older than the platform keeps decisions.
# custom:
#   id: admin.retention_not_due
#   remedy: Wait until the newest of these decisions is old enough, or keep decisions for fewer days.
deny contains "admin.retention_not_due" if {
	input.action == "audit.retain"
	not _retention_due
}

_retention_due if input.retention.until + (input.retention.days * 86400000) <= input.now

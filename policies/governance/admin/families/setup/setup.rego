# METADATA
# title: Setting the platform up
# description: The first owner is made once, with the token that the service printed.
# schemas:
#   - input: schema.admin
package governance.admin.families.setup

# METADATA
# title: The platform is set up already
# description: The first owner is made once, on an empty platform.
# custom:
#   id: admin.bootstrap_closed
#   remedy: Sign in as an owner.
#   patch:
#     - {op: replace, path: /bootstrap/empty, value: true}
deny contains "admin.bootstrap_closed" if {
	input.action == "platform.bootstrap"
	not input.bootstrap.empty
}

# METADATA
# title: The one-time token is not valid
# description: The first set-up needs the one-time token that the service printed.
# custom:
#   id: admin.bootstrap_token_invalid
#   remedy: Use the token that the service printed when it started.
#   patch:
#     - {op: replace, path: /bootstrap/token_valid, value: true}
deny contains "admin.bootstrap_token_invalid" if {
	input.action == "platform.bootstrap"
	not input.bootstrap.token_valid
}

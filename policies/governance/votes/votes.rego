# METADATA
# title: Votes
# description: What counts of the votes on a matter that waits for an approval.
package governance.votes

# METADATA
# title: Those who agree
# description: Voters who agree and hold the scope, and are neither whoever asks, nor behind their service account, nor of their making.
approvers(votes, scope, asker) := {vote.voter |
	some vote in votes
	vote.verdict == "approve"
	scope in vote.scopes
	vote.voter != asker
	vote.made_by_opener == false
}

package authn

import "qingfeng/internal/kit/tlog"

// Standings returns the tables whose rows the transparency log has after each
// change: the second factors of each person. A passkey is changed by each use, for
// it counts.
func Standings() []tlog.Standing {
	return []tlog.Standing{
		// Which code was used last is written at each use, and no person decides it.
		{Name: "telephone/v1", What: "telephones", Table: "second_factor", Key: "staff", Columns: "secret, begun_at, confirmed_at", Beside: "last_step"},
		{Name: "recovery/v1", What: "recovery codes", Table: "recovery_code", Key: "staff", Columns: "hash, used_at"},
		{Name: "passkey/v1", What: "passkeys", Table: "passkey", Key: "staff", Columns: "id, credential, name, data, added_at, used_at"},
	}
}

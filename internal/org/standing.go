package org

import "qingfeng/internal/kit/tlog"

// StandingTables returns the tables whose rows the transparency log has after each
// change: what there is in the tree, and who may do what.
func StandingTables() []tlog.StandingTable {
	return []tlog.StandingTable{
		{Name: "region/v1", What: "regions", Table: "region", Key: "code", Columns: "name, parent, level, path, closed"},
		{Name: "unit/v1", What: "units", Table: "unit", Key: "id",
			Columns: "kind, subkind, parent, region, path, name, short_name, phone, hours, address, sort, closed_at, created_at"},
		{Name: "institution/v1", What: "institutions", Table: "institution", Key: "unit_id",
			Columns: "level, ownership, nature, beds, licence, licence_until, legal_rep, principal"},
		{Name: "unit-code/v1", What: "codes of institutions", Table: "unit_code", Key: "unit_id", Columns: "system, value, valid_from, valid_to"},
		{Name: "place/v1", What: "places", Table: "place", Key: "id", Columns: "unit_id, institution, path, kind, name, location, closed_at, created_at"},
		// When somebody signed in last, and was warned that nobody does, happens by
		// itself.
		{Name: "staff/v1", What: "people and accounts", Table: "staff", Key: "id",
			Columns: `unit_id, name, employee_no, title, phone, email, username, password, must_change, password_by, password_until, factors_by,
				closed_at, dormant_at, awake_at, created_at`, Beside: "last_login_at, warned_at"},
		{Name: "grant/v1", What: "roles", Table: "role_grant", Key: "id", Columns: "staff_id, role, path, granted_by, granted_at, revoked_by, revoked_at"},
		// Wrong PINs in a row are counted by whoever types them.
		{Name: "account-link/v1", What: "personal links", Table: "account_link", Key: "staff_id",
			Columns: "token, made_by, made_at, until, ended_at, ended_by, pin, chosen_at", Beside: "misses"},
		{Name: "identity/v1", What: "identities of single sign-on", Table: "identity", Key: "staff_id", Columns: "issuer, subject, linked_by, linked_at"},
	}
}

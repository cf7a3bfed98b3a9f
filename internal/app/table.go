package app

import "qingfeng/internal/kit/backup"

// Tables says of every table of the program what becomes of it in a backup. A
// new table gets a line here, below those that its rows name by a foreign key;
// a test fails until it has one.
func Tables() []backup.Table {
	keep := func(name string, blobs ...string) backup.Table {
		return backup.Table{Name: name, Way: backup.Keep, Blobs: blobs}
	}
	return []backup.Table{
		// Only the fingerprint: the ring itself is a file.
		keep("key_ring"),
		keep("sealed_key"),
		keep("setting_version"),
		keep("calendar_notice"),
		keep("serial"),
		keep("audit"),

		// Work that waits is done after a restore. What was claimed when the
		// snapshot was taken is claimed again when its lease is over.
		keep("job"),
		keep("job_slot"),

		// Everybody signs in again: a stolen backup gives nobody's session away.
		{Name: "session", Way: backup.Forget},
		{Name: "ceremony", Way: backup.Forget},

		keep("region"),
		keep("unit"),
		keep("institution"),
		keep("unit_code"),
		keep("place"),
		keep("staff"),
		keep("role_grant"),
		keep("second_factor"),
		keep("recovery_code"),
		keep("passkey"),
		keep("identity"),
		keep("notification"),

		// Files on their way lie in no backup; who was sending one sends it again.
		{Name: "upload", Way: backup.Keep, Rows: "kept = 1", Blobs: []string{"address"}},
		{Name: "upload_piece", Way: backup.Forget},
		keep("attachment", "original_at", "copy", "screen", "thumb"),
		keep("attachment_wish"),

		keep("place_code"),
		keep("place_scan"),
		keep("report"),
		keep("reporter"),
		keep("receipt"),
		keep("hotline_import"),

		keep("case_file"),
		keep("case_node"),
		keep("case_exclusion"),
		keep("case_assignment"),
		keep("case_event"),
		keep("case_disclosure"),
		keep("case_clock"),
		keep("case_request"),
		keep("case_message"),
		keep("case_callback"),
		keep("case_supervision"),
		keep("case_investigation"),
		keep("case_disposition"),
		keep("dispatch_rule"),

		// The log goes on where it was. Leaves that waited are signed after a restore.
		keep("log_head"),
		keep("log_leaf"),
		keep("log_place"),
		keep("log_remark"),
		keep("log_standing"),
		keep("log_tile"),
		keep("log_checkpoint"),
		keep("log_cosignature"),

		// Facts could be drawn from the cases again; signed windows could not, and
		// both must fit each other.
		keep("rate_fact"),
		keep("rate_link"),
		keep("rate_barred"),
		keep("rate_dirty"),
		keep("rate_scope"),
		keep("rate_mark"),
		keep("rate_window"),
		keep("rate_result"),
		keep("rate_total"),
		keep("rate_extract"),

		// Each engine has its own form of full-text index. The words table is
		// there on SQLite only.
		{Name: "search_text", Way: backup.Rebuild},
		{Name: "search_word", Way: backup.Rebuild},
	}
}

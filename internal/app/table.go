package app

import (
	"slices"

	"qingfeng/internal/kit/backup"
)

// Tables says of every table of the program what becomes of it in a backup. A
// new table gets a line below, under those that its rows name by a foreign key;
// a test fails until it has one.
func Tables() []backup.Table {
	return slices.Concat(groundTables(), peopleTables(), fileTables(), caseTables(), logTables(), rateTables(),
		campaignTables(), inspectionTables(), keep("problem"), sanctionTables(), indexTables())
}

// keep has every row of tables in the backup.
func keep(names ...string) (list []backup.Table) {
	for _, name := range names {
		list = append(list, backup.Table{Name: name, Way: backup.Keep})
	}
	return list
}

// groundTables are those of the kit on which all others stand.
func groundTables() []backup.Table {
	return slices.Concat(
		// Only the fingerprint of the key ring: the ring itself is a file.
		keep("key_ring", "sealed_key", "setting_version", "calendar_notice", "serial", "audit", "trail", "figure_frozen"),
		// Work that waits is done after a restore. What was claimed when the
		// snapshot was taken is claimed again when its lease is over.
		keep("job", "job_slot"),
		// Everybody signs in again: a stolen backup gives nobody's session away.
		[]backup.Table{{Name: "session", Way: backup.Forget}, {Name: "ceremony", Way: backup.Forget}},
	)
}

// peopleTables are those of units, places and people.
func peopleTables() []backup.Table {
	return keep("region", "unit", "institution", "unit_code", "place", "staff", "role_grant", "second_factor", "recovery_code", "passkey", "identity", "account_link", "notification")
}

// fileTables are those of files, and of forms, on whose answers files hang. Those on their way lie in no backup; who was
// sending one sends it again.
func fileTables() []backup.Table {
	return slices.Concat([]backup.Table{
		{Name: "upload", Way: backup.Keep, Rows: "kept = 1", Blobs: []string{"address"}},
		{Name: "upload_piece", Way: backup.Forget},
		{Name: "attachment", Way: backup.Keep, Blobs: []string{"original_at", "copy", "screen", "thumb"}},
	}, keep("attachment_wish", "form", "form_version", "form_answer", "form_value"))
}

// caseTables are those of reports and cases.
func caseTables() []backup.Table {
	return keep(
		"place_code", "place_scan", "report", "reporter", "receipt", "hotline_import",
		"case_file", "case_node", "case_exclusion", "case_assignment", "case_event", "case_disclosure", "case_clock", "case_request", "case_message", "case_callback", "case_supervision", "case_investigation", "case_disposition", "dispatch_rule",
	)
}

// logTables are those of the transparency log, which goes on where it was. Leaves
// that waited are signed after a restore.
func logTables() []backup.Table {
	return keep("log_head", "log_leaf", "log_place", "log_remark", "log_standing", "log_tile", "log_checkpoint", "log_cosignature")
}

// rateTables are those of the three rates. Facts could be drawn from the cases
// again; signed windows could not, and both must fit each other.
func rateTables() []backup.Table {
	return keep("rate_fact", "rate_link", "rate_barred", "rate_dirty", "rate_scope", "rate_mark", "rate_window", "rate_result", "rate_total", "rate_extract")
}

// campaignTables are those of campaigns.
func campaignTables() []backup.Table {
	return keep("campaign", "campaign_source", "campaign_milestone", "campaign_table", "campaign_return", "campaign_filing", "selfcheck_round", "selfcheck", "selfcheck_revision", "selfcheck_problem", "typical_case", "look_back", "look_back_ground", "campaign_brief", "conduct_staff")
}

// inspectionTables are those of inspections. The links of witnesses go with them:
// only their hashes are kept. So does the secret of the program of a draw that is
// still to be made, sealed by a key that the key ring opens.
func inspectionTables() []backup.Table {
	return keep("inspection_target", "inspection_credit", "inspection_officer", "inspection_monitor", "inspection_recusal", "inspection_item", "inspection_plan", "inspection_batch",
		"inspection_draw", "inspection_witness", "inspection_seal", "inspection_task", "inspection_member", "inspection_problem", "inspection_visit", "inspection_clue", "inspection_sent_back")
}

// sanctionTables are those of penalties and what goes with them.
func sanctionTables() []backup.Table {
	return keep("sanction_subject", "sanction_penalty", "sanction_measure", "sanction_held", "sanction_clock", "sanction_pass", "sanction_point", "sanction_consequence", "sanction_grade",
		"sanction_black", "sanction_publication", "sanction_transfer", "sanction_veto")
}

// indexTables are the full-text index, of which each engine has its own form. The
// words table is there on SQLite only.
func indexTables() []backup.Table {
	return []backup.Table{{Name: "search_text", Way: backup.Rebuild}, {Name: "search_word", Way: backup.Rebuild}}
}

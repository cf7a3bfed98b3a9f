package sanction

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org"
)

// The tables of this package. All have an identifier and columns that are named
// as the fields of their records.
const (
	subjectTable     = "sanction_subject"
	penaltyTable     = "sanction_penalty"
	measureTable     = "sanction_measure"
	heldTable        = "sanction_held"
	clockTable       = "sanction_clock"
	passTable        = "sanction_pass"
	pointTable       = "sanction_point"
	consequenceTable = "sanction_consequence"
	gradeTable       = "sanction_grade"
	blackTable       = "sanction_black"
	publicationTable = "sanction_publication"
	transferTable    = "sanction_transfer"
	vetoTable        = "sanction_veto"
)

// StandingTables returns the tables of this package, whose rows the transparency
// log has after each change.
func StandingTables() []tlog.StandingTable {
	stand := func(table, what, columns string) tlog.StandingTable {
		return tlog.StandingTable{Name: strings.ReplaceAll(table, "_", "-") + "/v1", What: what, Table: table, Key: "id", Columns: columns}
	}
	return []tlog.StandingTable{
		stand(subjectTable, "subjects of sanctions", `kind, name, unit, certificate, path, region, grade, created_at`),
		stand(penaltyTable, "penalties", `number, subject_id, subject_kind, name, path, region, institution, violations, basis, facts, ended_on, found_on, grave, officers, spot,
			source, source_id, campaign_id, state, filed_on, notice_on, waived, hearing_on, decided_on, decision_no, late_reason, served_on, paid_on, paid_fen, late_fen, late_paid_fen,
			executed_on, closed_on, annulled_on, unpublished, created_by, created_at`),
		stand(measureTable, "measures of penalties", `penalty_id, subject_id, subject_kind, path, region, institution, violation, campaign_id, kind, penal, amount_fen, months, note,
			decided_on, revoked_on`),
		stand(heldTable, "people held responsible", `penalty_id, layer, name, post, measure, reason, held_on`),
		stand(clockTable, "limits of sanctions", `record, kind, path, number, link, started_on, time_limit, version, due_at, provisional, met_on, level, next_at`),
		stand(passTable, "passes of institutions", `subject_id, path, region, passed_on, years, beds, made_by, created_at`),
		stand(pointTable, "points", `number, subject_id, subject_kind, path, region, institution, scheme, cycle, year, rule, violation, points, per, times, total, band, shift, shift_reason, found_on,
			confirmed_on, notice_no, notice_on, served_on, defence, penalty_id, source, source_id, campaign_id, state, version, voided_on, void_reason, created_by, created_at`),
		stand(consequenceTable, "consequences of points", `subject_id, subject_kind, path, region, scheme, cycle, year, threshold, effect_zh, effect_en, total, point_id, least_months, most_months, months, bar_months,
			state, from_on, until_on, reason, decided_by, version, created_at`),
		stand(gradeTable, "grades", `subject_id, path, grade, score, version, graded_at`),
		stand(blackTable, "blacklist", `number, subject_id, subject_kind, name, path, region, institution, penalty_id, gravity, reason, from_on, until_on, state, ended_on, end_reason, campaign_id, created_by,
			created_at`),
		stand(publicationTable, "publications", `kind, record, subject_id, subject_kind, path, region, institution, name, title, text, basis, number, decided_on, gravity, from_on, until_on, state,
			replaces, proposed_by, proposed_at, approved_by, approved_at, withdrawn_by, withdrawn_at, reason`),
		stand(transferTable, "transfers", `number, penalty_id, subject_id, subject_kind, name, path, region, institution, agency, matter, materials, state, sent_on, receipt_no, receipt_on, result, result_on,
			closed_on, reason, source, source_id, campaign_id, created_by, created_at`),
		stand(vetoTable, "vetoes", `subject_id, subject_kind, name, path, region, institution, penalty_id, uses, reason, from_on, until_on, lifted_on, lift_reason, created_by, created_at`),
	}
}

// columnsOf are the columns of a table, the identifier first.
func columnsOf(table string) []string {
	all := StandingTables()
	t := all[slices.IndexFunc(all, func(t tlog.StandingTable) bool { return t.Table == table })]
	names := strings.FieldsFunc("id,"+t.Columns, func(r rune) bool { return strings.ContainsRune(", \n\t", r) })
	return names
}

// save writes a record as it is now, whether or not it was there.
func save(tx *db.Tx, table, id string, record any) error {
	names := columnsOf(table)
	places, sets, values := make([]string, len(names)), make([]string, len(names)), make([]any, len(names))
	fields := reflect.ValueOf(record)
	for i, name := range names {
		places[i], sets[i] = "$"+strconv.Itoa(i+1), name+" = excluded."+name
		f := fields.FieldByName(fieldOf(name))
		if !f.IsValid() {
			return fmt.Errorf("sanction: %T has no field for %s", record, name)
		}
		values[i] = f.Interface()
	}
	_, err := tx.Change(table, id, `insert into `+table+` (`+strings.Join(names, ", ")+`) values (`+strings.Join(places, ", ")+`)
		on conflict (id) do update set `+strings.Join(sets[1:], ", "), values...)
	return err
}

var wordHead = regexp.MustCompile(`(^|_)[a-z]`)

// fieldOf is the field of a column: subject_id is SubjectID.
func fieldOf(column string) string {
	name := wordHead.ReplaceAllStringFunc(column, func(s string) string { return strings.ToUpper(strings.TrimPrefix(s, "_")) })
	if head, ok := strings.CutSuffix(name, "Id"); ok {
		name = head + "ID"
	}
	return name
}

// selection is the beginning of a query for the records of a table.
func selection(table string) string {
	return `select ` + strings.Join(columnsOf(table), ", ") + ` from ` + table + ` `
}

// byID returns one record. Fault: NotFound.
func byID[T any](r db.Reader, table string, what i18n.Text, id string) (T, error) {
	return db.Find[T](r, what, selection(table)+`where id = $1`, id)
}

// all returns the records of a table under a condition, in an order.
func all[T any](r db.Reader, table, rest string, args ...any) ([]T, error) {
	return db.All[T](r, selection(table)+rest, args...)
}

// seen narrows to the paths where the actor holds a permission.
func seen(a authz.Actor, w *db.Where, p authz.Permission) { org.Within(w, "path", a.Paths(p)) }

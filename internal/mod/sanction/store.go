package sanction

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
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
	penalties := stand(penaltyTable, "penalties", `number, subject_id, subject_kind, name, path, region, institution, violations, basis, facts, ended_on, found_on, grave, officers, spot,
		source, source_id, campaign_id, state, filed_on, notice_on, waived, hearing_on, decided_on, decision_no, late_reason, served_on, paid_on, paid_fen, late_fen, late_paid_fen,
		executed_on, closed_on, annulled_on, unpublished, created_by, created_at`)
	penalties.Beside = "violation" // the first of violations, which stand
	publications := stand(publicationTable, "publications", `kind, record, subject_id, subject_kind, path, region, institution, name, title, text, basis, number, decided_on, served_on, measures, gravity,
		from_on, until_on, state, replaces, proposed_by, proposed_at, approved_by, approved_at, withdrawn_by, withdrawn_at, reason`)
	publications.Name = "sanction-publication/v2"
	return []tlog.StandingTable{
		stand(subjectTable, "subjects of sanctions", `kind, name, unit, certificate, path, region, grade, created_at`),
		penalties,
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
		publications,
		stand(transferTable, "transfers", `number, penalty_id, subject_id, subject_kind, name, path, region, institution, agency, matter, materials, state, sent_on, receipt_no, receipt_on, result, result_on,
			closed_on, reason, source, source_id, campaign_id, created_by, created_at`),
		stand(vetoTable, "vetoes", `subject_id, subject_kind, name, path, region, institution, penalty_id, uses, reason, from_on, until_on, lifted_on, lift_reason, created_by, created_at`),
	}
}

// stored is a table as queries name it.
type stored struct {
	record reflect.Type
	fields []int  // of the record, in the order of the columns
	begin  string // of a query for records
	write  string
}

// tables are the tables of this package by name. It is made once, when the program
// is put together, and a record without a field for a column stops that.
var tables = sync.OnceValue(func() map[string]stored {
	records := map[string]any{subjectTable: Subject{}, penaltyTable: Penalty{}, measureTable: Measure{}, heldTable: Held{}, clockTable: Clock{}, passTable: Pass{}, pointTable: Point{},
		consequenceTable: Consequence{}, gradeTable: Grade{}, blackTable: Black{}, publicationTable: Publication{}, transferTable: Transfer{}, vetoTable: Veto{}}
	all := map[string]stored{}
	for _, t := range StandingTables() {
		all[t.Table] = storedAs(t, records[t.Table])
	}
	return all
})

// storedAs is a table whose rows are read as a record and written from one.
func storedAs(t tlog.StandingTable, record any) stored {
	columns := strings.FieldsFunc(t.Key+","+t.Columns+","+t.Beside, func(r rune) bool { return strings.ContainsRune(", \n\t", r) })
	x := stored{record: reflect.TypeOf(record), fields: make([]int, len(columns))}
	for i, column := range columns {
		f, ok := x.record.FieldByName(fieldOf(column))
		if !ok {
			panic(fmt.Sprintf("sanction: %s has no field for %s.%s", x.record, t.Table, column))
		}
		x.fields[i] = f.Index[0]
	}
	named := strings.Join(columns, ", ")
	x.begin = `select ` + named + ` from ` + t.Table + ` `
	x.write = db.Upsert(t.Table, named, t.Key)
	return x
}

// fieldOf is the field of a column: subject_id is SubjectID.
func fieldOf(column string) string {
	words := strings.Split(column, "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	if last := len(words) - 1; words[last] == "Id" {
		words[last] = "ID"
	}
	return strings.Join(words, "")
}

// save writes a record as it is now, whether or not it was there.
func save[T any](tx *db.Tx, table, id string, record T) error {
	x := tables()[table]
	if of := reflect.TypeFor[T](); of != x.record {
		return fmt.Errorf("sanction: %s holds no %s", table, of)
	}
	fields, values := reflect.ValueOf(record), make([]any, len(x.fields))
	for i, at := range x.fields {
		values[i] = fields.Field(at).Interface()
	}
	_, err := tx.Change(table, id, x.write, values...)
	return err
}

// selection is the beginning of a query for the records of a table.
func selection(table string) string { return tables()[table].begin }

// byID returns one record. Fault: NotFound.
func byID[T any](r db.Reader, table string, what i18n.Text, id string) (T, error) {
	return db.Find[T](r, what, selection(table)+`where id = $1`, id)
}

// all returns the records of a table under a condition, in an order.
func all[T any](r db.Reader, table, rest string, args ...any) ([]T, error) {
	return db.All[T](r, selection(table)+rest, args...)
}

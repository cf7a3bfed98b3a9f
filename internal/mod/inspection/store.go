package inspection

import (
	"context"
	"encoding/json"
	"fmt"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/tlog"
)

// StandingTables returns the tables whose rows the transparency log has after each
// change. The frozen list of a draw is bound by its hash.
func StandingTables() []tlog.StandingTable {
	const beside = "list"
	return []tlog.StandingTable{
		{Name: "inspection-target/v1", What: "targets of inspections", Table: "inspection_target", Key: "id", Columns: targetColumns[len("id, "):]},
		{Name: "inspection-credit/v1", What: "credit classes", Table: "inspection_credit", Key: "target_id", Columns: "id, class, was, reason, by_staff, at"},
		{Name: "inspection-officer/v3", What: "inspectors", Table: "inspection_officer", Key: "id", Columns: officerColumns[len("id, "):]},
		{Name: "inspection-monitor/v1", What: "social supervisors", Table: "inspection_monitor", Key: "officer_id", Columns: rosterColumns[len("officer_id, "):]},
		{Name: "inspection-clue/v1", What: "what became of what was found", Table: "inspection_clue", Key: "task_id", Columns: clueColumns},
		{Name: "inspection-recusal/v1", What: "recusals", Table: "inspection_recusal", Key: "id", Columns: recusalColumns[len("id, "):]},
		{Name: "inspection-item/v2", What: "items of inspections", Table: "inspection_item", Key: "id", Columns: itemColumns[len("id, "):]},
		{Name: "inspection-plan/v1", What: "plans of inspections", Table: "inspection_plan", Key: "id", Columns: planColumns[len("id, "):]},
		{Name: "inspection-batch/v1", What: "batches of plans", Table: "inspection_batch", Key: "plan_id", Columns: "id, number, title, draw_on, due_on, portion, kinds, districts, items"},
		{Name: "inspection-draw/v1", What: "draws", Table: "inspection_draw", Key: "id", Columns: drawColumns[len("id, "):] + ", result", Beside: beside},
		{Name: "inspection-witness/v2", What: "witnesses of draws", Table: "inspection_witness", Key: "draw_id", Columns: "id, number, name, token, commitment, committed_at, secret, revealed_at, sealed, opened_at"},
		{Name: "inspection-task/v2", What: "tasks of inspections", Table: "inspection_task", Key: "id", Columns: taskColumns[len("id, "):]},
		{Name: "inspection-member/v1", What: "teams of inspections", Table: "inspection_member", Key: "task_id", Columns: "officer_id, staff_id, name, cert_no, agency, number"},
		{Name: "inspection-problem/v1", What: "problems that inspections found", Table: "inspection_problem", Key: "task_id", Columns: "id, number, category, text, due_at"},
		{Name: "inspection-sent-back/v1", What: "results of inspections that were sent back", Table: "inspection_sent_back", Key: "task_id", Columns: sentBackColumns},
		{Name: "inspection-visit/v1", What: "visits of inspections", Table: "inspection_visit", Key: "id", Columns: visitColumns[len("id, "):]},
	}
}

// save writes rows of a table, replacing those that are there. The first column is
// the identifier.
func save(tx *db.Tx, table, columns string, rows ...[]any) error {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = fmt.Sprint(row[0])
	}
	return saveUnder(tx, table, columns, ids, rows...)
}

// saveUnder is save for rows that stand under keys of their own.
func saveUnder(tx *db.Tx, table, columns string, keys []string, rows ...[]any) error {
	if err := tx.Changing(table, keys...); err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	q := db.Upsert(table, columns, "id")
	for _, row := range rows {
		if err := tx.Add(q, row...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

// rowsOf reads the rows that w narrows a selection down to, in an order.
func rowsOf[T any](r db.Reader, selection string, w *db.Where, order string, limit int) ([]T, error) {
	q := selection + " " + w.String() + " order by " + order + " limit "
	return db.All[T](r, q+w.Bind("?", limit), w.Args()...)
}

// pageOf reads a page of what narrow leaves of a selection, in an order.
func pageOf[T any](ctx context.Context, r db.Reader, q list.Query, o list.Order[T], narrow narrowing, selection string) (list.Page[T], error) {
	return list.Read(ctx, r, q, o, narrow, func(r db.Reader, w *db.Where, limit int) ([]T, error) {
		return rowsOf[T](r, selection, w, o.SQL(), limit)
	})
}

// Scan reads what a draw chooses among from its JSON.
func (x *Scope) Scan(src any) error { return scan(src, x) }

// Scan reads a frozen list from its JSON.
func (l *List) Scan(src any) error { return scan(src, l) }

func scan(src, to any) error {
	switch v := src.(type) {
	case string:
		return json.Unmarshal([]byte(v), to)
	case []byte:
		return json.Unmarshal(v, to)
	}
	return fmt.Errorf("inspection: %T is not JSON text", src)
}

package rates

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// ExtractLine is one case of an extract: what the figures are made of, and
// nothing that tells which case it is. There is no number, no time, no text
// and no person, and lines stand in an order that says nothing.
type ExtractLine struct {
	Region      string   `json:"region"` // path
	LeadUnit    string   `json:"lead_unit"`
	LeadClass   []string `json:"lead_class"`
	Helpers     []string `json:"helpers"`
	Institution string   `json:"institution"`
	Department  string   `json:"department"`
	Category    string   `json:"category"`
	Class       string   `json:"class"`
	Received    bool     `json:"received"` // received in the window; what follows counts only then
	Finished    bool     `json:"finished"` // finished in the window
	Valid       bool     `json:"valid"`
	Contacted   bool     `json:"contacted"`
	Solved      bool     `json:"solved"`
	Satisfied   string   `json:"satisfied"`
	Excluded    []string `json:"excluded"` // reasons, honoured or not
	Waiting     bool     `json:"waiting"`
	Reached     bool     `json:"reached"` // waiting, but contacted
	Overdue     bool     `json:"overdue"`
	OverdueOpen bool     `json:"overdue_open"`
	Returned    bool     `json:"returned"`
	Reworked    bool     `json:"reworked"`
	NamedClosed bool     `json:"named_closed"`
	FedBack     bool     `json:"fed_back"`
}

// line returns what an extract says about a fact.
func (r row) line(w Window) ExtractLine {
	in := func(t int64) bool { return t >= w.StartsAt.UnixMilli() && t < w.UntilAt.UnixMilli() }
	contacted, solved, satisfied := r.LastContacted, r.LastSolved, r.LastSatisfied
	if w.Policy.CallBack == "first" {
		contacted, solved, satisfied = r.FirstContacted, r.FirstSolved, r.FirstSatisfied
	}
	over := r.RealName && !r.ClosedAt.IsZero()
	pastDue := r.pastDueAt(w.AsOf)
	waiting := pastDue && !r.Valid
	l := ExtractLine{
		Region: r.Region, LeadUnit: r.LeadUnit, LeadClass: r.LeadClass, Helpers: r.Helpers, Institution: r.Institution, Department: r.Department,
		Category: r.Category, Class: string(r.Class), Received: in(r.ReceivedAt.UnixMilli()), Finished: !r.FinishedAt.IsZero() && in(r.FinishedAt.UnixMilli()),
		Valid: r.Valid, Contacted: r.Valid && contacted, Solved: r.Valid && solved, Satisfied: string(satisfied), Excluded: []string{},
		Waiting: waiting, Reached: waiting && !r.ContactedAt.IsZero() && !r.ContactedAt.After(w.AsOf), Overdue: r.Overdue || pastDue, OverdueOpen: pastDue,
		Returned: r.Returns > 0, Reworked: r.Reworks > 0, NamedClosed: over, FedBack: over && !r.FeedbackAt.IsZero(),
	}
	for _, x := range r.Exclusions {
		l.Excluded = append(l.Excluded, x.Reason)
	}
	slices.Sort(l.Excluded)
	return l
}

// extractLines returns the lines of a window as JSON, in the order of a hash.
func extractLines(r db.Reader, w Window) ([]string, error) {
	type hashed struct{ hash, line string }
	var list []hashed
	for f, err := range extracted(r, w) {
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(f.line(w))
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256([]byte(w.ID + f.CaseID))
		list = append(list, hashed{string(sum[:]), string(text)})
	}
	slices.SortFunc(list, func(a, b hashed) int { return strings.Compare(a.hash, b.hash) })
	lines := make([]string, len(list))
	for i, h := range list {
		lines[i] = h.line
	}
	return lines, nil
}

// extracted yields the facts that a window counts in public.
func extracted(r db.Reader, w Window) iter.Seq2[row, error] {
	inside := `select case_id from rate_link where reserved = 0 and role = 'at' and node = $1 and `
	return db.Each[row](r, `select `+factColumns+` from rate_fact where case_id in (`+
		inside+`received_at >= $2 and received_at < $3 union `+inside+`finished_at >= $2 and finished_at < $3)`,
		lastNode(w.Scope), w.StartsAt, w.UntilAt)
}

// linesInPart is how many lines of a frozen extract stand in one row.
const linesInPart = 500

func saveExtract(tx *db.Tx, window string, lines []string) error {
	part := 0
	for chunk := range slices.Chunk(lines, linesInPart) {
		part++
		_, err := tx.Exec(`insert into rate_extract (window_id, part, lines) values ($1, $2, $3)`, window, part, strings.Join(chunk, "\n"))
		if err != nil {
			return err
		}
	}
	return nil
}

// frozenLines returns the lines of the extract of a signed window.
func frozenLines(r db.Reader, window string) ([]string, error) {
	parts, err := db.Values[string](r, `select lines from rate_extract where window_id = $1 order by part`, window)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	return strings.Split(strings.Join(parts, "\n"), "\n"), nil
}

// linesOf returns the extract of a window: as it was signed, or as it is now.
func linesOf(r db.Reader, w Window) ([]string, error) {
	if w.signed() {
		return frozenLines(r, w.ID)
	}
	return extractLines(r, w)
}

// ExtractInput chooses a window.
type ExtractInput struct {
	Choice
	Parent string        `query:"parent" maxLength:"40"`
	Format export.Format `query:"format" enum:"csv,xlsx" default:"csv"`
}

// Extract returns the anonymised extract of a window. Every figure of the
// window can be recomputed from it (docs of the columns: ExtractLine; rules:
// the policy of the window).
func (s *Service) Extract(ctx context.Context, in ExtractInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "rates.Extract")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err := spotOf(ctx, r, in.Parent)
		if err != nil {
			return err
		}
		w, err := s.pick(ctx, r, p.scope, in.Choice)
		if err != nil {
			return err
		}
		if err := s.mayExtract(ctx, w); err != nil {
			return err
		}
		lines, err := linesOf(r, w)
		if err != nil {
			return err
		}
		names, err := namesOf(r, lines)
		f = export.File(ctx, in.Format, extractTable(w, lines, names))
		return err
	})
	return f, err
}

// mayExtract refuses who neither sees the whole window nor finds it published.
func (s *Service) mayExtract(ctx context.Context, w Window) error {
	v, err := s.sightOf(ctx, w, w.Scope)
	if err != nil || v.whole || v.peers {
		return err
	}
	return fault.New(fault.Forbidden, i18n.T("这一期的数据尚未公布", "the data of this window are not published"))
}

// namesOf returns the names of the units that lines speak of.
func namesOf(r db.Reader, lines []string) (map[string]string, error) {
	names := map[string]string{}
	for _, text := range lines {
		l, err := readLine(text)
		if err != nil {
			return nil, err
		}
		names[l.LeadUnit], names[l.Institution] = "", ""
	}
	ids := make([]string, 0, len(names))
	for id := range names {
		ids = append(ids, id)
	}
	for chunk := range slices.Chunk(ids, 10_000) {
		units, err := org.UnitsByID(r, chunk)
		if err != nil {
			return nil, err
		}
		for id, u := range units {
			names[id] = u.Name
		}
	}
	return names, nil
}

func readLine(text string) (l ExtractLine, err error) {
	if err = json.Unmarshal([]byte(text), &l); err != nil {
		err = fmt.Errorf("line of an extract: %w", err)
	}
	return l, err
}

// extractTable lays an extract out as a file. Its headers are the names of the
// fields in both languages, for programs read it.
func extractTable(w Window, lines []string, names map[string]string) export.Table {
	label := w.Label()
	t := export.Table{Name: i18n.T("三率考核数据 "+label.ZH, "Rates extract "+label.EN)}
	for _, h := range []string{"region", "lead_unit", "lead_unit_name", "lead_class", "helpers", "institution", "institution_name", "department", "category", "class"} {
		t.Columns = append(t.Columns, export.Column{Header: i18n.Same(h)})
	}
	for _, h := range []string{"received", "finished", "valid", "contacted", "solved"} {
		t.Columns = append(t.Columns, export.Column{Header: i18n.Same(h), Kind: export.Integer})
	}
	for _, h := range []string{"satisfied", "excluded"} {
		t.Columns = append(t.Columns, export.Column{Header: i18n.Same(h)})
	}
	for _, h := range []string{"waiting", "reached", "overdue", "overdue_open", "returned", "reworked", "named_closed", "fed_back"} {
		t.Columns = append(t.Columns, export.Column{Header: i18n.Same(h), Kind: export.Integer})
	}
	t.Rows = func(yield func([]any, error) bool) {
		for _, text := range lines {
			l, err := readLine(text)
			if !yield(l.cells(names), err) || err != nil {
				return
			}
		}
	}
	return t
}

func (l ExtractLine) cells(names map[string]string) []any {
	bit := func(b bool) any {
		if b {
			return 1
		}
		return 0
	}
	join := func(list []string) string { return strings.Join(list, ";") }
	return []any{lastNode(l.Region), l.LeadUnit, names[l.LeadUnit], join(l.LeadClass), join(l.Helpers), l.Institution, names[l.Institution], l.Department, l.Category, l.Class,
		bit(l.Received), bit(l.Finished), bit(l.Valid), bit(l.Contacted), bit(l.Solved), l.Satisfied, join(l.Excluded),
		bit(l.Waiting), bit(l.Reached), bit(l.Overdue), bit(l.OverdueOpen), bit(l.Returned), bit(l.Reworked), bit(l.NamedClosed), bit(l.FedBack)}
}

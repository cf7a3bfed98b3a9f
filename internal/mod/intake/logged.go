package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org/demand"
)

// reportLeaf is the kind of the leaves of reports. What is committed to, and in
// which order, is part of it: a change is another kind.
const reportLeaf = "report/v1"

// Proven is the part of a report that its reporter can prove without us: what
// was said, and what was promised.
type Proven struct {
	Number     string            `json:"number"`
	ReceivedAt string            `json:"received_at"`
	Deadline   string            `json:"deadline"`
	Category   string            `json:"category"`
	Item       string            `json:"item"`
	Mode       demand.Mode       `json:"mode"`
	Narrative  string            `json:"narrative"`
	Wish       string            `json:"wish"`
	About      string            `json:"about"`
	OccurredOn string            `json:"occurred_on"`
	Answers    map[string]string `json:"answers"`
	Files      []string          `json:"files"` // SHA-256 of each, sorted
}

// provenTime is how times are written in what is proven: UTC, to the
// millisecond.
const provenTime = "2006-01-02T15:04:05.000Z"

func writeTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(provenTime)
}

// proven is what the reporter can prove of a report.
func (rep Report) proven() Proven {
	return Proven{Number: rep.Number, ReceivedAt: writeTime(rep.ReceivedAt), Deadline: writeTime(rep.Deadline), Category: rep.Category, Item: rep.Item,
		Mode: rep.Mode, Narrative: rep.Narrative, Wish: rep.Wish, About: rep.About, OccurredOn: rep.OccurredOn, Answers: rep.Answers, Files: rep.Files}
}

// statement puts what is proven into the words of the log.
func (p Proven) statement() tlog.Statement {
	return tlog.Statement{
		{Name: "number", Value: p.Number}, {Name: "received_at", Value: p.ReceivedAt}, {Name: "deadline", Value: p.Deadline},
		{Name: "category", Value: p.Category}, {Name: "item", Value: p.Item}, {Name: "mode", Value: string(p.Mode)},
		{Name: "narrative", Value: p.Narrative}, {Name: "wish", Value: p.Wish}, {Name: "about", Value: p.About},
		{Name: "occurred_on", Value: p.OccurredOn}, {Name: "answers", Value: answersText(p.Answers)},
		{Name: "files", Value: strings.Join(p.Files, " ")},
	}
}

// answersText writes answers in the order of their questions.
func answersText(answers map[string]string) string {
	text, err := json.Marshal(answers)
	if err != nil {
		panic(fmt.Sprintf("intake: answers: %v", err)) // strings always become JSON
	}
	return string(text)
}

// fact is what the leaf of a report says, in plain words: what its reporter can
// prove, and what else stands in the record.
func (rep Report) fact() tlog.Fact {
	key := ""
	if rep.Sealed {
		key = wordsKey(rep.ID)
	}
	return tlog.Fact{Record: rep.ID, At: rep.ReceivedAt, Late: rep.EnteredBy != "", Key: key, Shown: rep.proven().statement(), Rest: tlog.Statement{
		{Name: "id", Value: rep.ID}, {Name: "channel", Value: string(rep.Channel)}, {Name: "class", Value: string(rep.Class)},
		{Name: "region", Value: rep.Region}, {Name: "path", Value: rep.Path}, {Name: "institution", Value: rep.Institution},
		{Name: "department", Value: rep.Department}, {Name: "place", Value: rep.Place}, {Name: "code", Value: rep.Code},
		{Name: "lang", Value: string(rep.Lang)}, {Name: "entered_by", Value: rep.EnteredBy}, {Name: "source_no", Value: rep.SourceNo},
		{Name: "receipts", Value: strings.Join(rep.Receipts, " ")}, {Name: "known", Value: strconv.FormatBool(rep.Known)},
	}}
}

// Logged tells the log about reports.
func (s *Service) Logged() tlog.Kind {
	return tlog.Kind{Name: reportLeaf, What: "reports", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		reps, err := reportsAfter(r, after, limit)
		if err != nil {
			return nil, err
		}
		if err := beside(r, reps); err != nil {
			return nil, err
		}
		return s.facts(r, reps)
	}}
}

// facts are reports as the log knows them, opened by one question for all keys.
func (s *Service) facts(r db.Reader, reps []Report) ([]tlog.Fact, error) {
	var ids, records []string
	for _, rep := range reps {
		if rep.Sealed {
			ids, records = append(ids, rep.ID), append(records, wordsKey(rep.ID))
		}
	}
	keys, err := s.Vault.Keys(r, records)
	if err != nil {
		return nil, err
	}
	ended, err := s.Ends.WordsEnded(r, ids)
	if err != nil {
		return nil, err
	}
	facts := make([]tlog.Fact, len(reps))
	for i, rep := range reps {
		facts[i] = rep.factBy(keys)
		facts[i].Gone = ended[rep.ID]
	}
	return facts, nil
}

// factBy is fact of a report as it is stored.
func (rep Report) factBy(keys map[string]crypt.Key) tlog.Fact {
	if !rep.Sealed {
		return rep.fact()
	}
	k, ok := keys[wordsKey(rep.ID)]
	if !ok {
		return tlog.Fact{Record: rep.ID, Broken: fmt.Errorf("%w (the key is not there)", crypt.ErrTampered)}
	}
	plain, err := rep.opened(k)
	f := plain.fact()
	f.Broken = err
	return f
}

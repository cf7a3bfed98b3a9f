package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Investigation is a record of looking into a case.
type Investigation struct {
	ID      string    `json:"id"`
	CaseID  string    `json:"case_id"`
	Kind    string    `json:"kind" enum:"visit,talk,documents,other"`
	At      time.Time `json:"at"`
	Place   string    `json:"place"`
	People  []string  `json:"people" doc:"Who looked into it; two at least for a visit or a talk."`
	Summary string    `json:"summary"`
	NotedBy string    `json:"noted_by"`
	NotedAt time.Time `json:"noted_at"`
}

// InvestigateInput records an investigation.
type InvestigateInput struct {
	ID   string `path:"id"`
	Body struct {
		Kind    string    `json:"kind" enum:"visit,talk,documents,other"`
		At      time.Time `json:"at"`
		Place   string    `json:"place,omitempty" maxLength:"200"`
		People  []string  `json:"people" minItems:"1" maxItems:"20"`
		Summary string    `json:"summary" minLength:"1" maxLength:"20000"`
	}
}

// longestName is how many characters a name has that is typed in.
const longestName = 100

// earliestLook is a year before any investigation; a time before it was left out.
const earliestLook = 1990

// Investigate adds a record of looking into a case. Nobody visits or talks
// alone: such a record names two people.
func (s *Service) Investigate(ctx context.Context, in InvestigateInput) (Case, error) {
	people := distinct(in.Body.People)
	two := in.Body.Kind == "visit" || in.Body.Kind == "talk"
	var bad fault.Fields
	bad.Refuse(two && len(people) < 2, "people", i18n.T("现场核查和谈话应由两人以上进行", "a visit or a talk needs two people"))
	bad.Refuse(len(people) == 0, "people", i18n.T("请填写核查人员", "please name who looked into it"))
	for _, name := range people {
		bad.AtMost(longestName, "people", name)
	}
	bad.Refuse(in.Body.At.Year() < earliestLook, "at", i18n.T("请填写核查时间", "please say when it was"))
	bad.Refuse(in.Body.At.After(s.Now()), "at", i18n.T("核查时间不能晚于现在", "the time has not come yet"))
	if err := bad.Err(); err != nil {
		return Case{}, err
	}
	ev := Event{Reason: in.Body.Summary, Detail: map[string]any{"kind": in.Body.Kind, "people": people}}
	return s.change(ctx, in.ID, doInvestigate, ev, func(tx *db.Tx, c *Case, ev *Event) error {
		v := Investigation{ID: db.NewID(), CaseID: c.ID, Kind: in.Body.Kind, At: in.Body.At, Place: in.Body.Place, People: people,
			Summary: in.Body.Summary, NotedBy: authz.From(ctx).ID, NotedAt: ev.At}
		kept, err := seal(s, tx, *c, v)
		if err != nil {
			return err
		}
		return fault.First(func() error { return insertInvestigation(tx, kept) }, func() error { return commit(s, tx, *c, &v) })
	})
}

func distinct(names []string) []string {
	out := []string{}
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func investigations(r db.Reader, id string) ([]Investigation, error) {
	return db.All[Investigation](r, `select * from case_investigation where case_id = $1 order by id`, id)
}

// OpinionInput is what a helping unit has to say.
type OpinionInput struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"5000"`
	}
}

// Opine records the opinion of a helping unit and ends its part.
func (s *Service) Opine(ctx context.Context, in OpinionInput) (Case, error) {
	ev := Event{Reason: in.Body.Text, Detail: map[string]any{"opinion": true}}
	return s.onPart(ctx, in.ID, doNote, ev, func(tx *db.Tx, c *Case, part *Assignment, ev *Event) error {
		if err := mayOpine(*c, part); err != nil {
			return err
		}
		part.Opinion, part.FinishedAt = in.Body.Text, ev.At
		kept, err := seal(s, tx, *c, *part)
		if err != nil {
			return err
		}
		return kept.keep(tx)
	})
}

func insertInvestigation(tx *db.Tx, v Investigation) error {
	_, err := tx.Exec(`insert into case_investigation (id, case_id, kind, at, place, people, summary, noted_by, noted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		v.ID, v.CaseID, v.Kind, v.At, v.Place, v.People, v.Summary, v.NotedBy, v.NotedAt)
	return err
}

func (v *Investigation) keep(tx *db.Tx) error {
	return tx.Add(`update case_investigation set place = $2, people = $3, summary = $4 where id = $1`, v.ID, v.Place, v.People, v.Summary)
}

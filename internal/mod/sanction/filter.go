package sanction

import (
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// filter chooses what a list shows.
type filter interface {
	// asked are which page is wanted, and the node at or below which the records lie.
	asked() (list.Query, string)
	// narrow adds the rest.
	narrow(w *db.Where, now time.Time)
}

// Filter is what every list of sanctions can be narrowed by.
type Filter struct {
	list.Query
	Unit string `query:"unit" maxLength:"40" doc:"Region or unit at or below which they lie."`
}

func (f Filter) asked() (list.Query, string) { return f.Query, f.Unit }

// AboutFilter narrows by whom records are about.
type AboutFilter struct {
	Kind    Kind   `query:"kind" enum:"institution,practitioner,person" doc:"Of the subject."`
	Subject string `query:"subject" maxLength:"40"`
}

func (f AboutFilter) about(w *db.Where) {
	w.AndIf(f.Kind != "", "subject_kind = ?", f.Kind)
	w.AndIf(f.Subject != "", "subject_id = ?", f.Subject)
}

// StateFilter narrows by where records stand.
type StateFilter struct {
	State State `query:"state" maxLength:"20"`
}

func (f StateFilter) standing(w *db.Where) { w.AndIf(f.State != "", "state = ?", f.State) }

// OriginFilter narrows by what records come from.
type OriginFilter struct {
	CampaignID string `query:"campaign_id" maxLength:"40"`
	Source     string `query:"source" maxLength:"40"`
	SourceID   string `query:"source_id" maxLength:"40"`
}

func (f OriginFilter) from(w *db.Where) {
	w.AndIf(f.CampaignID != "", "campaign_id = ?", f.CampaignID)
	w.AndIf(f.Source != "", "source = ?", f.Source)
	w.AndIf(f.SourceID != "", "source_id = ?", f.SourceID)
}

// LateFilter narrows to what is late.
type LateFilter struct {
	Overdue bool `query:"overdue" doc:"Those alone with a limit that has passed."`
	Soon    bool `query:"soon" doc:"Those alone with a limit that ends soon: four fifths of it are over."`
}

func (f LateFilter) late(w *db.Where, now time.Time) {
	runs := "id in (select record from " + clockTable + " where met_on is null and kind <> ? and "
	w.AndIf(f.Overdue, runs+"due_at <= ?)", ClockHearing, now)
	w.AndIf(f.Soon, runs+"due_at > ? and (level = ? or next_at <= ?))", ClockHearing, now, levelSoon, now)
}

// RecordFilter narrows by all that penalties, points and transfers have in common.
type RecordFilter struct {
	Filter
	AboutFilter
	StateFilter
	OriginFilter
	LateFilter
}

func (f RecordFilter) narrow(w *db.Where, now time.Time) {
	f.about(w)
	f.standing(w)
	f.from(w)
	f.late(w, now)
}

// below adds that records lie at or below a node.
func below(r db.Reader, w *db.Where, node string) error {
	if node == "" {
		return nil
	}
	path, err := org.PathOf(r, node)
	if err == nil {
		org.Within(w, "path", []string{path})
	}
	return err
}

// PenaltyFilter chooses penalties.
type PenaltyFilter struct {
	RecordFilter
	Q string `query:"q" maxLength:"50" doc:"Part of a number, or of the name."`
}

func (f PenaltyFilter) narrow(w *db.Where, now time.Time) {
	f.RecordFilter.narrow(w, now)
	org.Contains(w, f.Q, "number", "name", "decision_no")
}

// PointFilter chooses points.
type PointFilter struct {
	RecordFilter
	PenaltyID string      `query:"penalty_id" maxLength:"40"`
	Scheme    PointScheme `query:"scheme" enum:"practice,insurance"`
	Q         string      `query:"q" maxLength:"50" doc:"Part of the number."`
}

func (f PointFilter) narrow(w *db.Where, now time.Time) {
	f.RecordFilter.narrow(w, now)
	w.AndIf(f.PenaltyID != "", "penalty_id = ?", f.PenaltyID)
	w.AndIf(f.Scheme != "", "scheme = ?", f.Scheme)
	org.Contains(w, f.Q, "number")
}

// ConsequenceFilter chooses what points lead to.
type ConsequenceFilter struct {
	Filter
	AboutFilter
	StateFilter
	Scheme PointScheme `query:"scheme" enum:"practice,insurance"`
}

func (f ConsequenceFilter) narrow(w *db.Where, _ time.Time) {
	f.about(w)
	f.standing(w)
	w.AndIf(f.Scheme != "", "scheme = ?", f.Scheme)
}

// SubjectFilter chooses credit records.
type SubjectFilter struct {
	Filter
	Kind  Kind   `query:"kind" enum:"institution,practitioner,person"`
	Grade string `query:"grade" enum:"A,B,C,D"`
	Q     string `query:"q" maxLength:"50" doc:"Part of the name."`
}

func (f SubjectFilter) narrow(w *db.Where, _ time.Time) {
	w.AndIf(f.Kind != "", "kind = ?", f.Kind)
	w.AndIf(f.Grade != "", "grade = ?", f.Grade)
	org.Contains(w, f.Q, "name")
}

// BlackFilter chooses entries of the blacklist.
type BlackFilter struct {
	Filter
	AboutFilter
	StateFilter
	CampaignID string `query:"campaign_id" maxLength:"40"`
	PenaltyID  string `query:"penalty_id" maxLength:"40"`
	Q          string `query:"q" maxLength:"50" doc:"Part of the number or name."`
}

func (f BlackFilter) narrow(w *db.Where, _ time.Time) {
	f.about(w)
	f.standing(w)
	w.AndIf(f.CampaignID != "", "campaign_id = ?", f.CampaignID)
	w.AndIf(f.PenaltyID != "", "penalty_id = ?", f.PenaltyID)
	org.Contains(w, f.Q, "number", "name")
}

// PublicationFilter chooses publications.
type PublicationFilter struct {
	Filter
	AboutFilter
	StateFilter
	LateFilter
	Q string `query:"q" maxLength:"50" doc:"Part of the number, name or title."`
}

func (f PublicationFilter) narrow(w *db.Where, now time.Time) {
	f.about(w)
	f.standing(w)
	f.late(w, now)
	org.Contains(w, f.Q, "number", "name", "title")
}

// TransferFilter chooses transfers.
type TransferFilter struct {
	RecordFilter
	PenaltyID string `query:"penalty_id" maxLength:"40"`
	Agency    string `query:"agency" maxLength:"40"`
	Q         string `query:"q" maxLength:"50" doc:"Part of the number or name."`
}

func (f TransferFilter) narrow(w *db.Where, now time.Time) {
	f.RecordFilter.narrow(w, now)
	w.AndIf(f.PenaltyID != "", "penalty_id = ?", f.PenaltyID)
	w.AndIf(f.Agency != "", "agency = ?", f.Agency)
	org.Contains(w, f.Q, "number", "name")
}

// VetoFilter chooses vetoes.
type VetoFilter struct {
	Filter
	AboutFilter
	State     State  `query:"state" enum:"in-force,lifted"`
	PenaltyID string `query:"penalty_id" maxLength:"40"`
	Q         string `query:"q" maxLength:"50" doc:"Part of the name."`
}

func (f VetoFilter) narrow(w *db.Where, _ time.Time) {
	f.about(w)
	w.AndIf(f.State == InForce, "lifted_on is null")
	w.AndIf(f.State == Lifted, "lifted_on is not null")
	w.AndIf(f.PenaltyID != "", "penalty_id = ?", f.PenaltyID)
	org.Contains(w, f.Q, "name")
}

package campaign

import (
	"time"

	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/trail"
)

// Campaign is a rectification campaign (专项整治).
type Campaign struct {
	ID        string    `json:"id"`
	Number    string    `json:"number" example:"ZX-370200-20260728-001"`
	Title     string    `json:"title"`
	State     State     `json:"state" enum:"draft,running,closed,dropped"`
	Path      string    `json:"path" doc:"Region in which it is carried out."`
	Owner     string    `json:"owner" doc:"Unit that leads it: the commission of the region."`
	StartsOn  Day       `json:"starts_on"`
	EndsOn    Day       `json:"ends_on"`
	Revision  int       `json:"revision" doc:"Counts what was saved; whoever saves says which one they saw."`
	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
}

// kind names campaigns in the trail.
const kind = "campaign"

func (c Campaign) record() trail.Record { return trail.Record{Kind: kind, ID: c.ID} }

// Detail is a campaign with its plan.
type Detail struct {
	Campaign
	Content   Content           `json:"content"`
	OwnerName string            `json:"owner_name"`
	Units     map[string]string `json:"units" doc:"Names of the units that the plan speaks of, by identifier."`
	Sourced   bool              `json:"sourced" doc:"It was drafted from a document, which is kept."`
	Stage     int               `json:"stage" doc:"Index of the stage of today; -1 between them."`
	Actions   []flow.Action     `json:"actions" nullable:"false" doc:"What the reader may do now."`
}

// stageOn returns the index of the stage in which a day lies: the last that has
// begun and not ended, since stages may overlap; -1 for none.
func (c Content) stageOn(d Day) int {
	at := -1
	for i, s := range c.Stages {
		if s.running(d) {
			at = i
		}
	}
	return at
}

// running reports whether a stage has begun by a day and not ended.
func (s Stage) running(d Day) bool {
	return s.Start != "" && s.Start <= d && (s.End == "" || d <= s.End)
}

package campaign

import (
	"fmt"
	"reflect"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// rowChange is what became of a row from one version to the next: Was is absent of a
// row that is new, Now of one that is gone.
type rowChange struct {
	Was *Row `json:"was,omitempty"`
	Now *Row `json:"now,omitempty"`
}

// changed are the rows that are not what they were in another version.
func (t Table) changed(was Table) []rowChange {
	was.Rows = tidyRows(was.Rows)
	out := []rowChange{}
	for _, old := range was.Rows {
		if k := t.at(old.Key); k < 0 {
			out = append(out, rowChange{Was: &old})
		} else if !reflect.DeepEqual(old, t.Rows[k]) {
			out = append(out, rowChange{Was: &old, Now: &t.Rows[k]})
		}
	}
	for _, r := range t.Rows {
		if was.at(r.Key) < 0 {
			out = append(out, rowChange{Now: &r})
		}
	}
	return out
}

// staysCounted refuses to have typed what the program counted in a version by which,
// or after which, somebody reported: nobody could tell which number is which.
func (t Table) staysCounted(r db.Reader, campaign string) error {
	first, err := db.Value[int](r, `select coalesce(min(f.version), 0) from campaign_filing f join campaign_return x on x.id = f.return_id
		where x.campaign = $1 and x.submitted_at is not null and f.version > 0`, campaign)
	if err != nil || first == 0 {
		return err
	}
	versions, err := tablesOf(r, campaign)
	if err != nil {
		return err
	}
	counted := map[string]bool{}
	for n, v := range versions {
		for _, row := range v.Rows {
			counted[row.Key] = counted[row.Key] || n >= first && row.Way == Counted
		}
	}
	var bad fault.Fields
	for i, row := range t.Rows {
		bad.Refuse(counted[row.Key] && row.Way != Counted, fmt.Sprintf("rows[%d].way", i),
			i18n.T("“%s”由系统取数，已有单位按此报送，不能改变来源；请另设一行", "“%s” is counted by the system and was reported so; its numbers cannot come from elsewhere; add another row"), row.Label)
	}
	return bad.Err()
}
